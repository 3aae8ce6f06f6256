"""What came of requests: every figure with its denominator, by provider and month.

A post counts in the month (Japan) in which it was first asked for; one that had gone before anybody asked, in the month in which it was drafted.
"Removed" means: asked for, and not found any longer by agreeing looks; who took it down is not known. Hours run from asking to the first look that
did not find it, so they are upper bounds, and are told of removed posts only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from django.core.cache import cache
from django.db.models import Count, F, Q
from django.utils import timezone

from andon.console.measures.common.models import Provider
from andon.console.measures.kinds.removal.models import Event, Item, month_of
from andon.statistics.intervals import Share, share

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

MONTHS = 12
_KEPT = 600  # seconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """Posts of one provider (or all) in one month (or all). `median`, `p90`: hours until half, and nine in ten, of the removed were found gone."""

    gone_before: int = 0
    asked: int = 0
    removed: int = 0
    unknown: int = 0  # of those left: no look could tell
    median: float | None = None
    p90: float | None = None

    @property
    def meant(self) -> int:
        """All that were to be asked for."""
        return self.gone_before + self.asked

    @property
    def left(self) -> int:
        """Asked for, and not known to be gone."""
        return self.asked - self.removed

    @property
    def rate(self) -> Share:
        """Removed of asked, with its interval."""
        return share(self.removed, self.asked)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a provider in a month; no month: all of them; no provider: all."""

    provider: Provider | None
    month: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Table:
    """The figures since a month: all, by provider, and by provider and month (latest first)."""

    since: str
    total: Outcome
    providers: list[Row]
    months: list[Row]


@dataclass(slots=True)
class _Sum:
    """Counts in the making, and the hours of the removed."""

    gone_before: int = 0
    asked: int = 0
    removed: int = 0
    unknown: int = 0
    hours: list[float] = field(default_factory=list)

    def add(self, other: _Sum) -> None:
        """Take another's in."""
        self.gone_before += other.gone_before
        self.asked += other.asked
        self.removed += other.removed
        self.unknown += other.unknown
        self.hours += other.hours

    def done(self) -> Outcome:
        """As it is shown."""
        median, p90 = (float(one) for one in np.percentile(self.hours, (50, 90))) if self.hours else (None, None)
        return Outcome(self.gone_before, self.asked, self.removed, self.unknown, median, p90)


def outcomes(*, since: str | None = None, provider: int | None = None, now: datetime | None = None) -> Table:
    """The table since a month ("2026-01"); kept as long as nothing has happened to any request."""
    since = since or months_ago(MONTHS - 1, now or timezone.now())
    latest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"removal:outcomes:{since}:{provider}:{latest}:{Item.objects.order_by('-pk').values_list('pk', flat=True).first()}"
    table: Table | None = cache.get(key)
    if table is None:
        table = _table(since, provider)
        cache.set(key, table, _KEPT)
    return table


def months_ago(months: int, now: datetime) -> str:
    """The month so many months before this one (Japan)."""
    year, month = map(int, month_of(now).split("-"))
    count = year * 12 + month - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _table(since: str, provider: int | None) -> Table:
    found = _count(_posts(since, provider))
    names = Provider.objects.in_bulk({pk for pk, _ in found})
    by_provider: dict[int, _Sum] = defaultdict(_Sum)
    total = _Sum()
    for (pk, _), one in found.items():
        by_provider[pk].add(one)
        total.add(one)
    providers = [Row(names[pk], "", one.done()) for pk, one in by_provider.items()]
    months = [Row(names[pk], month, one.done()) for (pk, month), one in found.items()]
    providers.sort(key=lambda row: -row.outcome.meant)
    months.sort(key=lambda row: -row.outcome.meant)
    months.sort(key=lambda row: row.month, reverse=True)
    return Table(since, total.done(), providers, months)


def _posts(since: str, provider: int | None) -> QuerySet[Item]:
    """Those that were asked for, or had gone before."""
    rows = Item.objects.exclude(state=Item.State.DROPPED).filter(Q(asked_at__isnull=False) | Q(state=Item.State.GONE_BEFORE), month__gte=since)
    return (rows if provider is None else rows.filter(request__provider=provider)).order_by()


def _count(posts: QuerySet[Item]) -> dict[tuple[int, str], _Sum]:
    found: dict[tuple[int, str], _Sum] = defaultdict(_Sum)
    not_told = Count("pk", filter=Q(looked_at=None) | Q(looked_at__lt=F("asked_at")))
    for row in posts.values("request__provider_id", "month", "state").annotate(n=Count("pk"), unknown=not_told):
        one = found[row["request__provider_id"], row["month"]]
        if row["state"] == Item.State.GONE_BEFORE:
            one.gone_before += row["n"]
            continue
        one.asked += row["n"]
        if row["state"] == Item.State.GONE:
            one.removed += row["n"]
        else:
            one.unknown += row["unknown"]
    for pk, month, hours in posts.filter(state=Item.State.GONE, hours__isnull=False).values_list("request__provider_id", "month", "hours"):
        found[pk, month].hours.append(hours or 0.0)
    return found
