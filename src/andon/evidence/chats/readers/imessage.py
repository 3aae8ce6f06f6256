"""iMessage and SMS on iOS and macOS: `sms.db`, `chat.db`.

Times are nanoseconds (before iOS 11 seconds) since 2001, UTC. `number` is the row's number, which counts over all conversations: a hole in it is a
row that is gone, of whichever. Newer systems leave `text` empty and keep the text in `attributedBody`; edits and taken-back messages stand in
`message_summary_info`. Taps on a message (likes) are rows of their own. Messages of the last thirty days' bin are still there and say so
(`is_deleted`). Tables and columns after public queries and the descriptions of imessage-exporter; no real database was at hand.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from andon.evidence.chats.apple_text import edits_in, text_in
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import lookup, plain_value, rising, row_place, rows_given, rows_of, text_of
from andon.evidence.chats.times import from_apple, whole_number
from andon.evidence.custody.database import BROKEN_DATABASE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_OWNER = "owner"
_MOST_NUMBER = 1 << 62
_TAPS = {0: "loved", 1: "liked", 2: "disliked", 3: "laughed", 4: "emphasized", 5: "questioned", 6: "emoji", 7: "sticker"}
_TAP, _UNTAP, _TAP_END, _GROUP = 2000, 3000, 4000, 43


def _recognise(head: Head) -> float:
    return 0.97 if {"message", "chat", "handle", "chat_message_join"} <= head.tables else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All conversations of the device."""
    with part.file.sqlite() as database:
        if (given := rows_given(database, "message")) is not None:
            part.tell_all(rows_given=given)
        reading = _Reading(part, database)
        if reading.gone:
            yield part.finding("deleted_listed", count=reading.gone)
        for found in rows_of(part, database, "message"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in part.chats.values())


class _Joined:
    """Pairs of numbers, found by the first: some twenty bytes each, as there is one for every message."""

    def __init__(self, database: sqlite3.Connection, table: str, first: str, second: str) -> None:
        keys, values = array("q"), array("q")
        try:
            query = f'SELECT rowid, "{first}", "{second}" FROM "{table}" ORDER BY rowid'  # noqa: S608 - names from our code
            for _, key, value in rising(database.execute(query)):
                if isinstance(key, int) and isinstance(value, int):
                    keys.append(key)
                    values.append(value)
        except BROKEN_DATABASE:
            pass
        order = np.argsort(np.frombuffer(keys, np.int64), kind="stable") if keys else np.empty(0, np.int64)
        self.keys, self.values = np.array(keys, np.int64)[order], np.array(values, np.int64)[order]

    def of(self, key: int) -> list[int]:
        """The second numbers that belong to a first one."""
        start, end = np.searchsorted(self.keys, [key, key + 1]) if -_MOST_NUMBER < key < _MOST_NUMBER else (0, 0)
        return [int(one) for one in self.values[start:end]]


class _Reading:
    """Conversations, people and files by the numbers of their rows."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.rooms, self.people, self.files = (lookup(database, table, "ROWID") for table in ("chat", "handle", "attachment"))
        self.chat_of = _Joined(database, "chat_message_join", "message_id", "chat_id")
        self.bin = _Joined(database, "chat_recoverable_message_join", "message_id", "chat_id")
        self.files_of = _Joined(database, "message_attachment_join", "message_id", "attachment_id")
        self.members = _Joined(database, "chat_handle_join", "chat_id", "handle_id")
        self.gone = len(lookup(database, "deleted_messages", "guid"))
        self.chats: dict[int | None, Chat] = {}

    def _seen(self, chat: Chat, number: object) -> str | None:
        row = self.people.get(number)
        if row is None:
            return chat.seen(f"handle {number}") if number else None
        address = text_of(row.get("id"))
        return chat.seen(address, "", (("email" if "@" in address else "phone", address),)) if address else None

    def _chat(self, number: int | None) -> Chat:
        room = self.rooms.get(number, {})
        native = text_of(room.get("chat_identifier")) or text_of(room.get("guid")) or (f"chat {number}" if number is not None else "no chat")
        kind = "group" if room.get("style") == _GROUP else "one_to_one" if room else ""
        chat = self.part.started(
            f"imessage:{native}", "imessage", title=text_of(room.get("display_name")), kind=kind, numbering=Numbering.PER_TABLE, account=_OWNER
        )
        chat.seen(_OWNER, "", (), is_owner=True)
        for member in self.members.of(number) if number is not None else ():
            self._seen(chat, member)
        return chat

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        joined, binned = self.chat_of.of(rowid), self.bin.of(rowid)
        number = next(iter(joined or binned), None)
        if number not in self.chats:
            self.chats[number] = self._chat(number)
            yield self.chats[number].conversation()
        chat = self.chats[number]
        author = _OWNER if row.get("is_from_me") else self._seen(chat, row.get("handle_id"))
        sent, attachments = from_apple(row.get("date")), tuple(self._attachments(rowid))
        versions, is_retracted = edits_in(row.get("message_summary_info"))
        is_retracted |= bool(row.get("date_retracted"))
        text = (text_of(row.get("text")) or text_in(row.get("attributedBody"))).strip("\ufffc")
        kind, event, facts = _kind(row)
        if is_retracted and not text:
            kind, event = Kind.DELETED, Event.UNSENT
        elif kind is Kind.TEXT and attachments and not text:
            kind = Kind.MEDIA
        facts.update({"in_bin": True} if binned else {})
        yield new_message(
            id=text_of(row.get("guid")) or str(rowid), conversation=chat.key, seq=chat.seq(), kind=kind,
            place=row_place(self.part, "message", rowid, row), sent_at=sent, clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "",
            written_time=text_of(row.get("date")), author=author, text=text, number=whole_number(rowid), event=event, attachments=attachments,
            reply_to=_reply(row), edited_at=from_apple(row.get("date_edited")), versions=versions, is_deleted=is_retracted or bool(binned),
            raw_kind=":".join(text_of(row.get(name)) for name in ("service", "item_type", "associated_message_type")), facts=facts,
        )  # fmt: skip

    def _attachments(self, rowid: int) -> Iterator[Attachment]:
        for number in self.files_of.of(rowid):
            row = self.files.get(number, {})
            path, name = text_of(row.get("filename")), text_of(row.get("transfer_name"))
            yield Attachment("file", path, name, text_of(row.get("mime_type")), whole_number(row.get("total_bytes")), "" if path else "not_stored")


def _kind(row: Row) -> tuple[Kind, Event | None, dict[str, Fact]]:
    """What a row is: said, tapped, or told by the app."""
    facts: dict[str, Fact] = {}
    for name in ("date_read", "date_delivered"):
        if when := from_apple(row.get(name)):
            facts[name] = when.isoformat()
    tap, item, action = whole_number(row.get("associated_message_type")) or 0, whole_number(row.get("item_type")) or 0, row.get("group_action_type")
    if _TAP <= tap < _TAP_END:
        facts["reaction"] = _TAPS.get(tap % 1000, str(tap))
        facts["removed"] = tap >= _UNTAP
        return Kind.SERVICE, Event.OTHER, facts
    if not item:
        return Kind.TEXT, None, facts
    if item == 2:  # noqa: PLR2004 - a group's title
        facts["title"] = plain_value(row.get("group_title"))
        return Kind.SERVICE, Event.TITLE, facts
    if item == 1:
        facts["members"] = (text_of(row.get("other_handle")),)
        return Kind.SERVICE, Event.REMOVED if action else Event.INVITED, facts
    left = item == 3 and not action  # noqa: PLR2004 - somebody left, or (with an action) the picture changed
    return (Kind.SERVICE, Event.LEFT if left else Event.OTHER, facts) if item < 10 else (Kind.UNKNOWN, None, facts)  # noqa: PLR2004 - no such kind is known


def _reply(row: dict[str, Any]) -> Reply | None:
    """What a message answers, or what was tapped: the guid behind "p:0/" and the like."""
    guid = text_of(row.get("thread_originator_guid")) or text_of(row.get("associated_message_guid"))
    return Reply(guid.rpartition("/")[2].removeprefix("bp:")) if guid else None


READER = Reader("imessage", "iMessage・SMS（iOS・macOS のデータベース）", "iMessage and SMS, iOS and macOS database", _recognise, _read)
