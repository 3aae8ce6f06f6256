"""WeChat (微信), conversations as text. The app has no export for officers; these are the forms in which mail and widespread tools hand texts over.

Three forms: a line `昵称 2026-11-19 20:58:00` (or the time in brackets) above the text, a line `2026-11-19 20:58:00 昵称` above it, and the app's
own mail: days between dashes, then `昵称 20:58` above the text. Which one is told from the file's beginning, and only that one begins messages. Times
carry no zone. Databases are encrypted and are not opened. After public tools that read these texts; not proven on a real one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from andon.evidence.chats.clock_words import minutes_in
from andon.evidence.chats.headed_text import Headed, headed
from andon.evidence.chats.lines import Line, head_text
from andon.evidence.chats.model import Attachment, Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import WallClock
from andon.evidence.chats.wechat_words import kind_of_body, system_event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.evidence.chats.model import Fact, Item, Message

_WHEN = r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})[ T]+(?P<time>\d{1,2}:\d{2}(?::(?P<second>\d{2}))?)"
_NAME = r"(?P<name>[^\s\d\[{<(][^\n]{0,60}?)"
_BELOW = re.compile(rf"{_NAME}(?:[ \t]+{_WHEN}| ?\({_WHEN.replace('P<', 'P<b')}\))\s*$")
_BEHIND = re.compile(rf"{_WHEN}[ \t]+(?P<name>\S[^\n]{{0,60}}?)\s*$")
_MAIL = re.compile(rf"{_NAME}[ \t]{{1,8}}(?P<time>\d{{1,2}}:\d{{2}})\s*$")
_DAY = re.compile(r"[—─–-]{3,} *(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2}) *[—─–-]{3,}\s*$")
_MARK = re.compile(r"微信|WeChat|wxid_|撤回了一条消息|\[(?:图片|视频|语音|表情|文件|动画表情|红包|转账|链接)\]")
_MOST_HEAD = 400
_NAIVE, _NONE = Clock.NAIVE, Clock.NONE


def _form(text: str) -> tuple[re.Pattern[str] | None, int]:
    """The form that begins most lines of the file's beginning, and how many."""
    lines = [line for line in text.splitlines()[:_MOST_HEAD] if line.strip()]
    has_days = any(_DAY.match(line) for line in lines[:20])
    forms = (_BELOW, _BEHIND, *((_MAIL,) if has_days else ()))
    counts = {form: sum(1 for line in lines if form.match(line)) for form in forms}
    best = max(counts, key=lambda form: counts[form])
    return (best, counts[best]) if counts[best] else (None, 0)


def _recognise(head: Head) -> float:
    text = head_text(head.data)
    form, count = _form(text)
    if form is None or count < 2:  # noqa: PLR2004 - one line may be anything
        return 0.0
    first = next((line for line in text.splitlines() if line.strip()), "")
    begins = bool(form.match(first) or _DAY.match(first) or _MARK.search(first))
    return 0.7 if _MARK.search(text) and begins else 0.45 if begins and form is not _BEHIND else 0.35 if begins else 0.0


def _read(part: Part) -> Iterator[Item]:
    """One conversation."""
    with part.file.open() as stream:
        form, _ = _form(head_text(stream.read(1 << 16)))
    reading = _Reading(part)
    yield reading.chat.conversation()
    for one in headed(part, (form or _BEHIND).match, lambda text: _DAY.match(text) is not None):
        yield from reading.beside(one) if isinstance(one, Line) else reading.message(one)
    yield reading.chat.conversation()


class _Reading:
    """The state between lines: the day of the mail's form."""

    def __init__(self, part: Part) -> None:
        self.part, self.clock = part, WallClock(part.zone)
        title = part.name.rpartition("/")[2].rpartition(".")[0]
        self.chat: Chat = started(f"wechat:{part.name}", "wechat", title=title, facts={"zone_assumed": part.zone_name})
        self.day: tuple[int, int, int] | None = None

    def beside(self, line: Line) -> Iterator[Item]:
        """A line that belongs to no message."""
        if found := _DAY.match(line.text):
            self.day = int(found["y"]), int(found["m"]), int(found["d"])
        elif line.text.strip():
            yield self.part.finding("line_without_message", line.offset, line.raw)

    def message(self, one: Headed) -> Iterator[Item]:
        """One message."""
        sent, written = self._time(one.found)
        name, text = one.found["name"].strip(), one.whole("").lstrip("\n")
        event = system_event(text)
        kind, file = (Kind.DELETED if event[0] is Event.UNSENT else Kind.SERVICE, "") if event else kind_of_body(text)
        facts: dict[str, Fact] = {"members": (event[1],)} if event and event[1] and event[0] is not Event.UNSENT else {}
        yield self._made(one, sent, written, name, text, (kind, event[0] if event else None, file), facts)
        if one.damaged:
            yield self.part.finding("bad_bytes", one.line.offset, one.raw)
        if sent is None:
            yield self.part.finding("no_time", one.line.offset, one.raw, text=written)

    def _time(self, found: re.Match[str]) -> tuple[datetime | None, str]:
        if found.re is _MAIL:
            minutes = minutes_in(found["time"])
            return (self.clock.instant(self.day, minutes) if self.day and minutes is not None else None), found["time"]
        mark = "b" if found.re is _BELOW and found["y"] is None else ""
        day, time = (int(found[f"{mark}y"]), int(found[f"{mark}m"]), int(found[f"{mark}d"])), found[f"{mark}time"]
        minutes, second = minutes_in(time), min(int(found[f"{mark}second"] or 0), 59)
        written = f"{found[f'{mark}y']}-{found[f'{mark}m']}-{found[f'{mark}d']} {time}"
        return (self.clock.instant(day, minutes, second) if minutes is not None else None), written

    def _made(
        self, one: Headed, sent: datetime | None, written: str, name: str, text: str, what: tuple[Kind, Event | None, str], facts: dict[str, Fact]
    ) -> Message:
        (kind, event, file), seq = what, self.chat.seq()
        return new_message(
            str(seq), self.chat.key, seq, kind, self.part.place(one.line.offset, one.raw), sent, _NAIVE if sent else _NONE,
            self.part.zone_name if sent else "", written, self.chat.by_name(name), name, text, event=event,
            attachments=(Attachment("file", "", file),) if file else (), is_deleted=kind is Kind.DELETED, raw_kind="message", facts=facts,
        )  # fmt: skip


READER = Reader("wechat_text", "WeChat（微信）のテキスト", "WeChat text", _recognise, _read)
