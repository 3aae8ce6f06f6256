"""One step in the life of something that goes out: a line in its log, and word to its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.measures.common.models import Outgoing, OutgoingEvent
from andon.console.measures.common.outbox import hooks

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.staff.models import Person


def step(
    row: Outgoing, state: str, *, by: Person | None = None, worker: str = "", now: datetime | None = None, changed: bool = False
) -> None:
    """Add a line to the log of a row that is in `state`; with `changed` its kind of measure is told. Called inside a verb."""
    OutgoingEvent.objects.create(
        outgoing=row, state=state, problem=row.problem, remote_id=row.remote_id, by=by, worker=worker, at=now or timezone.now()
    )
    if changed and row.kind in hooks.CHANGED:
        hooks.CHANGED[row.kind](row)


def change(
    row: Outgoing, state: str, *, of: tuple[str, ...], by: Person | None = None, worker: str = "", now: datetime | None = None, **fields: object
) -> bool:
    """Bring a row that is in one of the states `of` into `state`; called inside a verb. Says whether it still was."""
    if not Outgoing.objects.filter(pk=row.pk, state__in=of).update(state=state, **fields):
        return False
    row.refresh_from_db()
    step(row, state, by=by, worker=worker, now=now, changed=True)
    return True
