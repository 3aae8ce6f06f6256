"""What becomes of a hold: prolonged or lifted, by people of the unit that placed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.holds.actions.place import check_times
from andon.console.holds.models import NOTE_LENGTH, Hold, HoldEvent
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("holds.prolonged", Right.HOLD_PLACE)
def prolong(actor: Actor, hold_id: int, *, until: datetime, review_at: datetime, note: str, now: datetime | None = None) -> Done[Hold]:
    """Give a hold (expired or not) a new last day. Raises Refused for another unit's or without a reason, Conflict for one that was lifted."""
    now = now or timezone.now()
    hold = _own(actor, hold_id)
    _say_why(note)
    check_times(until, review_at, now)
    before, hold.until, hold.review_at = hold.until, until, review_at
    hold.save(update_fields=["until", "review_at"])
    HoldEvent.objects.create(hold=hold, what=HoldEvent.What.PROLONGED, by=actor.person, at=now, until=until, note=note.strip()[:NOTE_LENGTH])
    return Done(hold, f"hold:{hold.pk}", {"before": before.isoformat(), "until": until.isoformat()})


@verb("holds.lifted", Right.HOLD_LIFT)
def lift(actor: Actor, hold_id: int, *, note: str, now: datetime | None = None) -> Done[Hold]:
    """End a hold. Raises Refused for another unit's or without a reason, Conflict for one that was lifted."""
    now = now or timezone.now()
    hold = _own(actor, hold_id)
    _say_why(note)
    expired = hold.is_expired(now)
    hold.lifted_at, hold.lifted_by = now, actor.person
    hold.save(update_fields=["lifted_at", "lifted_by"])
    HoldEvent.objects.create(hold=hold, what=HoldEvent.What.LIFTED, by=actor.person, at=now, until=hold.until, note=note.strip()[:NOTE_LENGTH])
    return Done(hold, f"hold:{hold.pk}", {"expired": expired, "by": hold.by_id})


def _own(actor: Actor, hold_id: int) -> Hold:
    """The hold, locked, when it stands and is the unit's own."""
    hold = Hold.objects.select_for_update().filter(pk=hold_id).first()
    if hold is None or hold.unit_id != actor.person.unit_id:
        raise Refused(reason="hold_unit")
    if hold.lifted_at is not None:
        raise Conflict(reason="hold_lifted")
    return hold


def _say_why(note: str) -> None:
    if not note.strip():
        raise Refused(reason="hold_note")
