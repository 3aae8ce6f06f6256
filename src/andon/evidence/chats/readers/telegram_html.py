"""Telegram Desktop, export as pages (`messages.html`, `messages2.html` …).

Pages are cut at the bytes where messages begin and each piece is parsed by itself (usual ones by a pattern that says the same); nothing in them is
executed or fetched. A page names no number of the chat, so a folder is one chat. A message whose sender's name is missing is of the sender before it.
Times carry an offset since about 2022; older ones do not. Only pieces of such pages and descriptions were at hand.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from andon.evidence.chats.model import Attachment, Clock, Event, Kind, Numbering, Reply, new_message
from andon.evidence.chats.readers.telegram_usual import Usual, usual
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named, started
from andon.evidence.chats.times import from_iso, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from andon.evidence.chats.model import Fact, Item, Message

_PAGE = re.compile(rb'class="page_wrap|class="history"|<div class="message (?:default|service)')
_START = re.compile(rb'<div class="message (?:default|service)[^"]*"')
_TITLE = re.compile(rb'<div class="page_header">.{0,2000}?<div class="text bold">\s*(.*?)\s*</div>', re.DOTALL)
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_ID = re.compile(r"message(-?\d+)$")
_GO_TO = re.compile(r"go_to_message(\d+)")
_CHUNK, _MOST = 1 << 20, 16 << 20
_MEDIA = {
    "photo_wrap": "photo", "media_photo": "photo", "video_file_wrap": "video", "media_video": "video", "animated_wrap": "animation",
    "sticker_wrap": "sticker", "media_voice_message": "voice_message", "media_audio_file": "audio", "media_file": "file", "media_call": "call",
    "media_contact": "contact", "media_location": "location", "media_live_location": "location", "media_poll": "poll",
}  # fmt: skip
_KINDS = {"sticker": Kind.STICKER, "call": Kind.CALL, "contact": Kind.CONTACT, "location": Kind.LOCATION, "poll": Kind.POLL}
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (Event.TIMER, re.compile(r"auto-delete|messages (?:will be|to) (?:be )?auto|disappear|自動削除", re.IGNORECASE)),
    (Event.CLEARED, re.compile(r"^(?:.{0,60} )?(?:history (?:was )?cleared|cleared history)|履歴.*(?:消去|削除)", re.IGNORECASE)),
    (Event.CREATED, re.compile(r" created (?:group|channel|topic)|^(?:Channel|Group) .* created|作成しました")),
    (Event.INVITED, re.compile(r" invited |招待しました")),
    (Event.REMOVED, re.compile(r" removed (?!photo|the)|削除しました$")),
    (Event.JOINED, re.compile(r" joined (?:the )?(?:group|channel|Telegram)|参加しました")),
    (Event.LEFT, re.compile(r" left (?:the )?group|退出しました")),
    (Event.TITLE, re.compile(r" changed (?:group|topic|channel) (?:title|name) to ")),
    (Event.PINNED, re.compile(r" pinned ")),
    (Event.SCREENSHOT, re.compile(r"took a screenshot", re.IGNORECASE)),
    (Event.MIGRATED, re.compile(r"converted .* to a supergroup|upgraded to a supergroup")),
    (Event.CALL, re.compile(r"(?:group|video|voice) (?:call|chat)", re.IGNORECASE)),
)

_TEXT, _STATED, _NAIVE, _NONE = Kind.TEXT, Clock.STATED, Clock.NAIVE, Clock.NONE  # looked up once: an enumeration's own look-up is slow
_UNKNOWN: tuple[datetime | None, str] = (None, "")
_MANY, _MOST_DEPTH = 300, 200  # tags and levels of one message; real ones have some ten levels, and parsing takes the square of them
_OPENED = re.compile(rb"<(/?)([A-Za-z]+)")
_EMPTY = frozenset((b"br", b"img", b"input", b"hr", b"wbr", b"source", b"link", b"meta"))


def _recognise(head: Head) -> float:
    if not head.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return 0.0
    is_page = b"page_wrap" in head.data and _START.search(head.data)
    return 0.97 if is_page else 0.8 if b'class="history"' in head.data and _START.search(head.data) else 0.0


def _pieces(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """What stands before the first message, then each message up to the next."""
    data, base, start, begun = b"", 0, 0, 0  # `start`: where the piece begins that is being collected
    while True:
        found = _START.search(data, begun)
        if found and found.end() < len(data):
            yield base + start, data[start : found.start()]
            start, begun = found.start(), found.start() + 5
            continue
        more = stream.read(_CHUNK)
        if not more or len(data) - start > _MOST:
            yield base + start, data[start:]
            base, data, start, begun = base + len(data), b"", 0, 0
            if not more:
                return
        begun = max(begun, len(data) - 60) - start
        data, base, start = data[start:] + more, base + start, 0


def _read(part: Part) -> Iterator[Item]:
    """One page."""
    folder = part.name.rpartition("/")[0]
    chat = started(f"telegram_html:{folder or part.material.name}", "telegram", numbering=Numbering.NONE, facts={})
    reading = _Page(part, chat)
    with part.file.open() as stream:
        for index, (offset, raw) in enumerate(_pieces(stream)):
            if index == 0 and not _START.match(raw):
                title = _TITLE.search(raw)
                reading.title = LexborHTMLParser(title[1].decode("utf-8", "replace")).text().strip() if title else ""
                yield chat.conversation(title=reading.title)
            elif raw.strip():
                part.tally.records += 1
                yield from reading.message(offset, raw)
    yield chat.conversation(title=reading.title)


class _Page:
    """The state between messages: who spoke last."""

    def __init__(self, part: Part, chat: Chat) -> None:
        self.part, self.chat, self.title, self.last = part, chat, "", ""
        self.written, self.known = "", _UNKNOWN  # the last time as written, and what it says

    def message(self, offset: int, raw: bytes) -> Iterator[Item]:
        """One piece of the page."""
        text = raw.decode("utf-8", "replace")
        if (one := usual(text)) is not None:
            yield self._usual(one, offset, raw)
            return
        if raw.count(b"<") > _MANY and _depth(raw) > _MOST_DEPTH:
            yield self.part.finding("html_too_deep", offset, raw, rejects=True)
            return
        node = LexborHTMLParser(text).css_first("div.message")
        number = _ID.search(_attribute(node, "id"))
        if node is None or number is None:
            yield self.part.finding("no_record", offset, raw, rejects=True)
            return
        classes = _attribute(node, "class").split()
        body = node.css_first("div.body")
        if "service" in classes and number[1].startswith("-"):  # a day's line; real service messages have positive numbers
            self.part.tally.context += 1
            return
        yield (
            self._service(node, int(number[1]), offset, raw)
            if "service" in classes
            else self._spoken(node, body, int(number[1]), (offset, raw, classes))
        )

    def _service(self, node: LexborNode, number: int, offset: int, raw: bytes) -> Message:
        text = _shown(node.css_first("div.body.details") or node.css_first("div.body"))
        event = next((event for event, pattern in _EVENTS if pattern.search(text)), Event.OTHER)
        facts: dict[str, Fact] = {}
        if event is Event.TIMER and (seconds := _seconds(text)) is not None:
            facts["seconds"] = seconds
            self.chat.facts["timer_seconds"] = seconds
        return new_message(
            id=str(number), conversation=self.chat.key, seq=self.chat.seq(), kind=Kind.SERVICE, place=self.part.place(offset, raw), text=text,
            number=number, event=event, raw_kind="service", facts=facts,
        )  # fmt: skip

    def _spoken(self, node: LexborNode, body: LexborNode | None, number: int, where: tuple[int, bytes, list[str]]) -> Message:
        offset, raw, classes = where
        own = body.css_first("div.from_name") if body is not None else None
        is_forward = own is not None and own.parent is not None and "forwarded" in _attribute(own.parent, "class").split()
        name = self.last if own is None or is_forward or "joined" in classes else _own(own)
        self.last = name
        plain = raw.lower()  # every search costs more than this look: what is nowhere in the bytes is not searched for
        origin = node.css_first("div.forwarded > div.from_name") if b"forwarded" in plain else None
        title = _attribute(node.css_first("div.body > div.date.details"), "title") or _attribute(node.css_first("div.date.details"), "title")
        sent, zone = self._time(title)
        attachments = _attachments(node) if b"media_wrap" in plain else ()
        reply = _GO_TO.search(_attribute(node.css_first("div.reply_to a"), "href")) if b"reply_to" in plain else None
        text = _shown(node.css_first("div.text"))
        kind = _KINDS.get(attachments[0].kind, Kind.MEDIA) if attachments else Kind.TEXT
        return new_message(
            id=str(number), conversation=self.chat.key, seq=self.chat.seq(), kind=kind, place=self.part.place(offset, raw), sent_at=sent,
            clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone=(zone or self.part.zone_name) if sent else "",
            written_time=title, author=self.chat.seen(named(name), name) if name else None, author_name=name, text=text, number=number,
            attachments=attachments, reply_to=Reply(reply[1]) if reply else None, forwarded_from=_own(origin), raw_kind="message",
        )  # fmt: skip

    def _usual(self, one: Usual, offset: int, raw: bytes) -> Message:
        """The same of a message that was read without a parser."""
        chat, name = self.chat, self.last if one.name is None or one.is_joined else one.name
        self.last = name
        if one.time == self.written:  # messages of one second share their time
            sent, zone = self.known
        else:
            sent, zone = self.known = self._time(one.time)
            self.written = one.time
        return new_message(
            str(int(one.number)), chat.key, chat.seq(), _TEXT, self.part.place(offset, raw), sent,
            _NONE if sent is None else _STATED if zone else _NAIVE, (zone or self.part.zone_name) if sent else "", one.time,
            chat.by_name(name) if name else None, name, one.text, int(one.number), raw_kind="message",
        )  # fmt: skip

    def _time(self, title: str) -> tuple[datetime | None, str]:
        found = _DATE.search(title)
        return from_iso(f"{found[3]}-{found[2]}-{found[1]}T{found[4]}{found[5] or ''}", self.part.zone) if found else (None, "")


def _depth(raw: bytes) -> int:
    """How deep elements nest, at most (one that is never closed counts until the end)."""
    depth = deepest = 0
    for found in _OPENED.finditer(raw):
        depth += -1 if found[1] else 0 if found[2].lower() in _EMPTY else 1
        deepest = max(deepest, depth)
    return deepest


def _attribute(node: LexborNode | None, name: str) -> str:
    return "" if node is None else node.attributes.get(name) or ""


def _shown(node: LexborNode | None) -> str:
    """Text as people see it: a break is a new line."""
    if node is None:
        return ""
    for one in node.css("br"):
        one.replace_with("\n")
    return (node.text() or "").strip()


def _own(node: LexborNode | None) -> str:
    return "" if node is None else (node.text(deep=False) or "").strip()


def _attachments(node: LexborNode) -> tuple[Attachment, ...]:
    made = []
    for one in node.css(".media_wrap > *"):
        kind = next((_MEDIA[name] for name in _attribute(one, "class").split() if name in _MEDIA), "")
        if kind:
            title, status = _shown(one.css_first(".title")), _shown(one.css_first(".status"))
            path = _attribute(one, "href")
            made.append(Attachment(kind, path, title, "", None, "" if path else status))
    return tuple(made)


def _seconds(text: str) -> int | None:
    """The length of a timer in words, 0 when switched off."""
    if re.search(r"disabled|turned off|無効|オフ", text):
        return 0
    found = re.search(r"(\d+) ?(second|minute|hour|day|week|month|year|秒|分|時間|日|週間|か月|年)", text)
    lengths = {
        "second": 1,
        "秒": 1,
        "minute": 60,
        "分": 60,
        "hour": 3600,
        "時間": 3600,
        "day": 86400,
        "日": 86400,
        "week": 604800,
        "週間": 604800,
        "month": 2592000,
        "か月": 2592000,
        "year": 31536000,
        "年": 31536000,
    }
    return (whole_number(found[1]) or 0) * lengths[found[2]] if found else None


READER = Reader("telegram_html", "Telegram Desktop の書き出し（HTML）", "Telegram Desktop export (HTML)", _recognise, _read)
