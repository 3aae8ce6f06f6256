"""LINE on Android: `naver_line`, as forensic tools take it out of a phone (tables chat_history, contacts, membership, groups, chat).

Times are milliseconds since 1970. A message without `from_mid` is the owner's own; `attachement_type` is LINE's content type (the misspelling is the
database's). `number` is the row's number, which counts over all chats: a hole in it is a row that is gone, of whichever chat; `server_id` only rises
and says nothing of holes. Tables and columns after ALEAPP's query; the meaning of `type` and `status` beyond it is not known and is kept as facts. No
real database was at hand. An encrypted database is not opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.line_content import attachments_of, kind_of
from andon.evidence.chats.model import Clock, Event, Finding, Kind, Numbering, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import lookup, plain_value, row_place, rows_given, rows_of, text_of
from andon.evidence.chats.times import from_milliseconds, whole_number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_OWNER = "owner"
_KINDS = {"u": "one_to_one", "c": "group", "r": "room"}  # the first character of a mid


def _recognise(head: Head) -> float:
    return 0.97 if "chat_history" in head.tables and head.tables & {"contacts", "membership", "groups"} else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats of the phone."""
    with part.file.sqlite() as database:
        if (given := rows_given(database, "chat_history")) is not None:
            part.tell_all(rows_given=given)
        reading = _Reading(part, database)
        for found in rows_of(part, database, "chat_history"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in part.chats.values())


class _Reading:
    """Chats and people by their mids."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.people, self.groups = lookup(database, "contacts", "m_id"), lookup(database, "groups", "id")
        self.rooms = lookup(database, "chat", "chat_id")
        self.members: dict[str, list[str]] = {}
        for found in rows_of(Part(part.file, part.material), database, "membership"):
            if not isinstance(found, Finding):
                self.members.setdefault(text_of(found[1].get("id")), []).append(text_of(found[1].get("m_id")))
        self.chats: dict[str, Chat] = {}

    def _name(self, mid: object) -> str:
        row = self.people.get(mid, {})
        return text_of(row.get("server_name")) or text_of(row.get("name")) or text_of(row.get("addressbook_name"))

    def _seen(self, chat: Chat, mid: str) -> str:
        return chat.seen(mid, self._name(mid), (("line_mid", mid),))

    def _chat(self, given: Any) -> Chat:  # noqa: ANN401 - what the column holds
        mid, room, group = text_of(given), self.rooms.get(given, {}), self.groups.get(given, {})
        kind = _KINDS.get(mid[:1], "")
        title = text_of(group.get("name")) or text_of(room.get("chat_name")) or self._name(given)
        chat = self.part.started(f"line:{mid or 'no chat'}", "line", title=title, kind=kind, numbering=Numbering.PER_TABLE, account=_OWNER)
        chat.seen(_OWNER, "", (), is_owner=True)
        for member in [mid] if kind == "one_to_one" else self.members.get(mid, []):
            self._seen(chat, member)
        return chat

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        mid = text_of(row.get("chat_id"))
        if mid not in self.chats:
            self.chats[mid] = self._chat(row.get("chat_id"))
            yield self.chats[mid].conversation()
        chat, sender = self.chats[mid], text_of(row.get("from_mid"))
        author = self._seen(chat, sender) if sender else _OWNER
        sent, text, native = from_milliseconds(row.get("created_time")), text_of(row.get("content")), whole_number(row.get("attachement_type") or 0)
        kind, path = kind_of(native, text), text_of(row.get("attachement_local_uri"))
        facts: dict[str, Fact] = {"row": rowid}
        for name in ("server_id", "type", "status", "parameter", "delivered_time"):
            if row.get(name):
                facts[name] = plain_value(row[name])
        yield new_message(
            id=str(rowid), conversation=chat.key, seq=chat.seq(), kind=kind, place=row_place(self.part, "chat_history", rowid, row), sent_at=sent,
            clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=text_of(row.get("created_time")), author=author,
            author_name=self._name(row.get("from_mid")) if sender else "", text=text, number=whole_number(rowid),
            event=Event.OTHER if kind is Kind.SERVICE else None, attachments=attachments_of(native, path if kind is not Kind.TEXT else ""),
            raw_kind=f"{text_of(row.get('type'))}:{text_of(row.get('attachement_type'))}", facts=facts,
        )  # fmt: skip


READER = Reader("line_android", "LINE（Android のデータベース）", "LINE, Android database", _recognise, _read)
