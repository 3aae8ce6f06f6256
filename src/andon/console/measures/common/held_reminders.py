"""Holds that ask for a decision are brought before their unit: on the review day, when the last day is over, and every week after that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.holds.models import Hold
from andon.console.measures.common import notices
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from datetime import datetime

AGAIN = timedelta(days=7)


def remind_of_holds(now: datetime | None = None) -> int:
    """Tell the units; how many holds they were told of. For the worker, every hour: without anything to tell there is no entry in the trail."""
    now = now or timezone.now()
    due = [hold.pk for hold in Hold.objects.filter(lifted_at=None).filter(Q(until__lte=now) | Q(review_at__lte=now)) if _is_due(hold, now)]
    return _remind(due, now) if due else 0


@unattended("holds.reminded", Via.WORKER)
def _remind(ids: list[int], now: datetime) -> Done[int]:
    rows = Hold.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=ids, lifted_at=None)
    holds = [hold for hold in rows if _is_due(hold, now)]
    for hold in holds:
        code = "hold_expired" if hold.is_expired(now) else "hold_review"
        notices.tell(code, url=reverse("holds:hold", args=[hold.pk]), unit=hold.unit, right=Right.HOLD_PLACE, data={"hold": hold.pk})
        hold.reminded_at = now
    Hold.objects.bulk_update(holds, ["reminded_at"])
    return Done(len(holds), "", {"holds": [hold.pk for hold in holds]})


def _is_due(hold: Hold, now: datetime) -> bool:
    """Whether something was reached since the unit was last told, or that is a week ago."""
    if not hold.is_up_for_review(now):
        return False
    reached = hold.until if hold.is_expired(now) else hold.review_at
    return hold.reminded_at is None or hold.reminded_at < reached or now - hold.reminded_at >= AGAIN
