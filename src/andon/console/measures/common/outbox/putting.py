"""Putting something into the outbox, and taking it out again before it goes."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from andon.console.measures.common import channels
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox.steps import step
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Q

    from andon.console.staff.models import Person

_State = Outgoing.State
_noted: ContextVar[list[int] | None] = ContextVar("outgoing_noted", default=None)


@contextmanager
def noting() -> Iterator[list[int]]:
    """The numbers of everything that is put while it is open: what one press put can be taken back together."""
    numbers: list[int] = []
    token = _noted.set(numbers)
    try:
        yield numbers
    finally:
        _noted.reset(token)


def undo_window() -> timedelta:
    """How long something waits before it goes (ANDON_UNDO_SECONDS)."""
    return timedelta(seconds=settings.MEASURES_UNDO_SECONDS)


def put(
    *, key: str, kind: str, subject_id: int, channel: str, payload: Mapping[str, Any], by: Person, posts: Sequence[int] = (), limit: str = "",
    account: str = "", weight: int = 1, not_before: datetime | None = None, now: datetime | None = None,
) -> Outgoing:  # fmt: skip
    """Put something into the outbox, approved by a named person; called inside a verb.

    The same `key` is put once: what was put before is returned as it is. It goes no sooner than the undo window is over (nor before `not_before`).
    `limit` is what it counts under, its kind unless told otherwise.
    """
    if channel not in channels.CHANNELS:
        raise Conflict(reason="no_channel", name=channel)
    now = now or timezone.now()
    earliest = max(now + undo_window(), not_before or now)
    row, is_new = Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "subject_id": subject_id, "channel": channel, "account": account, "payload": dict(payload), "posts": list(posts),
            "limit": limit or kind, "weight": weight, "by": by, "unit_id": by.unit_id, "approved_at": now,
            "not_before": earliest,
        },
    )  # fmt: skip
    if is_new:
        step(row, _State.WAITING, by=by, now=now)
        noted = _noted.get()
        if noted is not None:
            noted.append(row.pk)
    return row


def cancel(rows: Q, *, by: Person | None = None, problem: str = "undone", now: datetime | None = None) -> list[int]:
    """Take waiting ones that fit `rows` (a Q of Outgoing: `Q(kind="removal", subject_id=3)`) out again; called inside a verb. Returns their numbers.

    What a worker has already taken is not among them: it is being sent.
    """
    now = now or timezone.now()
    done = []
    waiting = Outgoing.objects.filter(rows, state__in=(_State.WAITING, _State.DRY)).select_for_update().order_by("pk")
    for row in waiting:
        if Outgoing.objects.filter(pk=row.pk, state=row.state).update(state=_State.CANCELLED, problem=problem):
            row.state, row.problem = _State.CANCELLED, problem
            step(row, _State.CANCELLED, by=by, now=now, changed=True)
            done.append(row.pk)
    return done
