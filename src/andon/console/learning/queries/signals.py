"""Signals with their weight, their hits by day, and what decisions say of them: one query for the days, one for the figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.intake.models import Post, SignalDay
from andon.console.learning.models import SignalFigure
from andon.console.learning.signal_texts import signal_texts
from andon.domain.times import JAPAN
from andon.statistics.intervals import Share, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.learning.signal_texts import SignalText
    from andon.detection.scoring.engine import Engine
    from andon.wording.say import Language

DAYS, WEEK = 28, 7
ENOUGH = 20  # settled campaigns below which a share is not shown: too few to say anything


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal as the page shows it. `weight`: raw score that it adds in the model in use; `days`: posts it fired in, day by day."""

    text: SignalText
    weight: float
    days: list[int]
    figure: SignalFigure | None

    @property
    def week(self) -> int:
        """Hits of the last seven days."""
        return sum(self.days[-WEEK:])

    @property
    def week_before(self) -> int:
        """Hits of the seven days before."""
        return sum(self.days[-2 * WEEK : -WEEK])

    @property
    def settled(self) -> int:
        """Settled campaigns in which it fired."""
        return self.figure.recruitment + self.figure.benign if self.figure else 0

    @property
    def precision(self) -> Share | None:
        """Share of the settled campaigns in which it fired that are recruitment; None where there are too few."""
        return share(self.figure.recruitment, self.settled) if self.figure and self.settled >= ENOUGH else None


def signal_rows(engine: Engine, language: Language, *, query: str = "", group: str = "", side: str = "") -> list[SignalRow]:
    """The signals that fit, in the order of their groups."""
    wanted = [
        one for one in signal_texts(language).values()
        if (not group or one.group == group) and (not side or one.side == side) and (not query or one.has(query))
    ]  # fmt: skip
    return rows_of([one.name for one in wanted], engine, language)


def rows_of(names: Sequence[str], engine: Engine, language: Language, *, days: int = DAYS) -> list[SignalRow]:
    """The rows of these signals."""
    texts = signal_texts(language)
    hits = _days(names, days)
    figures = {one.signal: one for one in SignalFigure.objects.all()} if len(names) > 1 else SignalFigure.objects.in_bulk(names, field_name="signal")
    return [SignalRow(texts[name], engine.points[engine.number[name]], hits[name], figures.get(name)) for name in names]


def _days(names: Sequence[str], days: int) -> dict[str, list[int]]:
    """Hits by day, the last day being today in Japan."""
    today = timezone.now().astimezone(JAPAN).date()
    first = today - timedelta(days=days - 1)
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * days)
    rows = SignalDay.objects.filter(day__gte=first, day__lte=today)
    if len(names) == 1:
        rows = rows.filter(signal=names[0])
    for signal, day, posts in rows.values_list("signal", "day", "posts"):
        found[signal][(day - first).days] += posts
    return {name: found[name] for name in names}


def first_day(days: int) -> date:
    """The first of so many days up to today in Japan."""
    return timezone.now().astimezone(JAPAN).date() - timedelta(days=days - 1)


def example_posts(figure: SignalFigure | None) -> list[Post]:
    """The latest posts that it fired in, as counted."""
    found = Post.objects.select_related("campaign").in_bulk(figure.examples if figure else [])
    return [found[pk] for pk in (figure.examples if figure else []) if pk in found]
