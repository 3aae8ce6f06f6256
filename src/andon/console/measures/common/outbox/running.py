"""The worker's side: take one row, say so in the database, send, say what came of it. A stop between any two of these loses and doubles nothing.

What was being sent when a worker stopped is asked back from the other side; where that cannot say, a person does.
"""

from __future__ import annotations

import os
import platform
import secrets
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.measures.common import limits, notices
from andon.console.measures.common.channels import CHANNELS, COPY, NotSent, Sent
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox.checks import in_the_way
from andon.console.measures.common.outbox.steps import change
from andon.domain.errors import AndonError, Conflict, LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.console.measures.common.channels import Answer

_State = Outgoing.State
MOST_ATTEMPTS = 6
_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
ABANDONED = timedelta(minutes=5)  # longer than any channel takes to send
STUMBLE_WAIT = timedelta(minutes=10)  # until a row is tried again whose handling broke
LIMIT_WAIT = timedelta(minutes=10)  # until a row is looked at again whose breaker is open


def worker_name() -> str:
    """One name for this run of this process."""
    return f"{platform.node()}:{os.getpid()}:{_NONCE}"


_NONCE = secrets.token_hex(4)
_stumbled: dict[int, datetime] = {}  # of this process: rows that are being handled, or whose handling broke, and when


def run_due(limit: int = 50, *, now: datetime | None = None) -> int:
    """Send what is due, at most `limit`; first what an earlier worker left in the middle. Returns how many rows it saw to."""
    done = _take_up(now)
    moment = now or timezone.now()
    due = Outgoing.objects.filter(state=_State.WAITING, not_before__lte=moment).exclude(channel=COPY).exclude(pk__in=_stumbling(moment))
    for pk in list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:limit]):
        with _stumble(pk, moment):
            done += _one(pk, now)
    return done


@contextmanager
def _stumble(pk: int, now: datetime) -> Iterator[None]:
    """A row whose handling breaks (a fault of ours, which goes on to the worker's log) is left alone for a while: it must not stop all others."""
    _stumbled[pk] = now
    yield
    del _stumbled[pk]


def _stumbling(now: datetime) -> list[int]:
    return [pk for pk, at in _stumbled.items() if at > now - STUMBLE_WAIT]


def _one(pk: int, now: datetime | None) -> bool:
    try:
        row = _take(pk, now or timezone.now())
    except LimitReached as error:
        _put_off(pk, str(error.data["name"]), str(error.data["reason"]), now or timezone.now())
        return True
    except Conflict:  # another worker was quicker, or a person took it out
        return False
    if row.state == _State.SENDING:
        _send(row, now)
    return True


def _send(row: Outgoing, now: datetime | None) -> None:
    try:
        sent = CHANNELS[row.channel].send(row.payload, row.key)
    except NotSent as error:
        _not_sent(row, error.problem, permanent=error.permanent, now=now or timezone.now())
    except AndonError as error:
        _ask_back(row, error.code, now or timezone.now())
    else:
        _sent(row, sent, now or timezone.now())


def _ask_back(row: Outgoing, problem: str, now: datetime) -> None:
    """Whether the other side has it, which nobody here can tell. Where asking fails too, it is asked again later, and in the end a person is."""
    try:
        answer: Answer = CHANNELS[row.channel].was_sent(row.key, row.payload) if row.channel in CHANNELS else None
    except AndonError:
        if row.attempts < MOST_ATTEMPTS:
            _ask_later(row, now)
            return
        answer = None
    if isinstance(answer, Sent):
        _sent(row, answer, now)
    elif answer is False:
        _not_sent(row, problem, permanent=False, now=now)
    else:
        _unsure(row, problem, now)


def _take_up(now: datetime | None) -> int:
    """What a worker left that is there no more: asked back."""
    now = now or timezone.now()
    sending = Outgoing.objects.filter(state=_State.SENDING).exclude(pk__in=_stumbling(now)).order_by("taken_at")
    left = [row for row in sending if _is_abandoned(row, now)]
    for row in left:
        with _stumble(row.pk, now), suppress(Conflict):  # another worker was quicker
            _ask_back(_take_over(row, now), "interrupted", now)
    return len(left)


def _is_abandoned(row: Outgoing, now: datetime) -> bool:
    """Whether the worker that had it is gone: for certain on this machine, else when it took longer than any sending."""
    host, _, rest = row.taken_by.partition(":")
    pid, _, nonce = rest.partition(":")
    is_here = host == platform.node() and pid.isdecimal()
    if is_here and int(pid) == os.getpid():
        return nonce != _NONCE or (row.taken_at or now) <= now - ABANDONED
    if is_here and not _runs(int(pid)):
        return True
    return (row.taken_at or now) <= now - ABANDONED


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _facts(row: Outgoing, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - facts of an entry
    return {
        "kind": row.kind, "of": row.subject_id, "channel": row.channel, "approved_by": row.by_id, "state": row.state, "problem": row.problem, **more,
    }  # fmt: skip


@unattended("measures.taken", Via.WORKER)
def _take(pk: int, now: datetime) -> Done[Outgoing]:
    """Take one row to send it, or settle what stands in its way: cancelled, or not switched on. Raises Conflict when it no longer waits."""
    row = Outgoing.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)
    if row.state != _State.WAITING or row.not_before > now:
        raise Conflict(reason="outgoing_moved_on", name=f"outgoing:{pk}")
    problem = in_the_way(row)
    waiting = (_State.WAITING,)
    if problem:
        change(row, _State.CANCELLED, of=waiting, worker=worker_name(), now=now, problem=problem)
        _tell(row, "outgoing_stopped")
    elif row.channel not in CHANNELS or not CHANNELS[row.channel].lives(row.payload):
        change(row, _State.DRY, of=waiting, worker=worker_name(), now=now, problem="not_live")
    else:
        limits.spend(row.limit, row.weight, now=now)
        change(
            row, _State.SENDING, of=waiting, worker=worker_name(), now=now, taken_by=worker_name(), taken_at=now, attempts=row.attempts + 1,
            problem="",
        )  # fmt: skip
    return Done(row, f"outgoing:{pk}", _facts(row, attempt=row.attempts))


@unattended("measures.taken", Via.WORKER)
def _take_over(row: Outgoing, now: datetime) -> Done[Outgoing]:
    """Take a row from a worker that is gone. Raises Conflict when somebody else did."""
    mine = Outgoing.objects.filter(pk=row.pk, state=_State.SENDING, taken_by=row.taken_by, taken_at=row.taken_at)
    if not mine.update(taken_by=worker_name(), taken_at=now):
        raise Conflict(reason="outgoing_moved_on", name=f"outgoing:{row.pk}")
    row.refresh_from_db()
    return Done(row, f"outgoing:{row.pk}", _facts(row, taken_over=True))


@unattended("measures.asked_back", Via.WORKER)
def _ask_later(row: Outgoing, now: datetime) -> Done[None]:
    """The other side could not be asked: again after a while."""
    Outgoing.objects.filter(pk=row.pk, state=_State.SENDING).update(taken_at=now, attempts=row.attempts + 1)
    return Done(None, f"outgoing:{row.pk}", _facts(row, attempt=row.attempts))


@unattended("measures.sent", Via.WORKER)
def _sent(row: Outgoing, sent: Sent, now: datetime) -> Done[None]:
    """The other side has it."""
    change(
        row, _State.SENT, of=(_State.SENDING, _State.UNSURE), worker=worker_name(), now=now, sent_at=now, remote_id=sent.remote_id[:500], problem=""
    )
    return Done(None, f"outgoing:{row.pk}", _facts(row))


@unattended("measures.not_sent", Via.WORKER)
def _not_sent(row: Outgoing, problem: str, *, permanent: bool, now: datetime) -> Done[None]:
    """Surely not sent: again later, or never."""
    if permanent or row.attempts >= MOST_ATTEMPTS:
        change(row, _State.FAILED, of=(_State.SENDING,), worker=worker_name(), now=now, problem=problem)
        _tell(row, "outgoing_failed")
    else:
        again = now + _WAITS[min(row.attempts, len(_WAITS)) - 1]
        change(row, _State.WAITING, of=(_State.SENDING,), worker=worker_name(), now=now, problem=problem, not_before=again)
    return Done(None, f"outgoing:{row.pk}", _facts(row, attempt=row.attempts))


@unattended("measures.unsure", Via.WORKER)
def _unsure(row: Outgoing, problem: str, now: datetime) -> Done[None]:
    """Nobody can say whether it was sent: a person looks."""
    change(row, _State.UNSURE, of=(_State.SENDING,), worker=worker_name(), now=now, problem=problem)
    _tell(row, "outgoing_unsure")
    return Done(None, f"outgoing:{row.pk}", _facts(row))


@unattended("measures.put_off", Via.WORKER)
def _put_off(pk: int, name: str, reason: str, now: datetime) -> Done[None]:
    """No more of it now: the row waits for the next minute, or for a person to close the breaker, who is told of it once."""
    later = limits.next_minute(now) if reason == "minute" else now + LIMIT_WAIT
    Outgoing.objects.filter(pk=pk, state=_State.WAITING).update(not_before=later, problem=f"limit_{reason}")
    if reason == "day":
        limits.trip(name, now)
        notices.tell("limit_reached", url=reverse("board:limits"), right="measures.rules", data={"name": name})
    return Done(None, f"outgoing:{pk}", {"limit": name, "reason": reason})


def _tell(row: Outgoing, code: str) -> None:
    notices.tell(code, url=reverse("board:outgoing", args=[row.pk]), person=row.by, data={"kind": row.kind, "problem": row.problem})
