"""Rocket.Chat, messages as its interface gives them: `{"messages": [{"_id", "rid", "msg", "ts", "u", …}]}`.

Daily dumps of one room may overlap: every record is kept, and one number in two files is one message (`Message.id`). A message of kind "e2e" is
encrypted and cannot be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Reaction, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import from_either, from_iso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.evidence.chats.model import Item, Message

_RECORD = re.compile(rb'"rid"\s*:\s*"')
_EVENTS = {
    "au": Event.INVITED, "uj": Event.JOINED, "ul": Event.LEFT, "ru": Event.REMOVED, "r": Event.TITLE, "rm": Event.UNSENT,
    "room_changed_topic": Event.TITLE,
    "message_pinned": Event.PINNED, "ujt": Event.JOINED, "ut": Event.JOINED, "wm": Event.OTHER, "otr": Event.ENCRYPTION, "e2e": Event.ENCRYPTION,
    "jitsi_call_started": Event.CALL, "discussion-created": Event.CREATED, "room_e2e_enabled": Event.ENCRYPTION,
    "room_e2e_disabled": Event.ENCRYPTION,
}  # fmt: skip


def _recognise(head: Head) -> float:
    return 0.9 if _RECORD.search(head.data) and b'"_id"' in head.data and b'"messages"' in head.data and b'"u"' in head.data else 0.0


def _read(part: Part) -> Iterator[Item]:
    """One dump of one room (or several)."""
    chats: dict[str, Chat] = {}
    for found in json_records(part, frozenset({("messages", "*")})):
        if isinstance(found, Finding):
            yield found
        elif found.step is Step.RECORD:
            if not isinstance(found.value, dict):
                yield part.finding("no_record", found.offset, found.raw, rejects=True)
                continue
            room = str(found.value.get("rid") or part.name)
            if room not in chats:
                name = re.sub(r"^.*?\d{4}-\d{2}-\d{2}-|\.json$", "", part.name.rpartition("/")[2])
                chats[room] = started(f"rocketchat:{room}", "rocketchat", title=name)
                yield chats[room].conversation()
            yield _message(part, chats[room], found)
    yield from (chat.conversation() for chat in chats.values())


def _when(part: Part, given: object) -> tuple[datetime | None, str]:
    if isinstance(given, dict):
        given = given.get("$date")
    when, zone = from_iso(given, part.zone)
    return (when, zone) if when else (from_either(given), "UTC")


def _message(part: Part, chat: Chat, found: Found) -> Message:
    value: dict[str, Any] = found.value
    seq, who, raw_kind = chat.seq(), value.get("u"), str(value.get("t") or "")
    user: dict[str, Any] = who if isinstance(who, dict) else {}
    name = str(user.get("name") or user.get("username") or "")
    handles = (("rocketchat_name", str(user["username"])),) if user.get("username") else ()
    author = chat.seen(f"rocketchat:{user['_id']}", name, handles) if user.get("_id") else None
    sent, zone = _when(part, value.get("ts"))
    event, files = _EVENTS.get(raw_kind), value.get("attachments")
    attachments = (
        tuple(Attachment("file", str(one.get("title_link") or ""), str(one.get("title") or "")) for one in files if isinstance(one, dict))
        if isinstance(files, list)
        else ()
    )
    thread = value.get("tmid")
    kind = (
        Kind.DELETED
        if event is Event.UNSENT
        else Kind.TEXT
        if raw_kind == "e2e"
        else Kind.SERVICE
        if event
        else Kind.UNKNOWN
        if raw_kind
        else Kind.TEXT
    )
    return new_message(
        id=str(value.get("_id") or f"#{seq}"), conversation=chat.key, seq=seq, kind=kind, place=part.place(found.offset, found.raw), sent_at=sent,
        clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone=(zone or part.zone_name) if sent else "",
        written_time=str(value.get("ts") or ""), author=author, author_name=name, text=str(value.get("msg") or ""), event=event,
        attachments=attachments,
        reply_to=Reply(str(thread)) if thread else None, edited_at=_when(part, value.get("editedAt"))[0] if value.get("editedAt") else None,
        reactions=_reactions(value), is_deleted=kind is Kind.DELETED, raw_kind=raw_kind or "message",
        facts={"encrypted": True} if raw_kind in {"e2e", "otr"} else {},
    )  # fmt: skip


def _reactions(value: dict[str, Any]) -> tuple[Reaction, ...]:
    given = value.get("reactions")
    pairs = given.items() if isinstance(given, dict) else ()
    return tuple(Reaction(str(emoji), f"name:{who}") for emoji, one in pairs if isinstance(one, dict) for who in one.get("usernames") or ())


READER = Reader("rocketchat_json", "Rocket.Chat の記録（JSON）", "Rocket.Chat messages (JSON)", _recognise, _read)
