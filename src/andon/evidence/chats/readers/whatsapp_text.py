"""WhatsApp, exported chat as text (`_chat.txt` of iOS, `WhatsApp Chat with ….txt` of Android), and Signal as Markdown, which is written alike.

Every phone writes dates in its own way. Whether day or month comes first is decided over the whole file (fact "date_order") and, when nothing
decides it, assumed with a finding. Minutes or seconds, no zone. Forms after the 96 headers of whatstk's table and the parsers' tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.dated_text import HEADER, Dated, dated, read_order
from andon.evidence.chats.lines import Line, head_text
from andon.evidence.chats.model import Attachment, Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named, started
from andon.evidence.chats.whatsapp_words import EDITED, is_first_notice, kind_of_body, speaks_of_text, system_event, timer_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item, Message

_MARKS = re.compile("[\u200e\u200f\ufeff\u202a\u202c\u2068\u2069]")
_AUTHOR = re.compile(r"(?P<author>[^\n]{1,120}?):(?: |(?=\.?$))(?P<text>.*)$", re.DOTALL)
_NAME = re.compile(r"(?:WhatsApp Chat (?:with|-) |WhatsAppチャット[ -]*|与|與)(.+?)(?:とのトーク)?\.(?:txt|zip)$")
_MARKED = re.compile(": [\u200e\u200f]")
_PHONE = re.compile(r"\+[\d \u00a0-]{7,20}")
_SIGNAL = re.compile(r"\[\d{4}-\d{2}-\d{2}, \d{2}:\d{2}\] ")
_OTHER_LOG = re.compile(r"\[[^\]]{10,30}\] (?:@\S+:\S+:|\S+:\t)")
_LEAST = 0.02
_NAIVE, _NONE = Clock.NAIVE, Clock.NONE  # looked up once: an enumeration's own look-up is slow


def _recognise(head: Head) -> float:
    lines = [line for line in head_text(head.data).splitlines() if line.strip()][:300]
    if not lines or not HEADER.match(lines[0]) or _OTHER_LOG.match(lines[0]):
        return 0.0
    fits = sum(1 for line in lines if HEADER.match(line)) / len(lines)
    return 0.0 if fits < _LEAST else 0.85 if fits > 0.3 or _NAME.search(head.name) else 0.5  # noqa: PLR2004 - long messages have many lines


def _read(part: Part) -> Iterator[Item]:
    """The history of one chat."""
    order = read_order(part)
    chosen, how = order.decided()
    with part.file.open() as stream:
        app = "signal" if _SIGNAL.match(head_text(stream.read(400))) else "whatsapp"
    found = _NAME.search(part.name) or _NAME.search(part.material.name)
    facts: dict[str, Fact] = {"date_order": f"{chosen}:{how}", "zone_assumed": part.zone_name}
    chat = started(f"{app}:{part.name}", app, title=found[1] if found else "", facts=facts)
    yield chat.conversation()
    if how == "assumed":
        yield part.finding("date_order_undecided", order=chosen)
    for one in dated(part, chosen):
        yield from _before(part, one) if isinstance(one, Line) else _message(part, chat, one)
    yield chat.conversation()


def _before(part: Part, line: Line) -> Iterator[Item]:
    """A line before the first message."""
    part.tally.context += 1
    if line.text.strip():
        yield part.finding("line_without_message", line.offset, line.raw)


def _message(part: Part, chat: Chat, one: Dated) -> Iterator[Item]:
    whole = one.whole
    plain = whole if whole.isascii() else _MARKS.sub("", whole)
    found = None if speaks_of_text(plain) else _AUTHOR.match(plain)
    name = found["author"].strip().removeprefix("~").strip(" \u202f") if found else ""
    text = found["text"] if found else plain
    by_app = not found or _is_notice(whole, name, text) or (not chat.met and is_first_notice(text))
    chat.met[""] = ""  # something was said before
    author = chat.seen(named(name), name, (("phone", name),) if _PHONE.fullmatch(name) else ()) if found and not by_app else None
    yield _system(part, chat, one, text if found else plain) if by_app else _spoken(part, chat, one, (author, name, text))
    if one.damaged:
        yield part.finding("bad_bytes", one.line.offset, one.raw)
    if one.sent is None:
        yield part.finding("no_time", one.line.offset, one.raw, text=one.written)


def _is_notice(whole: str, name: str, text: str) -> bool:
    """Whether a line with an author is the app's: iOS puts the actor or the group before its notices, and an invisible mark before their text."""
    if _MARKED.search(whole[: len(name) + 12]) is None:
        return False
    event, who = system_event(text)
    return event in {Event.ENCRYPTION, Event.TIMER} or (event is not Event.OTHER and (who == name or who.lower() == "you"))


def _spoken(part: Part, chat: Chat, one: Dated, said: tuple[str | None, str, str]) -> Message:
    author, name, text = said
    edited = EDITED.search(text) if text[-1:] == ">" else None
    text = text[: edited.start()] if edited else text
    kind, file, missing = kind_of_body(text)
    attachments = (Attachment(str(kind), "", file, "", None, missing),) if file or missing else ()
    return _whole(part, chat, one, {
        "kind": kind, "author": author, "author_name": name, "text": text, "attachments": attachments, "is_deleted": kind is Kind.DELETED,
        "event": Event.UNSENT if kind is Kind.DELETED else None, "raw_kind": "message", "facts": {"edited": True} if edited else {},
    })  # fmt: skip


def _system(part: Part, chat: Chat, one: Dated, text: str) -> Message:
    event, who = system_event(text)
    facts: dict[str, Fact] = {}
    if event is Event.TIMER and (seconds := timer_seconds(text)) is not None:
        facts["seconds"] = seconds
        chat.facts["timer_seconds"] = seconds
    if who and event in {Event.JOINED, Event.LEFT, Event.INVITED, Event.REMOVED}:
        facts["members"] = (who,)
    return _whole(part, chat, one, {"kind": Kind.SERVICE, "text": text, "event": event, "author_name": who, "raw_kind": "system", "facts": facts})


def _whole(part: Part, chat: Chat, one: Dated, fields: dict[str, Any]) -> Message:
    seq, sent = chat.seq(), one.sent
    return new_message(
        id=str(seq), conversation=chat.key, seq=seq, place=part.place(one.line.offset, one.raw), sent_at=sent,
        zone=part.zone_name if sent else "", clock=_NAIVE if sent else _NONE, written_time=one.written, **fields,
    )  # fmt: skip


READER = Reader("whatsapp_text", "WhatsApp・Signal のテキスト", "WhatsApp chat text, Signal Markdown", _recognise, _read)
