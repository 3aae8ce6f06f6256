"""Exhibits that are taken in and that nobody ordered a reading of: a stop, or an error, lay between the two. Each gets its first reading."""

from __future__ import annotations

from andon.console.evidence.conversations.actions.reading import order_first
from andon.console.evidence.exhibits.copying import job_of
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.store import alone
from andon.console.gate import Actor, Via
from andon.domain.errors import Conflict, Refused

_AT_ONCE = 50
_left: set[int] = set()  # whose taker may no longer have them read: asked once in the life of a worker, for each refusal is kept in the trail


def order_unread() -> int:
    """Order the first reading of what has none; how many were ordered. Asked in every round of the worker: one query when there is nothing."""
    unread = Exhibit.objects.filter(state=Exhibit.State.TAKEN, readings=None).exclude(pk__in=_left).select_related("case", "by__unit")
    return sum(_ordered(one) for one in unread.order_by("pk")[:_AT_ONCE])


def after_taken(exhibit: Exhibit) -> bool:
    """An exhibit was taken in: it is read, for who took it in; whether it is. Who may no longer leaves it to others (a button says "read")."""
    try:
        order_first(Actor(exhibit.by, Via.WORKER), exhibit.pk)
    except (Refused, Conflict):  # no right any longer, or not in the case any longer
        _left.add(exhibit.pk)
        return False
    return True


def _ordered(exhibit: Exhibit) -> bool:
    with alone(job_of(exhibit)) as mine:  # who copies it holds the lock until its reading is ordered
        return mine and after_taken(exhibit)
