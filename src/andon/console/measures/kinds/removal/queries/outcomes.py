"""What came of requests: every figure with its denominator, by provider and month.

A post counts in the month (Japan) in which it was first asked for; one that had gone before anybody asked, in the month in which it was to be asked
for. "Removed" means: asked for, and not found any longer by agreeing looks; who took it down is not known. Hours run from asking to the first look that did not find
it, so they are upper bounds, and are told of removed posts only.
"""  # noqa: E501

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.core.cache import cache
from django.utils import timezone

from andon.console.measures.common.models import Provider
from andon.console.measures.kinds.removal.models import Event, Item
from andon.domain.times import JAPAN
from andon.statistics.intervals import Share, share

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = 12
_HOUR = 3600.0
_KEPT = 600  # seconds


@dataclass(slots=True)
class Outcome:
    """Posts of one provider (or all) in one month (or all)."""

    gone_before: int = 0
    asked: int = 0
    removed: int = 0
    unknown: int = 0  # of those left: no look could tell
    hours: list[float] = field(default_factory=list)

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

    @property
    def median(self) -> float | None:
        """Hours until half of the removed ones were found to be gone."""
        return self._at(50)

    @property
    def p90(self) -> float | None:
        """Hours until nine in ten of the removed ones were."""
        return self._at(90)

    def _at(self, percent: float) -> float | None:
        return float(np.percentile(self.hours, percent)) if self.hours else None

    def add(self, other: Outcome) -> None:
        """Take another's posts in."""
        self.gone_before += other.gone_before
        self.asked += other.asked
        self.removed += other.removed
        self.unknown += other.unknown
        self.hours += other.hours


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a provider in a month; no month: all of them; no provider: all."""

    provider: Provider | None
    month: date | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Table:
    """The figures since a month: all, by provider, and by provider and month (latest first)."""

    since: date
    total: Outcome
    providers: list[Row]
    months: list[Row]


def outcomes(*, since: date | None = None, provider: int | None = None, now: datetime | None = None) -> Table:
    """The table; kept as long as nothing has happened to any request."""
    since = since or months_ago(MONTHS - 1, now or timezone.now())
    latest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"removal:outcomes:{since}:{provider}:{latest}:{Item.objects.order_by('-pk').values_list('pk', flat=True).first()}"
    table: Table | None = cache.get(key)
    if table is None:
        table = _table(since, provider)
        cache.set(key, table, _KEPT)
    return table


def months_ago(months: int, now: datetime) -> date:
    """The first day of the month so many months before this one (Japan)."""
    today = now.astimezone(JAPAN).date()
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _table(since: date, provider: int | None) -> Table:
    found = _count(_posts(since, provider), since)
    names = Provider.objects.in_bulk({pk for pk, _ in found})
    by_provider: dict[int, Outcome] = defaultdict(Outcome)
    total = Outcome()
    for (pk, _), one in found.items():
        by_provider[pk].add(one)
        total.add(one)
    providers = [Row(names[pk], None, one) for pk, one in sorted(by_provider.items(), key=lambda pair: -pair[1].meant)]
    months = [Row(names[pk], month, one) for (pk, month), one in found.items()]
    months.sort(key=lambda row: (-(row.month or since).toordinal(), -row.outcome.meant))
    return Table(since, total, providers, months)


_Post = tuple[int, str, datetime, "datetime | None", "datetime | None", "datetime | None"]


def _posts(since: date, provider: int | None) -> Iterable[_Post]:
    start = datetime(since.year, since.month, since.day, tzinfo=JAPAN)
    rows = Item.objects.exclude(state__in=(Item.State.DROPPED, Item.State.WAITING)).filter(joined_at__gte=start - timedelta(days=92))
    if provider is not None:
        rows = rows.filter(request__provider=provider)
    return rows.order_by().values_list("request__provider_id", "state", "joined_at", "asked_at", "gone_at", "looked_at").iterator(5_000)


def _count(posts: Iterable[_Post], since: date) -> dict[tuple[int, date], Outcome]:
    found: dict[tuple[int, date], Outcome] = defaultdict(Outcome)
    for provider, state, joined, asked, gone, looked in posts:
        day = (asked or joined).astimezone(JAPAN).date().replace(day=1)
        if day < since:
            continue
        one = found[provider, day]
        if state == Item.State.GONE_BEFORE:
            one.gone_before += 1
        elif asked is not None:
            _asked(one, is_gone=state == Item.State.GONE, asked=asked, gone=gone, looked=looked)
    return found


def _asked(one: Outcome, *, is_gone: bool, asked: datetime, gone: datetime | None, looked: datetime | None) -> None:
    one.asked += 1
    if is_gone:
        one.removed += 1
        if gone is not None:
            one.hours.append(max((gone - asked).total_seconds(), 0.0) / _HOUR)
    elif looked is None or looked < asked:
        one.unknown += 1
