"""Text histories whose every message begins with a date and a time: WhatsApp, Signal as Markdown, logs of other messengers.

Lines that do not begin so go on with the message before. The order of day and month is decided over the whole file in a first reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.clock_words import minutes_in
from andon.evidence.chats.date_order import DateOrder, day_of
from andon.evidence.chats.lines import lines_of
from andon.evidence.chats.times import aware, wall_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

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
_SECONDS = re.compile(r"\d[:.]\d{2}[:.](\d{2})")
_SPACES = re.compile(r"[\s\u202f\u2009\u00a0]+")


@dataclass(slots=True)
class Dated:
    """One message: date and time as written, the instant, and what follows, over all its lines."""

    written: str
    rest: str
    sent: datetime | None
    line: Line
    raws: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    damaged: bool = False

    @property
    def raw(self) -> bytes:
        """All bytes of the message."""
        return b"".join(self.raws)

    @property
    def whole(self) -> str:
        """All text behind the time."""
        return "\n".join([self.rest, *self.texts]).rstrip("\n")


def read_order(part: Part, *, header: re.Pattern[str] = HEADER, look: Callable[[str], None] | None = None) -> DateOrder:
    """First reading: the dates of the file. `look` is shown what follows each time (to learn names)."""
    order = DateOrder()
    for line in lines_of(part):
        if found := header.match(line.text):
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
    for line in lines_of(part):
        found = header.match(line.text)
        if found is None and waiting is not None:
            waiting.texts.append(line.text)
            waiting.raws.append(line.raw)
            waiting.damaged |= line.damaged
            continue
        if waiting is not None:
            yield waiting
        part.tally.records += 1
        if found is None:
            yield line
            continue
        sent = _instant(part, found, order)
        waiting = Dated(f"{found['date']} {found['time'].strip()}", found["rest"], sent, line, [line.raw], [], line.damaged)
    if waiting is not None:
        yield waiting


def _instant(part: Part, found: re.Match[str], order: str) -> datetime | None:
    day, time = day_of(_numbers(found), order), found["time"]
    seconds = _SECONDS.search(time)
    plain = _SPACES.sub("", time).replace(".", ":" if re.search(r"\d\.\d", time) else "")
    minutes = minutes_in(plain)
    if day is None or minutes is None:
        return None
    wall = wall_time(*day, minutes // 60, minutes % 60, min(int(seconds[1]), 59) if seconds else 0)
    return None if wall is None else aware(wall, part.zone)
