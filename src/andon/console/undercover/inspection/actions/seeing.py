"""An inspector has seen an error: after reading it, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.casework import visible
from andon.console.undercover.authority.actions.errors import see_error
from andon.console.undercover.authority.models import ErrorRecord
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.gate import Actor
    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import ErrorStep


def may_read(person: Person, error: ErrorRecord, *, now: datetime | None = None) -> bool:
    """Whether the inspector reads the texts of an error: the case is in his sample, or it belongs to none."""
    return error.case_id is None or visible.inspects(person, error.case_id, now=now)


def see(actor: Actor, error_id: int, *, now: datetime | None = None) -> ErrorStep:
    """Keep that the inspector has seen it (the verb is `authority.error_seen`). Raises Refused where its case is not in the sample."""
    error = ErrorRecord.objects.filter(pk=error_id).first()
    if error is None:
        raise Conflict(reason="error_unknown")
    if not may_read(actor.person, error, now=now):
        raise Refused(reason="inspection_unsampled")
    return see_error(actor, error_id, now=now)
