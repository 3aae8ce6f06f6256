"""Where the apps above join in: safety, deconfliction, inspection. Each adds to these lists in its `apps.ready`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.models import LogEntry

# Called inside the verb's transaction after an entry was kept.
AFTER_ENTRY: list[Callable[[LogEntry], None]] = []

# Sentences (codes) that the log's page shows above the form before somebody contacts: "deconfliction.unchecked", …
BEFORE_CONTACT: list[Callable[[Plan, datetime], str | None]] = []


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned meeting, as one app tells the others beside it."""

    number: int
    plan_id: int
    officers: tuple[str, ...]  # codes
    starts_at: datetime
    ends_at: datetime
    by: Person
    is_cancelled: bool = False


# Called inside the verb's transaction after a meeting was planned, and after it was cancelled.
AFTER_MEETING: list[Callable[[Planned, datetime], None]] = []
