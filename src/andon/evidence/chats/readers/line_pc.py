"""LINE, history saved on a PC (Windows, Mac) as text: no header, `2026.08.24 月曜日`, then time, sender and text between single spaces.

Nothing in the file says where a name ends. Names are learned in a first reading: from system lines (which repeat the actor), from lines whose text is
a placeholder, from the file's name, and from beginnings that many lines share. A message whose sender is not among them says so (fact
"author_confidence": "low"). After an audit of one real file of 193,975 lines and published patterns; the file itself was not at hand.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.clock_words import day_in, minutes_in
from andon.evidence.chats.line_words import PLACEHOLDERS, call_seconds, kind_of_body, system_event
from andon.evidence.chats.lines import MOST_TEXT, Line, head_text, lines_of
from andon.evidence.chats.model import Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import WallClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item, Message

_LINE = re.compile(r"((?:(?:午前|午後|上午|下午|오전|오후) ?)?\d{1,2}:\d{2}(?: ?[AaPp][Mm])?) (.+)$", re.DOTALL)
_DAY_PC = re.compile(r"\d{4}\.\d{1,2}\.\d{1,2} \S+$")
_FILE = re.compile(r"(?:^|/)\[LINE\] ?(.+?)(?:とのトーク|のトーク)?\.txt$")
_ACTS = re.compile(r"(?:さん)?(?:が|は|を)")
_TAKES_BACK = re.compile(
    r"(?P<name>.+?)(?:さん)?が(?:メッセージの送信を取り消しました|グループを退会しました|グループに参加しました)|(?P<en>.+?) unsent a message"
)
_ALWAYS_SYSTEM = re.compile(
    r"(?:グループ(?:音声|ビデオ)?通話が(?:開始されました|終了しました)|新しいノートを作成しました|招待をキャンセルしました|グループ名を.+に変更しました)。?"
)
_NAIVE, _NONE = Clock.NAIVE, Clock.NONE  # looked up once: an enumeration's own look-up is slow
_MOST_BEGINNINGS = 100_000
_MOST_BEGINNING = 400  # characters
_MOST_WORDS = 4  # of a name that is learned by frequency
_LEAST_SHARED = 5
_SHARE = 0.9
_MOST_PROOF = 200  # characters of a line that are looked at for names


def _recognise(head: Head) -> float:
    lines = [line for line in head_text(head.data).splitlines()[:200] if line.strip()]
    if not lines or not (_DAY_PC.match(lines[0].strip("\ufeff")) and day_in(lines[0].strip("\ufeff"))):
        return 0.0
    return 0.9 if any(_LINE.match(line) and "\t" not in line for line in lines[1:]) or _FILE.search(head.name) else 0.4


@dataclass(slots=True)
class _Names:
    """The names that the file proves, longest first."""

    known: list[str] = field(default_factory=list)

    def sender(self, rest: str) -> tuple[str, str, bool]:
        """Sender and text of what follows a time, and whether the name is known."""
        for name in self.known:
            if rest.startswith(name) and rest[len(name) : len(name) + 1] == " ":
                return name, rest[len(name) + 1 :], True
        name, _, text = rest.partition(" ")
        return name, text, False


def _learned(part: Part) -> _Names:
    """First reading: the names."""
    names, proven, beginnings = _Names(), Counter[str](), Counter[str]()
    for line in lines_of(part):
        found = _LINE.match(line.text)
        if not found:
            continue
        rest = found[2]
        _prove(rest[:_MOST_PROOF], proven)
        words = rest[:_MOST_BEGINNING].split(" ", _MOST_WORDS + 1)[: _MOST_WORDS + 1]
        if len(words) > 1 and len(beginnings) < _MOST_BEGINNINGS:
            beginnings.update(" ".join(words[:count]) for count in range(1, len(words)))
    if told := _FILE.search(part.name):
        proven[told[1]] += 1
    proven.update(dict.fromkeys(_frequent(beginnings, set(proven)), 1))
    names.known = sorted((name for name in proven if name), key=len, reverse=True)
    return names


def _actor(rest: str) -> str:
    """The name that is repeated by what follows it ("X Xが…"), or ""."""
    at = rest.find(" ", 1)
    while at > 0:
        if rest.startswith(rest[:at], at + 1) and _ACTS.match(rest, 2 * at + 1):
            return rest[:at]
        at = rest.find(" ", at + 1)
    return ""


def _prove(rest: str, proven: Counter[str]) -> None:
    """Names that one line proves."""
    if actor := _actor(rest):
        proven[actor] += 1
    elif ("しました" in rest or "unsent" in rest) and (found := _TAKES_BACK.match(rest)):
        proven[found["name"] or found["en"]] += 1
    else:
        name, _, last = rest.rpartition(" ")
        if name and ((last in PLACEHOLDERS and " " not in name) or ("ました" in last and _ALWAYS_SYSTEM.fullmatch(last))):
            proven[name] += 1


def _frequent(beginnings: Counter[str], proven: set[str]) -> Iterator[str]:
    """First words that begin many lines; words that nearly always follow belong to the name."""
    longer: dict[str, str] = {}
    for name in beginnings:
        before = name.rpartition(" ")[0]
        if before and beginnings[name] > beginnings[longer.get(before, "")]:
            longer[before] = name
    for word, count in beginnings.items():
        if " " in word or count < _LEAST_SHARED or any(name.startswith(f"{word} ") for name in proven):
            continue
        name = word
        while name in longer and beginnings[longer[name]] >= _SHARE * beginnings[name]:
            name = longer[name]
        yield name


class _Reading:
    """Second reading."""

    def __init__(self, part: Part) -> None:
        self.part, self.names = part, _learned(part)
        found = _FILE.search(part.name)
        self.title = found[1] if found else ""
        self.chat: Chat = started(f"line:{part.name}", "line", title=self.title, facts={"zone_assumed": part.zone_name})
        self.day: tuple[int, int, int] | None = None
        self.minutes = -1
        self.waiting: _Waiting | None = None
        self.clock = WallClock(part.zone)

    def items(self) -> Iterator[Item]:
        """Messages and findings of the file."""
        for line in lines_of(self.part):
            if line.text.lstrip()[4:5] == "." and _DAY_PC.match(line.text.strip()) and (day := day_in(line.text.strip())):
                yield from self.flush()
                self.day, self.minutes = day, -1
                self._context()
            elif (found := _LINE.match(line.text)) and (begun := self._begun(found, line)):
                yield from self.flush()
                self.waiting = begun
                self.part.tally.records += 1
            elif self.waiting is not None and self.waiting.size < MOST_TEXT:
                self.waiting.add(line, is_timed=bool(found))
            else:
                self._context()
                if line.text.strip():
                    yield self.part.finding("line_without_message", line.offset, line.raw)
        yield from self.flush()

    def _context(self) -> None:
        self.part.tally.records += 1
        self.part.tally.context += 1

    def _begun(self, found: re.Match[str], line: Line) -> _Waiting | None:
        """A new message, or None when the line must be taken for part of the one before."""
        minutes = minutes_in(found[1])
        if minutes is None:
            return None
        rest = found[2]
        event = system_event(rest)
        if event and not self._is_speech(rest):
            self.minutes = minutes
            return _Waiting(line, found[1], minutes, self.day, None, rest, event)
        name, text, is_known = self.names.sender(rest)
        if not is_known and (minutes < self.minutes or not text):
            return None
        self.minutes = minutes
        if is_known and (event := self._system_of(name, text)):
            return _Waiting(line, found[1], minutes, self.day, name, text, event)
        return _Waiting(line, found[1], minutes, self.day, name, text, None, is_known)

    def _is_speech(self, rest: str) -> bool:
        """Whether a line that could be the app's begins with a known name and a space: then its text decides (`_system_of`)."""
        return self.names.sender(rest)[2]

    def _system_of(self, name: str, text: str) -> tuple[Event, str] | None:
        """The event of a text that repeats its sender ("X Xが…"), or can be the app's only."""
        event = system_event(text)
        if event and (text.startswith(name) or _ALWAYS_SYSTEM.fullmatch(text) or "をグループに招待しました。" in text):
            return event[0], name
        return None

    def flush(self) -> Iterator[Item]:
        """The message that has been collected."""
        if self.waiting is None:
            return
        waiting, self.waiting = self.waiting, None
        yield waiting.message(self.part, self.chat, self.clock)
        for code, applies in (("time_inside_text", waiting.has_timed), ("bad_bytes", waiting.damaged)):
            if applies:
                yield self.part.finding(code, waiting.line.offset, b"".join(waiting.raws))


class _Waiting:
    """A message whose text may go on."""

    def __init__(
        self, line: Line, time: str, minutes: int, day: tuple[int, int, int] | None, name: str | None, text: str, event: tuple[Event, str] | None,
        is_known: bool = True,  # noqa: FBT001, FBT002 - made in one place
    ) -> None:  # fmt: skip
        self.line, self.time, self.minutes, self.day, self.name, self.event, self.is_known = line, time, minutes, day, name, event, is_known
        self.texts, self.raws, self.damaged, self.has_timed, self.size = [text], [line.raw], line.damaged, False, 0

    def add(self, line: Line, *, is_timed: bool) -> None:
        """A line that goes on with the text."""
        self.texts.append(line.text)
        self.raws.append(line.raw)
        self.size += len(line.raw)
        self.damaged |= line.damaged
        self.has_timed |= is_timed

    def message(self, part: Part, chat: Chat, clock: WallClock) -> Message:
        """The message as collected."""
        text = "\n".join(self.texts).rstrip("\n")
        sent = clock.instant(self.day, self.minutes) if self.day else None
        event, who = self.event or (None, "")
        name = self.name if self.name is not None else who if event is Event.UNSENT else ""
        author = chat.by_name(name) if name else None
        kind = Kind.DELETED if event is Event.UNSENT else Kind.SERVICE if event else kind_of_body(text, bracketed=False)
        seq = chat.seq()
        return new_message(
            id=str(seq), conversation=chat.key, seq=seq, kind=kind, place=part.place(self.line.offset, b"".join(self.raws)), sent_at=sent,
            clock=_NAIVE if sent else _NONE, zone=part.zone_name if sent else "", written_time=self.time, author=author,
            author_name=name or "",
            text=text, event=event, is_deleted=kind is Kind.DELETED, raw_kind="system" if event else "message", facts=self._facts(kind, text, who),
        )  # fmt: skip

    def _facts(self, kind: Kind, text: str, who: str) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        if not self.is_known:
            facts["author_confidence"] = "low"
        if self.event is None and text in PLACEHOLDERS:
            facts["placeholder_or_typed"] = True
        if kind is Kind.CALL and (seconds := call_seconds(text)) is not None:
            facts["seconds"] = seconds
        if who and self.event and self.event[0] in {Event.JOINED, Event.LEFT}:
            facts["members"] = (who,)
        return facts


def _read(part: Part) -> Iterator[Item]:
    """The history of one chat."""
    reading = _Reading(part)
    yield reading.chat.conversation()
    yield from reading.items()
    yield reading.chat.conversation()


READER = Reader("line_pc", "LINE トーク履歴（PC）", "LINE chat history (PC)", _recognise, _read)
