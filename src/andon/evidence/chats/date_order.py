"""Which of three numbers is the day: decided over a whole file, and said how."""

from __future__ import annotations

from dataclasses import dataclass, field

from andon.evidence.chats.times import wall_time

_LEAST_YEAR, _MOST_YEAR = 2009, 2099  # WhatsApp began in 2009
_CENTURY = 100
ORDERS = {"day_first": (2, 1, 0), "month_first": (2, 0, 1), "year_first": (0, 1, 2)}  # where year, month and day stand
Numbers = tuple[int, int, int]


def day_of(numbers: Numbers, order: str) -> tuple[int, int, int] | None:
    """Year, month, day of three numbers read in that order, or None when there is no such day. Years of two digits are of this century."""
    year, month, day = (numbers[at] for at in ORDERS[order])
    year += 2000 if year < _CENTURY else 0
    return (year, month, day) if _LEAST_YEAR <= year <= _MOST_YEAR and wall_time(year, month, day) else None


@dataclass(slots=True)
class DateOrder:
    """Collects the dates of a file. `decided` tells the order and what it rests on."""

    is_twelve_hour: bool = False
    separator: str = "/"
    count: int = 0
    _bad: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    _back: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    _last: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    _before: Numbers | None = None

    def add(self, numbers: Numbers) -> None:
        """One more date, in the order of the file."""
        self.count += 1
        if numbers == self._before:
            return
        self._before = numbers
        for order in ORDERS:
            day = day_of(numbers, order)
            if day is None:
                self._bad[order] += 1
                continue
            self._back[order] += day < self._last.get(order, day)
            self._last[order] = day

    def decided(self) -> tuple[str, str]:
        """The order and how it was decided: "number" (only it gives days that exist), "sequence" (it runs forward best), "assumed"."""
        least = min(self._bad.values())
        possible = [order for order in ORDERS if self._bad[order] == least]
        if len(possible) > 1:  # years of two digits in front are rare: only when nothing else gives days that exist
            possible = [order for order in possible if order != "year_first"]
        if len(possible) == 1:
            return possible[0], "number"
        fewest = min(self._back[order] for order in possible)
        smooth = [order for order in possible if self._back[order] == fewest]
        if len(smooth) == 1:
            return smooth[0], "sequence"
        first = "month_first" if self.is_twelve_hour and self.separator == "/" else "day_first"
        return (first if first in smooth else smooth[0]), "assumed"
