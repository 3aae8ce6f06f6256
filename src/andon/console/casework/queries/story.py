"""The line of time of a case as it is drawn: lanes, marks by their place between the first day and the last, days below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.timeline import LANES, moments
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Moment
    from andon.console.staff.models import Person

_HOUR = timedelta(hours=1)
_STEPS = [_HOUR * hours for hours in (1, 3, 6, 12, 24, 48, 120, 168, 336, 720, 1440, 2160, 4320, 8760, 26_280)]
_MOST_TICKS = 6
_LEAST = timedelta(hours=6)  # a case of five minutes is not drawn in seconds
_EDGE = 0.02  # of the width left free on either side
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on its lane: `x` and `width` in percent of the line."""

    moment: Moment
    number: int
    x: float
    width: float

    @property
    def r(self) -> float:
        """How large it is drawn: a day of many posts is larger."""
        return round(4 + min(math.log2(max(int(self.moment.data.get("count", 1)), 1)), 4) / 2, 1)


@dataclass(frozen=True, slots=True)
class Lane:
    """All marks of one code."""

    code: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Day:
    """Moments of one day in Japan, with their numbers on the line; or of days one after the other with nothing but posts (`first` is earlier)."""

    day: datetime
    marks: list[Mark]
    first: datetime

    @property
    def posts(self) -> int:
        """Posts of the days that are folded into one; none for a day as it is."""
        return sum(int(mark.moment.data.get("count", 0)) for mark in self.marks) if self.first < self.day else 0


@dataclass(frozen=True, slots=True)
class Story:
    """A case's line of time, and the same as a list."""

    lanes: list[Lane]
    days: list[Day]  # the latest first
    ticks: list[tuple[float, str]]
    now: float | None
    counts: dict[str, int]
    left: int  # moments that are not listed

    @property
    def total(self) -> int:
        """All moments."""
        return sum(self.counts.values())


def story(case: Case, person: Person, only: str = "", *, now: datetime | None = None, shown: int = SHOWN) -> Story:
    """Everything that the reader may know happened; the list narrowed to one lane when `only` names one."""
    now = now or timezone.now()
    found = moments(case, person)
    counts: dict[str, int] = {}
    for moment in found:
        counts[moment.code] = counts.get(moment.code, 0) + 1
    scale = _Scale.of(found, now)
    marks = [scale.mark(moment, number, now) for number, moment in enumerate(found, 1)]
    lanes = [Lane(code, [mark for mark in marks if mark.moment.code == code]) for code in sorted(counts, key=_place)]
    listed = [mark for mark in marks if not only or mark.moment.code == only]
    in_order = {lane.code: counts[lane.code] for lane in lanes}
    return Story(lanes, _days(listed[-shown:]), scale.ticks(), scale.now(now), in_order, max(len(listed) - shown, 0))


def _place(code: str) -> tuple[int, str]:
    return (LANES.index(code) if code in LANES else len(LANES), code)


def _days(marks: Sequence[Mark]) -> list[Day]:
    """The latest first. Days of nothing but counts of posts are folded together: they are many, and alike."""
    by_day: dict[datetime, list[Mark]] = {}
    for mark in reversed(marks):
        by_day.setdefault(datetime.combine(mark.moment.at.astimezone(JAPAN).date(), time(), JAPAN), []).append(mark)
    found: list[Day] = []
    folds = False
    for day, of_day in by_day.items():
        plain = all(mark.moment.data.get("whole_day") for mark in of_day)
        if plain and folds:
            found[-1] = Day(found[-1].day, found[-1].marks + of_day, day)
        else:
            found.append(Day(day, of_day, day))
        folds = plain
    return found


@dataclass(frozen=True, slots=True)
class _Scale:
    """From a time to a place."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, found: Sequence[Moment], now: datetime) -> _Scale:
        """From the first of the moments to the last; to now where one goes on."""
        times = [moment.at for moment in found] + [moment.until for moment in found if moment.until is not None]
        if any(moment.data.get("is_open") for moment in found):
            times.append(now)
        start, end = min(times, default=now), max(times, default=now)
        return cls(start, max(end, start + _LEAST))

    def x(self, at: datetime) -> float:
        """The place of a time, in hundredths of the width."""
        part = (at - self.start) / (self.end - self.start)
        return round(100 * (_EDGE + (1 - 2 * _EDGE) * part), 2)

    def now(self, now: datetime) -> float | None:
        """The place of now, where it lies within."""
        return self.x(now) if self.start <= now <= self.end else None

    def mark(self, moment: Moment, number: int, now: datetime) -> Mark:
        """A moment with its place, and its length where it lasts."""
        until = moment.until or (max(now, moment.at) if moment.data.get("is_open") else None)
        x = self.x(moment.at)
        return Mark(moment, number, x, round(self.x(until) - x, 2) if until is not None else 0.0)

    def ticks(self) -> list[tuple[float, str]]:
        """Round times of the day or days, few enough to be read."""
        span = self.end - self.start
        step = next((one for one in _STEPS if span / one <= _MOST_TICKS), _STEPS[-1])
        form = "%H:%M" if step < timedelta(days=1) else "%m-%d" if span < timedelta(days=300) else "%Y-%m"
        at = datetime.combine(self.start.astimezone(JAPAN).date(), time(), JAPAN)
        while at < self.start:
            at += step
        found = []
        while at <= self.end:
            found.append((self.x(at), at.strftime("%m-%d" if form == "%H:%M" and at.hour == 0 else form)))
            at += step
        return found
