"""Answers to a referral: accepted, returned, closed. By the unit it went to; for a receiver outside, written down by the unit that gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.kinds.referral.actions.give import NOTE_LENGTH, tell_unit
from andon.console.measures.kinds.referral.actions.steps import step
from andon.console.measures.kinds.referral.models import Referral
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

_State = Referral.State


@verb("referral.accepted", Right.MEASURE_DRAFT)
def accept(actor: Actor, referral_id: int, *, note: str = "", their_number: str = "", now: datetime | None = None) -> Done[Referral]:
    """The receiver takes the case over; its own number of it may be told."""
    referral = answerable(actor, referral_id)
    now, number = now or timezone.now(), their_number.strip()[:100]
    step(referral, _State.ACCEPTED, of=(_State.SENT,), by=actor.person, note=_note(note), now=now, their_number=number, answer_by=None)
    return _told(actor, referral, "referral_accepted")


@verb("referral.returned", Right.MEASURE_DRAFT)
def give_back(actor: Actor, referral_id: int, *, note: str, now: datetime | None = None) -> Done[Referral]:
    """The receiver gives the case back, with a reason."""
    referral = answerable(actor, referral_id)
    if not note.strip():
        raise Refused(reason="note_needed", name=f"referral:{referral_id}")
    of = (_State.SENT, _State.ACCEPTED)
    step(referral, _State.RETURNED, of=of, by=actor.person, note=_note(note), now=now or timezone.now(), answer_by=None)
    return _told(actor, referral, "referral_returned")


@verb("referral.closed", Right.MEASURE_DRAFT)
def close(actor: Actor, referral_id: int, *, note: str = "", now: datetime | None = None) -> Done[Referral]:
    """The receiver is through with the case."""
    referral = answerable(actor, referral_id)
    step(referral, _State.CLOSED, of=(_State.ACCEPTED,), by=actor.person, note=_note(note), now=now or timezone.now())
    return _told(actor, referral, "referral_closed")


def answerable(actor: Actor, referral_id: int) -> Referral:
    """A referral that the actor may answer. Raises Refused for any other, as for none."""
    found = Referral.objects.filter(pk=referral_id).select_related("unit", "to_unit", "receiver", "by").first()
    if found is None or not may_answer(actor.person.unit_id, found):
        raise Refused(reason="not_own_referral", name=f"referral:{referral_id}")
    return found


def may_answer(unit_id: int, referral: Referral) -> bool:
    """Whether people of this unit answer it (or write down what a receiver outside answered)."""
    return unit_id == (referral.to_unit_id or referral.unit_id)


def _told(actor: Actor, referral: Referral, code: str) -> Done[Referral]:
    if referral.unit_id != actor.person.unit_id:
        tell_unit(referral, referral.unit, code)
    return Done(referral, f"referral:{referral.pk}", {"state": referral.state})


def _note(text: str) -> str:
    return text.strip()[:NOTE_LENGTH]
