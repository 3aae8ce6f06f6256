"""What people do with things that go out: take back, try again, say what happened, carry out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common.channels import COPY
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox.putting import cancel
from andon.console.measures.common.outbox.steps import change
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_State = Outgoing.State


@verb("measures.undone", Right.MEASURE_SEND)
def take_out(actor: Actor, ids: Sequence[int], *, now: datetime | None = None) -> Done[list[int]]:
    """Take waiting ones out again. Returns those that were still there; the others were being sent already."""
    done = cancel(Q(pk__in=list(ids), unit=actor.person.unit_id), by=actor.person, now=now)
    return Done(done, f"outgoing:{done[0]}" if len(done) == 1 else "outgoing", {"outgoing": done, "asked": len(ids)})


@verb("measures.resolved", Right.MEASURE_SEND)
def resolve(actor: Actor, outgoing_id: int, *, was_sent: bool, remote_id: str = "", now: datetime | None = None) -> Done[Outgoing]:
    """Say of one that nobody is sure of whether it was sent. What was not goes back to waiting. Raises Conflict when it is no longer unsure."""
    now = now or timezone.now()
    row = _own(actor, outgoing_id)
    if was_sent:
        at, remote_id = row.taken_at or now, remote_id[:500]
        ok = change(row, _State.SENT, of=(_State.UNSURE,), by=actor.person, now=now, sent_at=at, remote_id=remote_id, problem="")
    else:
        ok = change(row, _State.WAITING, of=(_State.UNSURE,), by=actor.person, now=now, not_before=now, attempts=0, problem="")
    _expect(ok, outgoing_id)
    return Done(row, f"outgoing:{outgoing_id}", {"was_sent": was_sent})


@verb("measures.tried_again", Right.MEASURE_SEND)
def try_again(actor: Actor, outgoing_id: int, *, now: datetime | None = None) -> Done[Outgoing]:
    """Send one that failed, or that its channel did not send for real, after all. Who does it approves it anew."""
    now = now or timezone.now()
    row = _own(actor, outgoing_id)
    of = (_State.FAILED, _State.DRY, _State.BOUNCED)
    ok = change(row, _State.WAITING, of=of, by=actor.person, now=now, not_before=now, attempts=0, problem="", approved_at=now)
    _expect(ok, outgoing_id)
    return Done(row, f"outgoing:{outgoing_id}")


@verb("measures.carried_out", Right.MEASURE_SEND)
def mark_sent(actor: Actor, outgoing_id: int, *, remote_id: str = "", now: datetime | None = None) -> Done[Outgoing]:
    """Say that one was sent by hand: what is to be copied, or what its channel did not send."""
    now = now or timezone.now()
    row = _own(actor, outgoing_id)
    of = (_State.WAITING, _State.DRY, _State.FAILED) if row.channel == COPY else (_State.DRY, _State.FAILED)
    _expect(change(row, _State.SENT, of=of, by=actor.person, now=now, sent_at=now, remote_id=remote_id[:500], problem=""), outgoing_id)
    return Done(row, f"outgoing:{outgoing_id}", {"channel": row.channel})


def bounce(row: Outgoing, problem: str, *, now: datetime | None = None) -> bool:
    """A mail came back; called inside a verb (of who reads the mail). Says whether the row was one that had been sent."""
    return change(row, _State.BOUNCED, of=(_State.SENT, _State.UNSURE), now=now, problem=problem)


def _own(actor: Actor, outgoing_id: int) -> Outgoing:
    """One of the actor's unit, locked. Raises Refused for another's, as for none."""
    row = Outgoing.objects.select_for_update(of=("self",)).filter(pk=outgoing_id, unit=actor.person.unit_id).first()
    if row is None:
        raise Refused(reason="not_own_outgoing", name=f"outgoing:{outgoing_id}")
    return row


def _expect(was_done: bool, outgoing_id: int) -> None:  # noqa: FBT001 - an answer
    if not was_done:
        raise Conflict(reason="outgoing_moved_on", name=f"outgoing:{outgoing_id}")
