"""KakaoTalk for Mac, exported conversation as a table: `Date,User,Message`.

Seconds, no zone, no numbers. What the app tells stands like a message of the one it tells of ("X left this chatroom."). A text of several lines
stands in quotes. After public readers of this table; no real one was at hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from andon.evidence.chats.kakao_words import kind_of_body, system_event
from andon.evidence.chats.lines import head_text
from andon.evidence.chats.model import Attachment, Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.table_text import table_records
from andon.evidence.chats.times import from_iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item, Message

_HEADER = re.compile(r'"?Date"?,"?User"?,"?Message"?\s*$')
_FILE = re.compile(r"KakaoTalk_Chat_(.+?)(?:_\d{4}-\d\d-\d\d[-_.\d]*)?\.csv$")
_COLUMNS = 3


def _recognise(head: Head) -> float:
    lines = head_text(head.data).splitlines()
    return 0.95 if lines and _HEADER.match(lines[0].strip("\ufeff")) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """The history of one conversation."""
    found = _FILE.search(part.name)
    facts: dict[str, Fact] = {"zone_assumed": part.zone_name}
    chat = part.started(f"kakaotalk:{part.name}", "kakaotalk", title=found[1] if found else "", facts=facts)
    yield chat.conversation()
    for number, (offset, raw, values, damaged) in enumerate(table_records(part, ",")):
        if number == 0 or not any(values):  # names of the columns
            part.tally.context += 1
            continue
        if len(values) < _COLUMNS:
            yield part.finding("no_record", offset, raw, rejects=True)
            continue
        yield _message(part, chat, (offset, raw), values)
        if damaged:
            yield part.finding("bad_bytes", offset, raw)
    yield chat.conversation()


def _message(part: Part, chat: Chat, where: tuple[int, bytes], values: list[str]) -> Message:
    written, name, text = values[0].strip(), values[1].strip(), ",".join(values[2:])
    sent, zone = from_iso(written, part.zone)
    kind, file = kind_of_body(text)
    told = system_event(text)
    event = Event.UNSENT if kind is Kind.DELETED else None
    facts: dict[str, Fact] = {}
    if told and event is None and told[1] in {name, ""}:  # what a person says of somebody else stays a text
        kind, event = Kind.SERVICE, told[0]
        facts = {"members": (name,)} if name else {}
    seq = chat.seq()
    return new_message(
        id=str(seq), conversation=chat.key, seq=seq, kind=kind, place=part.place(*where), sent_at=sent,
        clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone=(zone or part.zone_name) if sent else "",
        written_time=written, author=chat.by_name(name) if name else None, author_name=name, text=text, event=event,
        attachments=(Attachment("file", "", file),) if file else (), is_deleted=kind is Kind.DELETED,
        raw_kind="system" if kind is Kind.SERVICE else "message", facts=facts,
    )  # fmt: skip


READER = Reader("kakao_csv", "カカオトーク（Mac）の書き出し（CSV）", "KakaoTalk for Mac, table (CSV)", _recognise, _read)
