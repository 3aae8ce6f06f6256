"""The queue: pages of cards in the order of reading, the next one for a person, and what they settled today."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from andon.console.review.models import Decision, Lease
from andon.console.review.queries.covering import STANDS
from andon.console.review.queries.filters import QueueFilter
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

__all__ = ["Page", "QueueFilter", "Row", "leases", "my_day", "next_cards", "page", "top"]
PAGE = 30
_AHEAD = 16  # cards that a person tries to get into their hand before looking again
_SHOWN = (
    "id", "state", "priority", "level", "posts", "later", "near_benign", "accounts", "kind", "source", "title", "last_seen", "made_at", "merged_into",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A campaign in the list, and in whose hand it is."""

    campaign: Campaign
    lease: Lease | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next ones begin ("" for none)."""

    rows: list[Row]
    after: str


def _ordered(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    return rows.order_by("-priority", "pk")


def place(campaign: Campaign) -> str:
    """A campaign's place in the order, for an address."""
    return f"{campaign.priority!r}~{campaign.pk}"


def _beyond(rows: QuerySet[Campaign], after: str) -> QuerySet[Campaign]:
    """The rows behind a place; all of them for what is no place."""
    priority, _, number = after.partition("~")
    try:
        at = float(priority)
    except ValueError:
        return rows
    if not math.isfinite(at) or not number.isascii() or not number.isdigit():
        return rows
    return rows.filter(priority__lte=at).exclude(priority=at, pk__lte=int(number))  # in this form the index of the order is used


def page(wanted: QueueFilter, person: Person, *, after: str = "", now: datetime | None = None) -> Page:
    """A page of the list behind the place `after`."""
    found = list(_ordered(_beyond(wanted.rows(person), after)).only(*_SHOWN)[: PAGE + 1])
    held = leases([one.pk for one in found], now)
    rows = [Row(one, held.get(one.pk)) for one in found[:PAGE]]
    return Page(rows, place(rows[-1].campaign) if len(found) > PAGE else "")


def top(wanted: QueueFilter, person: Person) -> list[int]:
    """The ids of the first page: to see whether others have come before those on the screen."""
    return list(_ordered(wanted.rows(person)).values_list("pk", flat=True)[:PAGE])


def leases(ids: Iterable[int], now: datetime | None = None) -> dict[int, Lease]:
    """The leases that are good now, by campaign."""
    good = Lease.objects.filter(campaign__in=list(ids), until__gt=now or timezone.now()).select_related("person")
    return {lease.campaign_id: lease for lease in good}


def next_cards(wanted: QueueFilter, person: Person, *, after: str = "", without: int | None = None, now: datetime | None = None) -> list[int]:
    """The cards to read next: the first behind `after` that are in nobody else's hand; from the beginning where none is left there."""
    others = Lease.objects.filter(campaign=OuterRef("pk"), until__gt=now or timezone.now()).exclude(person=person.pk)
    free = _ordered(wanted.rows(person).filter(~Exists(others)).exclude(pk=without or 0))
    found = list(_beyond(free, after).values_list("pk", flat=True)[:_AHEAD]) if after else []
    return found or list(free.values_list("pk", flat=True)[:_AHEAD])


@dataclass(frozen=True, slots=True)
class MyDay:
    """What a person settled today, in Japan: how many cards and posts, and the seconds that a card took."""

    cards: int
    seconds: float | None


def my_day(person: Person, now: datetime | None = None) -> MyDay:
    """A person's day so far; what they took back does not count."""
    midnight = (now or timezone.now()).astimezone(JAPAN).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Decision.objects.filter(Q(STANDS), by=person.pk, at__gte=midnight).aggregate(cards=Count("pk"), seconds=Avg("seconds"))
    return MyDay(today["cards"], today["seconds"])
