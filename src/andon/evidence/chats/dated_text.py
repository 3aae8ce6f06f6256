"""Text histories whose every message begins with a date and a time: WhatsApp, Signal as Markdown, logs of other messengers.

Lines that do not begin so go on with the message before. The order of day and month is decided over the whole file in a first reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.clock_words import minutes_in
from andon.evidence.chats.date_order import DateOrder, day_of
from andon.evidence.chats.lines import MOST_TEXT, lines_of
from andon.evidence.chats.times import aware, wall_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo

    from andon.evidence.chats.date_order import Numbers
    from andon.evidence.chats.lines import Line
    from andon.evidence.chats.reading import Part

_INVISIBLE = "\u200e\u200f\ufeff\u202a\u202c\u2068\u2069"
_GAP = r"[,\s\u202f\u2009]"
HEADER = re.compile(
    rf"[{_INVISIBLE}]*(?P<open>\[)?(?P<date>(?P<a>\d{{1,4}})(?P<sep>[./-])\s?(?P<b>\d{{1,2}})[./-]\s?(?P<c>\d{{2,4}}))\.?{_GAP}+"
    rf"(?P<time>(?:午前|午後|上午|下午|오전|오후)?{_GAP}?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:[\s\u202f\u2009]?[AaPp]\.?[\s\u202f\u00a0]?[Mm]\.?)?)"
    rf"(?(open)\]|[\s\u202f]?[-–])[\s\u202f]?(?P<rest>.*)$",
    re.DOTALL,
)
_MOST_KNOWN = 5000
_SECONDS = re.compile(r"\d[:.]\d{2}[:.](\d{2})")
_SPACES = re.compile(r"[\s\u202f\u2009\u00a0]+")


@dataclass(slots=True)
class Dated:
    """One message: date and time as written, the instant, and what follows, over all its lines."""

    written: str
    sent: datetime | None
    rest: str
    line: Line
    raws: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    damaged: bool = False
    size: int = 0

    @property
    def raw(self) -> bytes:
        """All bytes of the message."""
        return self.line.raw if len(self.raws) == 1 else b"".join(self.raws)

    @property
    def whole(self) -> str:
        """All text behind the time."""
        return "\n".join([self.rest, *self.texts]).rstrip("\n") if self.texts else self.rest.rstrip("\n")


def read_order(part: Part, *, header: re.Pattern[str] = HEADER, look: Callable[[str], None] | None = None) -> DateOrder:
    """First reading: the dates of the file. `look` is shown what follows each time (to learn names)."""
    order = DateOrder()
    known = ""
    for line in lines_of(part):
        if found := header.match(line.text):
            if found["date"] == known:
                order.count += 1
            else:
                known = found["date"]
                order.add(_numbers(found))
                order.separator = found["sep"]
            order.is_twelve_hour |= found["time"][-1:] in ".mM"
            if look is not None:
                look(found["rest"])
    return order


def _numbers(found: re.Match[str]) -> Numbers:
    return int(found["a"]), int(found["b"]), int(found["c"])


def dated(part: Part, order: str, *, header: re.Pattern[str] = HEADER) -> Iterator[Dated | Line]:
    """Second reading: the messages; lines before the first one as they are. Each is counted."""
    waiting: Dated | None = None
    times = _Times(part.zone, order)
    for line in lines_of(part):
        found = header.match(line.text)
        if found is None and waiting is not None and waiting.size < MOST_TEXT:
            waiting.texts.append(line.text)
            waiting.raws.append(line.raw)
            waiting.damaged |= line.damaged
            waiting.size += len(line.raw)
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        part.tally.records += 1
        if found is None:
            yield line
            continue
        waiting = Dated(*times.read(found), found["rest"], line, [line.raw], [], line.damaged)
    if waiting is not None:
        yield waiting


class _Times:
    """Dates and times as written → what was written, and the instant. Messages of one minute share theirs, so each is worked out once."""

    def __init__(self, zone: tzinfo, order: str) -> None:
        self._zone, self._order = zone, order
        self._known: dict[tuple[str, str], tuple[str, datetime | None]] = {}

    def read(self, found: re.Match[str]) -> tuple[str, datetime | None]:
        """Date and time of a header."""
        asked = found["date"], found["time"]
        if asked not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[asked] = f"{asked[0]} {asked[1].strip()}", self._instant(found)
        return self._known[asked]

    def _instant(self, found: re.Match[str]) -> datetime | None:
        day, time = day_of(_numbers(found), self._order), found["time"]
        seconds = _SECONDS.search(time)
        plain = _SPACES.sub("", time).replace(".", ":" if re.search(r"\d\.\d", time) else "")
        minutes = minutes_in(plain)
        if day is None or minutes is None:
            return None
        wall = wall_time(*day, minutes // 60, minutes % 60, min(int(seconds[1]), 59) if seconds else 0)
        return None if wall is None else aware(wall, self._zone)
