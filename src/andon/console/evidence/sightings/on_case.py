"""What the page of a case says of it: how much its conversations have in common with posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.casework import visible
from andon.console.evidence.conversations.visible import latest
from andon.console.evidence.sightings.queries import counts
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.casework.models import Case
    from andon.console.staff.models import Person


def panel(case: Case, person: Person) -> dict[str, Any] | None:
    """For who reads posts; nothing where no conversation has been read."""
    if not visible.opens(person, case, Right.QUEUE_READ) or not latest(case).exists():
        return None
    return {"counts": counts(case), "waits": latest(case).filter(sweep=None).exists()}
