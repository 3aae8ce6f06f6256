"""What a verb is asked with, and what the machinery knows while it decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.gate import Actor
    from andon.console.undercover.authority.models import Amendment, Plan, Renewal
    from andon.console.undercover.authority.states import Row


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody hands in with a verb; each verb reads what it needs."""

    text: str = ""  # why, what was found, the answer
    ground: str = ""  # a code of `codes.Ground`
    reference: str = ""  # of the notice
    given_at: datetime | None = None  # when notice was given
    until: datetime | None = None  # of a renewal
    results: str = ""
    adds: dict[str, Any] = field(default_factory=dict)  # of an amendment
    involvement: str = ""  # the approver's own part in the investigation
    higher: str = ""  # the higher approval of more than twelve months in sum
    content: dict[str, Any] = field(default_factory=dict)  # of a draft


@dataclass(slots=True)
class Ask:
    """One verb being tried on one plan (locked). `actor` is nobody for the machine."""

    plan: Plan
    row: Row
    actor: Actor | None
    given: Given
    now: datetime
    as_who: str = ""
    renewal: Renewal | None = None
    amendment: Amendment | None = None
    facts: dict[str, Any] = field(default_factory=dict)  # of the event: ids, codes, counts
