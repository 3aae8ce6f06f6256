"""LINE on iOS: `Line.sqlite`, as forensic tools take it out of a phone (tables ZMESSAGE, ZCHAT, ZUSER, ZGROUP or ZUNIFIEDGROUP).

Times are milliseconds since 1970. A message without sender is the owner's own. `number` is the row's number, which counts over all chats: a hole in
it is a row that is gone, of whichever chat. Kinds are the content types of LINE's published interface; one that is not known is kept as such. After
the queries of public readers of this database; no real database was at hand. An encrypted database is not opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.line_content import attachments_of, kind_of
from andon.evidence.chats.model import Clock, Event, Finding, Kind, Numbering, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import lookup, plain_value, row_place, rows_given, rows_of, text_of
from andon.evidence.chats.times import from_either, whole_number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_OWNER = "owner"
_KINDS = {0: "one_to_one", 1: "room", 2: "group"}


def _recognise(head: Head) -> float:
    return 0.97 if {"zmessage", "zchat", "zuser"} <= head.tables else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats of the phone."""
    with part.file.sqlite() as database:
        if (given := rows_given(database, "ZMESSAGE", "Message")) is not None:
            part.tell_all(rows_given=given)
        reading = _Reading(part, database)
        for found in rows_of(part, database, "ZMESSAGE"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in part.chats.values())


class _Reading:
    """Chats and people by the numbers of their rows."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.rooms, self.users = lookup(database, "ZCHAT", "Z_PK"), lookup(database, "ZUSER", "Z_PK")
        self.groups = {**lookup(database, "ZGROUP", "ZID"), **lookup(database, "ZUNIFIEDGROUP", "ZID")}
        self.by_mid = {text_of(row.get("ZMID")): row for row in self.users.values()}
        self.chats: dict[Any, Chat] = {}

    def _chat(self, number: Any) -> Chat:  # noqa: ANN401 - what the column holds
        room = self.rooms.get(number, {})
        mid, native = text_of(room.get("ZMID")), room.get("ZTYPE")
        kind = _KINDS.get(native, str(native)) if isinstance(native, int) else ""
        group = self.groups.get(room.get("ZMID"), {})
        title = text_of(group.get("ZNAME")) or _name(self.by_mid.get(mid, {}))
        chat = self.part.started(
            f"line:{mid or f'chat {number}'}", "line", title=title, kind=kind, numbering=Numbering.PER_TABLE, account=_OWNER
        )
        chat.seen(_OWNER, "", (), is_owner=True)
        if kind == "one_to_one" and mid:
            self._seen(chat, mid, self.by_mid.get(mid, {}))
        return chat

    def _seen(self, chat: Chat, mid: str, row: Row) -> str:
        return chat.seen(mid, _name(row), (("line_mid", mid),))

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        number = row.get("ZCHAT")
        if number not in self.chats:
            self.chats[number] = self._chat(number)
            yield self.chats[number].conversation()
        chat, user = self.chats[number], self.users.get(row.get("ZSENDER"))
        mid = text_of(user.get("ZMID")) if user else ""
        author = _OWNER if row.get("ZSENDER") is None else self._seen(chat, mid or f"user {row['ZSENDER']}", user or {})
        sent, text, native = from_either(row.get("ZTIMESTAMP")), text_of(row.get("ZTEXT")), row.get("ZCONTENTTYPE")
        kind = kind_of(native, text)
        facts: dict[str, Fact] = {"row": rowid}
        for name, fact in (("ZID", "message_id"), ("ZLATITUDE", "latitude"), ("ZLONGITUDE", "longitude"), ("ZSENDSTATUS", "status")):
            if row.get(name):
                facts[fact] = plain_value(row[name])
        yield new_message(
            id=str(rowid), conversation=chat.key, seq=chat.seq(), kind=kind, place=row_place(self.part, "ZMESSAGE", rowid, row), sent_at=sent,
            clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=text_of(row.get("ZTIMESTAMP")), author=author,
            author_name=_name(user or {}), text=text, number=whole_number(rowid), event=Event.OTHER if kind is Kind.SERVICE else None,
            attachments=attachments_of(native, ""), raw_kind=text_of(native), facts=facts,
        )  # fmt: skip


def _name(row: Row) -> str:
    """The name that the person chose; else the one in the address book."""
    return text_of(row.get("ZNAME")) or text_of(row.get("ZCUSTOMNAME")) or text_of(row.get("ZADDRESSBOOKNAME"))


READER = Reader("line_ios", "LINE（iOS のデータベース）", "LINE, iOS database", _recognise, _read)
