"""Place a hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.holds.models import NOTE_LENGTH, Hold, HoldEvent
from andon.console.holds.naming import MUST_BE_KNOWN, is_known
from andon.console.holds.targets import KEY_LENGTH, Target, TargetKind
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Terms:
    """Why, how long, and whom others ask. `until` is the last moment; at `review_at` the unit wants to look at it again."""

    reason: str
    until: datetime
    review_at: datetime
    note: str = ""
    ask_id: int | None = None  # a person of the unit; none: who places it


@verb("holds.placed", Right.HOLD_PLACE)
def place(actor: Actor, target: Target, terms: Terms, *, now: datetime | None = None) -> Done[Hold]:
    """Stop every warning and removal that touches `target`, for the actor's unit.

    Raises Refused for terms that make no sense, Conflict when the unit holds it already or there is no such thing.
    """
    now = now or timezone.now()
    _check(target, terms)
    check_times(terms.until, terms.review_at, now)
    ask = _asked(actor.person, terms.ask_id)
    if Hold.objects.filter(target_kind=target.kind, target_key=target.key, unit=actor.person.unit_id, lifted_at=None).exists():
        raise Conflict(reason="held_already")
    hold = Hold.objects.create(
        target_kind=target.kind, target_key=target.key, reason=terms.reason, note=terms.note.strip()[:NOTE_LENGTH], unit=actor.person.unit,
        by=actor.person, ask=ask, placed_at=now, until=terms.until, review_at=terms.review_at,
    )  # fmt: skip
    HoldEvent.objects.create(hold=hold, what=HoldEvent.What.PLACED, by=actor.person, at=now, until=hold.until)
    # Which contact or account, and why, is for the unit: whoever reads the trail learns that there is a hold.
    return Done(hold, f"hold:{hold.pk}", {"kind": target.kind, "until": hold.until.isoformat(), "ask": ask.pk})


def check_times(until: datetime, review_at: datetime, now: datetime) -> None:
    """A hold ends, within a year; and it is looked at before it ends. Raises Refused."""
    if not now < until <= now + LONGEST:
        raise Refused(reason="hold_until")
    if not now < review_at <= until:
        raise Refused(reason="hold_review")


def _check(target: Target, terms: Terms) -> None:
    if target.kind not in TargetKind.values or not target.key or len(target.key) > KEY_LENGTH or terms.reason not in Hold.Reason.values:
        raise Refused(reason="hold_terms")
    if terms.reason == Hold.Reason.OTHER and not terms.note.strip():
        raise Refused(reason="hold_note")
    if target.kind in MUST_BE_KNOWN and not is_known(target):
        raise Conflict(reason="hold_target")


def _asked(person: Person, ask_id: int | None) -> Person:
    """Whom others ask: somebody of the unit who is there."""
    if ask_id is None or ask_id == person.pk:
        return person
    found = Person.objects.filter(pk=ask_id, unit=person.unit_id, is_active=True).first()
    if found is None:
        raise Refused(reason="hold_ask")
    return found
