"""KakaoTalk, exported conversation as text: phones (Android, iOS) and PC (Windows), in Korean, English and Japanese.

Phones write day and time before every message (`2026년 11월 19일 오후 11:59, 이름 : 글`, `2026. 11. 19. 오후 11:59, …`), the PC a line of dashes
with the day and then `[이름] [오후 11:59] 글`. Minutes only, no zone, no numbers, no answers. A deleted message may leave a line. After public
parsers of the Korean and English forms and one made sample; the Japanese wording follows them by analogy. The table that the Mac writes has a reader
of its own (`kakao_csv`). Not proven on a real export.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from andon.evidence.chats.clock_words import minutes_in
from andon.evidence.chats.headed_text import Headed, headed
from andon.evidence.chats.kakao_words import SAVED, TITLE, kind_of_body, system_event
from andon.evidence.chats.lines import Line, head_text
from andon.evidence.chats.model import Attachment, Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import WallClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.evidence.chats.model import Fact, Item, Message

_DAY = r"(?P<y>\d{4})(?:년|年|\.) ?(?P<m>\d{1,2})(?:월|月|\.) ?(?P<d>\d{1,2})(?:일|日|\.)"
_ENGLISH = r"(?:[A-Z][a-z]{2,9}, )?(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}), (?P<year>\d{4})"
_TIME = r"(?P<time>(?:(?:오전|오후|午前|午後|上午|下午) ?)?\d{1,2}:\d{2}(?: ?[AP]M)?)"
_PHONE = re.compile(rf"(?:{_DAY}|{_ENGLISH})(?:,| at)? {_TIME}(?:(?P<comma>,)|:) (?P<rest>.*)$", re.DOTALL)
_PC = re.compile(rf"\[(?P<name>[^\n]{{1,100}}?)\] \[{_TIME}\] (?P<rest>.*)$", re.DOTALL)
_BARE = rf"(?:{_DAY}|{_ENGLISH})".replace("<", "<b")
_LINE_OF_DAY = re.compile(rf"-{{3,}} ?(?:{_DAY}|{_ENGLISH})[^-]{{0,12}}-{{3,}}$|{_BARE}(?: ?\(?[^\s\d]{{1,9}}\)?)?(?: {_TIME})?$")
_SPOKEN = re.compile(r"(?P<name>[^\n]{1,100}?) : (?P<text>.*)$", re.DOTALL)
_NAMES = (
    "Jan January|Feb February|Mar March|Apr April|May|Jun June|Jul July|Aug August|Sep Sept September|Oct October|Nov November|Dec December"
)
_MONTHS = {name: number for number, names in enumerate(_NAMES.split("|"), 1) for name in names.split()}
_NAIVE, _NONE = Clock.NAIVE, Clock.NONE
_WORTH = 0.93
_MOST_HEAD = 300  # characters of a title


def _recognise(head: Head) -> float:
    lines = [line for line in head_text(head.data).splitlines()[:300] if line.strip()]
    if not lines:
        return 0.0
    is_titled = any(TITLE.match(line[:_MOST_HEAD]) for line in lines[:3]) and any(SAVED.match(line) for line in lines[:4])
    spoken = sum(1 for line in lines if (found := _PHONE.match(line)) and found["comma"] and " : " in found["rest"])
    on_pc = any(line.startswith("---") and _LINE_OF_DAY.match(line) for line in lines) and any(_PC.match(line) for line in lines)
    if is_titled:
        return 0.97 if spoken or on_pc else 0.6
    return _WORTH if on_pc or spoken > 1 else 0.0


def _read(part: Part) -> Iterator[Item]:
    """The history of one conversation."""
    reading = _Reading(part)
    yield reading.now()
    for one in headed(part, reading.begins, _ends):
        yield from reading.beside(one) if isinstance(one, Line) else reading.message(one)
    yield reading.now()


def _ends(text: str) -> bool:
    """Whether a line is a day's, or the app's: both end the text before."""
    return bool(_LINE_OF_DAY.match(text)) or system_event(text) is not None


def _day_of(found: re.Match[str], mark: str = "") -> tuple[int, int, int] | None:
    if found[f"{mark}y"]:
        return int(found[f"{mark}y"]), int(found[f"{mark}m"]), int(found[f"{mark}d"])
    month = _MONTHS.get(found[f"{mark}month"] or "")
    return (int(found[f"{mark}year"]), month, int(found[f"{mark}day"])) if month else None


class _Reading:
    """The state between lines: the day of the PC's form, and what the head says."""

    def __init__(self, part: Part) -> None:
        self.part, self.clock = part, WallClock(part.zone)
        self.chat: Chat = started(f"kakaotalk:{part.name}", "kakaotalk", facts={"zone_assumed": part.zone_name})
        self.day: tuple[int, int, int] | None = None
        self.title = ""
        self.is_begun = False

    def now(self) -> Item:
        """The conversation as known by now."""
        return self.chat.conversation(title=self.title)

    def begins(self, text: str) -> re.Match[str] | None:
        """Whether a line begins a message: of a person, or (on the PC, where they have no time) of the app."""
        if text[:1] == "[":
            return _PC.match(text)
        return _PHONE.match(text) if text[:1].isalnum() else None

    def beside(self, line: Line) -> Iterator[Item]:
        """A line that belongs to no message: head, day, or a notice of the PC's form."""
        text = line.text.strip()
        if found := _LINE_OF_DAY.match(text):
            self.day = _day_of(found) if found["y"] or found["year"] else _day_of(found, "b")
        elif not self.is_begun and len(text) < _MOST_HEAD and (title := TITLE.match(text)):
            self.title = next((value for value in title.groupdict().values() if value), "").strip()
        elif not self.is_begun and len(text) < _MOST_HEAD and (saved := SAVED.match(text)):
            self.chat.facts["saved_at"] = saved["when"].strip()
        elif event := system_event(text):
            self.part.tally.context -= 1
            yield self._made(line.offset, line.raw, None, "", text, {"event": event[0], "members": event[1]})
        elif text:
            yield self.part.finding("line_without_message", line.offset, line.raw)

    def message(self, one: Headed) -> Iterator[Item]:
        """One message."""
        self.is_begun = True
        found = one.found
        is_pc = found.re is _PC
        spoken = None if is_pc or not found["comma"] else _SPOKEN.match(found["rest"])
        name = found["name"] if is_pc else spoken["name"] if spoken else ""
        text = one.whole(found["rest"] if is_pc else spoken["text"] if spoken else found["rest"])
        day, minutes = self.day if is_pc else _day_of(found), minutes_in(found["time"])
        sent = self.clock.instant(day, minutes) if day and minutes is not None else None
        written = found["time"] if is_pc else found[0][: found.end("time")]
        event = None if name else system_event(text) or (Event.OTHER, "")
        told = {"event": event[0], "members": event[1]} if event else {}
        yield self._made(one.line.offset, one.raw, sent, written, text, {"name": name, **told})
        if one.damaged:
            yield self.part.finding("bad_bytes", one.line.offset, one.raw)
        if sent is None:
            yield self.part.finding("no_time", one.line.offset, one.raw, text=written)

    def _made(self, offset: int, raw: bytes, sent: datetime | None, written: str, text: str, more: dict[str, object]) -> Message:
        name, event = str(more.get("name") or ""), more.get("event")
        kind, file = (Kind.SERVICE, "") if event else kind_of_body(text)
        if event is Event.UNSENT or kind is Kind.DELETED:
            kind, event = Kind.DELETED, Event.UNSENT
        facts: dict[str, Fact] = {"members": (str(more["members"]),)} if more.get("members") and event is not Event.UNSENT else {}
        if not event and kind is not Kind.TEXT:
            facts["placeholder_or_typed"] = True
        seq = self.chat.seq()
        return new_message(
            str(seq), self.chat.key, seq, kind, self.part.place(offset, raw), sent, _NAIVE if sent else _NONE, self.part.zone_name if sent else "",
            written, self.chat.by_name(name) if name else None, name, text, event=event if isinstance(event, Event) else None,
            attachments=(Attachment("file", "", file),) if file else (), is_deleted=kind is Kind.DELETED,
            raw_kind="message" if name else "system", facts=facts,
        )  # fmt: skip


READER = Reader("kakao_text", "カカオトークの書き出し（テキスト）", "KakaoTalk export (text)", _recognise, _read)
