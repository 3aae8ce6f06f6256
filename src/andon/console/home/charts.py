"""The two charts of the first page, as SVG drawn on the server: attributes only, so that the strict content policy holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.intake.models import LEVEL_RANK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

WIDTH, HEIGHT, HEAD, FOOT = 448, 132, 18, 20
_GAP = 0.28  # of a step
_LEVELS = (3, 2, 1)
_NAMES = {rank: name for name, rank in LEVEL_RANK.items()}
_THOUSANDS = 10_000  # from here on a number is too wide for a column


@dataclass(frozen=True, slots=True)
class Column:
    """One day of a chart, where it is drawn."""

    day: date
    value: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    is_last: bool
    is_labelled: bool

    @property
    def short(self) -> str:
        """The value as it fits above a column: 940, 12k."""
        return f"{self.value}" if self.value < _THOUSANDS else f"{self.value / 1000:.0f}k"


@dataclass(frozen=True, slots=True)
class Part:
    """One level's part of what waits, along a line of 100."""

    level: int
    value: int
    x: float
    width: float

    @property
    def name(self) -> str:
        """The level as the queue's filter knows it."""
        return _NAMES[self.level]


def columns(days: Sequence[tuple[date, int]]) -> list[Column]:
    """One column a day. A day with anything at all has a column that can be seen; every other day has its date below, today always."""
    top, step = max([1, *(value for _, value in days)]), WIDTH / max(len(days), 1)
    room, last = HEIGHT - HEAD - FOOT, len(days) - 1
    drawn = []
    for k, (day, value) in enumerate(days):
        high = max(2.0, value / top * room) if value else 0.0
        left, wide = k * step + step * _GAP / 2, step * (1 - _GAP)
        drawn.append(Column(day, value, left, HEAD + room - high, wide, high, left + wide / 2, k == last, (last - k) % 2 == 0))
    return drawn


def parts(waiting: Mapping[int, int]) -> list[Part]:
    """What waits by level, high first, as parts of one bar."""
    whole, at, drawn = sum(waiting.values()), 0.0, []
    for level in _LEVELS:
        value = waiting.get(level, 0)
        wide = 100 * value / whole if whole else 0.0
        drawn.append(Part(level, value, at, wide))
        at += wide
    return drawn
