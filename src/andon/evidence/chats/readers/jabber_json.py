"""Logs of Jabber servers as JSON: objects one after the other (no array, or JSON Lines), each with `ts`, `from`, `to` and `body`.

The form of published server logs. A conversation is the pair of accounts, whichever way a message went; several files hold parts of one pair.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Clock, Finding, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import from_either, from_iso, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_RECORD = re.compile(rb'\{[^{}]{0,4000}?"ts"\s*:[^{}]{0,4000}?"from"\s*:[^{}]{0,4000}?"(?:to|body|Body)"\s*:')


def _recognise(head: Head) -> float:
    start = head.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return 0.8 if start.startswith((b"{", b"[")) and _RECORD.match(start.lstrip(b"[ \t\r\n")) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All pairs of the file."""
    with part.file.open() as stream:
        is_list = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    chats: dict[str, Chat] = {}
    for found in json_records(part, frozenset({("*",) if is_list else ()})):
        if isinstance(found, Finding):
            yield found
        elif found.step is Step.RECORD:
            if not isinstance(found.value, dict):
                yield part.finding("no_record", found.offset, found.raw, rejects=True)
                continue
            chat = _chat_of(chats, found.value)
            if chat.facts.pop("new", None):
                yield chat.conversation()
            yield _message(part, chat, found)
    yield from (chat.conversation() for chat in chats.values())


def _chat_of(chats: dict[str, Chat], value: dict[str, Any]) -> Chat:
    pair = " ".join(sorted({str(value.get("from") or "?"), str(value.get("to") or "?")}))
    if pair not in chats:
        chats[pair] = started(f"jabber:{pair}", "jabber", title=pair, kind="one_to_one", facts={"new": True})
    return chats[pair]


def _message(part: Part, chat: Chat, found: Found) -> Message:
    value: dict[str, Any] = found.value
    seq, given = chat.seq(), value.get("ts")
    sent, zone = from_iso(given, part.zone)
    if sent is None and whole_number(given) is not None:
        sent, zone = from_either(given), "UTC"
    people = [str(value[name]) for name in ("from", "to") if value.get(name)]
    keys = [chat.seen(f"jabber:{one}", one.partition("@")[0], (("jabber", one),)) for one in people]
    body = value.get("body", value.get("Body"))
    return new_message(
        id=f"{given}:{found.offset}", conversation=chat.key, seq=seq, kind=Kind.TEXT if isinstance(body, str) else Kind.UNKNOWN,
        place=part.place(found.offset, found.raw),
        sent_at=sent, clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone=(zone or part.zone_name) if sent else "",
        written_time=str(given or ""), author=keys[0] if value.get("from") else None, author_name=str(value.get("from") or ""),
        text=body if isinstance(body, str) else "", raw_kind="message", facts={"to": str(value.get("to") or "")},
    )  # fmt: skip


READER = Reader("jabber_json", "Jabber サーバーの記録（JSON）", "Jabber server log (JSON)", _recognise, _read)
