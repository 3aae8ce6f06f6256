"""What the clock does: a missed review suspends, a period that is over ends. The worker sweeps; what the clock takes away is gone before that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.undercover.authority import queries
from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.authority.moving import move

if TYPE_CHECKING:
    from datetime import datetime

_RUNNING = (State.APPROVED, State.NOTIFIED, State.ACTIVE, State.SUSPENDED)


def sweep(*, now: datetime | None = None) -> int:
    """Do what is due for all plans, each in a transaction of its own; returns how many."""
    now = now or timezone.now()
    over = list(Plan.objects.filter(state__in=_RUNNING, ends_at__lte=now).values_list("pk", flat=True))
    for plan_id in over:
        expire(plan_id, now=now)
    missed = queries.missed_reviews(now).filter(plan__state=State.ACTIVE).exclude(plan__in=over).values_list("plan", flat=True).distinct()
    late = list(missed.order_by("plan"))
    for plan_id in late:
        miss_review(plan_id, now=now)
    return len(over) + len(late)


@unattended("authority.expired", Via.WORKER)
def expire(plan_id: int, *, now: datetime | None = None) -> Done[Plan]:
    """The period is over."""
    moved = move(None, plan_id, Verb.EXPIRE, now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@unattended("authority.review_missed", Via.WORKER)
def miss_review(plan_id: int, *, now: datetime | None = None) -> Done[Plan]:
    """A review was missed: the operation is suspended, and that is kept as an error."""
    moved = move(None, plan_id, Verb.MISS_REVIEW, now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)
