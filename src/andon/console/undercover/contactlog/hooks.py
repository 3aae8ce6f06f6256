"""Where the apps above join in: safety, deconfliction, inspection. Each adds to these lists in its `apps.ready`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.models import LogEntry

# Called inside the verb's transaction after an entry was kept.
AFTER_ENTRY: list[Callable[[LogEntry], None]] = []

# Sentences (codes) that the log's page shows above the form before somebody contacts: "deconfliction.unchecked", …
BEFORE_CONTACT: list[Callable[[Plan, datetime], str | None]] = []
