"""Reviews that were missed: done after the grace, or not done at all (A12)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q

from andon.console.undercover.authority.models import Review
from andon.console.undercover.authority.rules import rules as limits
from andon.console.undercover.inspection.lists.listing import Listing, Row, said

if TYPE_CHECKING:
    from datetime import datetime

_DAY = timedelta(days=1)


def rows(now: datetime) -> list[Row]:
    """The latest first."""
    grace = limits().review_grace
    done_late = Q(done_at__gt=F("due_at") + grace)
    undone = Q(done_at=None, due_at__lt=now - grace) & (Q(dropped_at=None) | Q(dropped_at__gt=F("due_at") + grace))
    found = Review.objects.filter(done_late | undone).select_related("plan__case").order_by("-due_at", "-pk")
    return [Row(review.plan.case, _cells(review, now), tone="" if review.done_at else "warn") for review in found]


def _cells(review: Review, now: datetime) -> tuple[str | int | datetime | None, ...]:
    end = review.done_at or review.dropped_at or now
    became = "done" if review.done_at else "dropped" if review.dropped_at else "open"
    return review.plan.code, review.due_at, review.done_at, (end - review.due_at) // _DAY, said(f"inspection.review.{became}")


LIST = Listing("reviews", ("plan", "due_at", "done_at", "days_late", "became"), rows)
