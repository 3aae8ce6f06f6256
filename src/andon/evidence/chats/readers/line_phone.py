"""LINE, history sent from a phone (iOS, Android) as text: Japanese, English, Chinese.

After six independent descriptions of the format: a header, days on lines of their own, then time, sender and text between tabs. Minutes only, no
zone, no numbers of messages, no replies, no reactions. Android writes further lines of a text bare, iOS puts the text in quotes. A deletion on the
own phone leaves nothing; taking a message back leaves a line.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.clock_words import day_in, english_day_in, minutes_in, weekday_of
from andon.evidence.chats.line_words import call_seconds, kind_of_body, system_event
from andon.evidence.chats.lines import MOST_TEXT, Line, head_text, lines_of
from andon.evidence.chats.model import Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import WallClock, wall_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.evidence.chats.model import Fact, Item, Message

_TITLE = re.compile(
    r"(?:\[LINE\] ?)?(?:[\"「]?(?P<ja>.+?)[\"」]?とのトーク履歴|[\"「]?(?P<group>.+?)[\"」]?のトーク履歴"
    r"|Chat history (?P<how>with|in) [\"“]?(?P<en>.+?)[\"”]?"
    r"|[与與](?P<zh>.+?)的聊天[记記][录錄]|(?P<other>.+?)的聊天[记記][录錄])$"
)
_SAVED = re.compile(r"(?:保存日時|Saved on|Saved|儲存日期|保存日期|保存时间|儲存時間)\s?[:：]\s?(.+)$")
_MESSAGE = re.compile(r"((?:午前|午後|上午|下午|오전|오후)?\s?\d{1,2}:\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?)\t([^\t]*)(?:\t(.*))?$", re.DOTALL)
_SAVED_DAY = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})")
_MOST_QUOTED = 2000  # lines that a quoted text may run on
_MOST_DAY = 12
_TEXT, _NAIVE, _NONE = Kind.TEXT, Clock.NAIVE, Clock.NONE  # looked up once: an enumeration's own look-up is slow


def _recognise(head: Head) -> float:
    lines = head_text(head.data).splitlines()[:400]
    if not lines:
        return 0.0
    has_title = bool(_TITLE.match(lines[0].strip("\ufeff")))
    days = any(_is_day(line) for line in lines)
    messages = any(_MESSAGE.match(line) for line in lines)
    if has_title and (lines[0].startswith("[LINE]") or (len(lines) > 1 and _SAVED.match(lines[1]))):
        return 0.98
    return 0.9 if has_title and days else 0.7 if days and messages else 0.0


def _is_day(text: str) -> bool:
    return day_in(text) is not None or english_day_in(text) is not None


@dataclass(slots=True)
class _Ahead:
    """Lines with a look at those that follow."""

    source: Iterator[Line]
    waiting: deque[Line] = field(default_factory=deque)

    def peek(self, index: int = 0) -> Line | None:
        """The line `index` lines ahead, or None behind the end."""
        if len(self.waiting) > index:
            return self.waiting[index]
        while len(self.waiting) <= index:
            if (line := next(self.source, None)) is None:
                return None
            self.waiting.append(line)
        return self.waiting[index]

    def take(self) -> Line | None:
        """The next line."""
        return self.waiting.popleft() if self.waiting else next(self.source, None)


class _Reading:
    """The state between lines."""

    def __init__(self, part: Part) -> None:
        self.part, self.lines = part, _Ahead(lines_of(part))
        self.chat = started(f"line:{part.name}", "line")
        self.title, self.kind = "", ""
        self.day: tuple[int, int, int] | None = None
        self.month_first: bool | None = None
        self.is_blank = True
        self.clock = WallClock(part.zone)

    def header(self) -> None:
        """Title and time of saving, where they stand."""
        first = self.lines.peek()
        found = _TITLE.match(first.text) if first else None
        if found:
            given = found.groupdict()
            self.title = next(value for name, value in given.items() if value and name != "how")
            self.kind = "one_to_one" if given["ja"] or given["zh"] or given["how"] == "with" else "group" if given["group"] or given["how"] else ""
            self._pass()
        second = self.lines.peek()
        if second and (saved := _SAVED.match(second.text)):
            self.chat.facts["saved_at"] = saved[1].strip()
            self._pass()
        self.chat.facts["zone_assumed"] = self.part.zone_name

    def _pass(self) -> None:
        """Take a line that is no message."""
        self.lines.take()
        self.part.tally.records += 1
        self.part.tally.context += 1

    def items(self) -> Iterator[Item]:
        """Messages and findings of the file."""
        while (line := self.lines.peek()) is not None:
            if self.is_blank and self._is_heading(line):
                yield from self._heading(line)
                self.is_blank = False
            elif found := _begun(line):
                yield from self._message(line, found)
            else:
                self.is_blank = not line.text.strip()
                self._pass()
                if not self.is_blank:  # text before the first message: nobody's
                    yield self.part.finding("line_without_message", line.offset, line.raw)

    def _is_heading(self, line: Line) -> bool:
        """Whether a line is a day: at the beginning or behind an empty line, with a message, or nothing, below it."""
        if not self.is_blank or not _is_day(line.text.strip()):
            return False
        below = self.lines.peek(1)
        return below is None or bool(_begun(below)) or not below.text.strip()

    def _heading(self, line: Line) -> Iterator[Item]:
        self._pass()
        text = line.text.strip()
        self.day = day_in(text)
        if self.day is None and (english := english_day_in(text)):
            self.day, how = self._english_day(*english)
            self.chat.facts["date_order"] = f"{'month' if self.month_first else 'day'}_first:{how}"
        if self.day is None or wall_time(*self.day) is None:
            self.day = None
            yield self.part.finding("no_such_day", line.offset, line.raw, text=text)

    def _english_day(self, weekday: int, first: int, second: int, year: int) -> tuple[tuple[int, int, int], str]:
        """The day, and what decided whether the month comes first: its weekday, a number above 12, an earlier line, or nothing ("assumed")."""
        fits = [weekday_of(year, first, second) == weekday, weekday_of(year, second, first) == weekday]
        if fits[0] != fits[1]:
            self.month_first, how = fits[0], "weekday"
        elif max(first, second) > _MOST_DAY:
            self.month_first, how = second > _MOST_DAY, "number"
        elif self.month_first is None:
            self.month_first, how = self._saved_order(), "assumed"
        else:
            how = "earlier_line"
        return ((year, first, second) if self.month_first else (year, second, first)), how

    def _saved_order(self) -> bool:
        found = _SAVED_DAY.match(str(self.chat.facts.get("saved_at", "")))
        return found is None or int(found[1]) <= _MOST_DAY

    def _body(self, text: str, raws: list[bytes]) -> tuple[str, bool]:
        """The text with the lines that follow it and belong to it, and whether some byte was damaged."""
        quoted = text.startswith('"') and text.count('"') % 2 == 1
        length = self._quoted_lines() if quoted else 0
        if length:
            taken = [line for _ in range(length) if (line := self.lines.take()) is not None]
            raws += [line.raw for line in taken]
            self.is_blank = False
            whole = "\n".join([text, *(line.text for line in taken)])
            return whole[1:].rstrip()[:-1].replace('""', '"'), any(line.damaged for line in taken)
        ahead = self.lines.peek()
        if ahead is not None and _begun(ahead):  # most texts are of one line
            self.is_blank = False
            return text, False
        parts, damaged, blank, size = [text], False, False, 0
        while (line := self.lines.peek()) is not None and size < MOST_TEXT and not _begun(line):
            if blank and self._is_day_ahead(line):
                break
            self.lines.take()
            parts.append(line.text)
            raws.append(line.raw)
            damaged |= line.damaged
            size += len(line.raw)
            blank = not line.text.strip()
        self.is_blank = blank
        while len(parts) > 1 and not parts[-1].strip():
            parts.pop()
        whole = "\n".join(parts)
        return (whole[1:-1] if len(parts) > 1 and whole.startswith('"') and whole.endswith('"') else whole), damaged

    def _is_day_ahead(self, line: Line) -> bool:
        before, self.is_blank = self.is_blank, True
        is_day = self._is_heading(line)
        self.is_blank = before
        return is_day

    def _quoted_lines(self) -> int:
        """How many lines a quoted text runs on; 0 when its end is not found, or lines inside it look like messages that follow in time."""
        size = 0
        for index in range(_MOST_QUOTED):
            line = self.lines.peek(index)
            size += len(line.raw) if line else 0
            if line is None or size > MOST_TEXT or (_begun(line) and not line.text.endswith('"')):
                return 0
            if line.text.rstrip().endswith('"'):
                below = self.lines.peek(index + 1)
                if below is None or not below.text.strip() or _begun(below):
                    return index + 1
        return 0

    def _message(self, line: Line, found: re.Match[str]) -> Iterator[Item]:
        self.lines.take()
        self.part.tally.records += 1
        time, sender, body = found.groups()
        is_system = body is None or not sender
        raws = [line.raw]
        text, damaged = self._body(body if body is not None else sender, raws)
        minutes = minutes_in(time)
        sent = None if self.day is None or minutes is None else self.clock.instant(self.day, minutes)
        raw = line.raw if len(raws) == 1 else b"".join(raws)
        made = _Made(self.part, self.chat, time, text, sent, line.offset, raw)
        yield made.system() if is_system else made.spoken(sender)
        if damaged or line.damaged:
            yield self.part.finding("bad_bytes", line.offset, raw)
        if sent is None:
            yield self.part.finding("no_time", line.offset, raw, text=time)


def _begun(line: Line) -> re.Match[str] | None:
    """Time, sender and text of a line that begins a message. A line is asked for them several times, as the next one and as this one."""
    if line.found is False:
        line.found = _MESSAGE.match(line.text) if "\t" in line.text else None
    return line.found


@dataclass(slots=True)
class _Made:
    """A message in the making."""

    part: Part
    chat: Chat
    time: str
    text: str
    sent: datetime | None
    offset: int
    raw: bytes

    def spoken(self, sender: str) -> Message:
        """What a person sent."""
        author = self.chat.by_name(sender)
        kind = kind_of_body(self.text, bracketed=True)
        seconds = None if kind is _TEXT else call_seconds(self.text) if kind is Kind.CALL else None
        facts: dict[str, Fact] = {} if seconds is None else {"seconds": seconds}
        return self._whole(kind, None, author, sender, facts)

    def system(self) -> Message:
        """What LINE itself says; a message taken back is a deletion mark with, if said, its author."""
        event, who = system_event(self.text) or (Event.OTHER, "")
        author = self.chat.by_name(who) if who and event is Event.UNSENT and who not in _SELF else None
        kind = Kind.DELETED if event is Event.UNSENT else Kind.SERVICE
        facts: dict[str, Fact] = {"members": (who,)} if who and event in {Event.JOINED, Event.LEFT} else {}
        return self._whole(kind, event, author, who if author else "", facts)

    def _whole(self, kind: Kind, event: Event | None, author: str | None, name: str, facts: dict[str, Fact]) -> Message:
        seq, sent = self.chat.seq(), self.sent
        return new_message(
            str(seq), self.chat.key, seq, kind, self.part.place(self.offset, self.raw), sent, _NAIVE if sent else _NONE,
            self.part.zone_name if sent else "", self.time, author, name, self.text, event=event,
            is_deleted=event is not None and kind is Kind.DELETED, raw_kind="system" if event else "message", facts=facts,
        )  # fmt: skip


_SELF = {"You", "you", "您", "你", "Message"}


def _read(part: Part) -> Iterator[Item]:
    """The history of one chat."""
    reading = _Reading(part)
    reading.header()
    shape = {"title": reading.title, "kind": reading.kind}
    yield reading.chat.conversation(**shape)
    yield from reading.items()
    yield reading.chat.conversation(**shape)


READER = Reader("line_phone", "LINE トーク履歴（スマートフォン）", "LINE chat history (phone)", _recognise, _read)
