"""WhatsApp on Android: `msgstore.db`, decrypted, in the form since about 2022 (tables message, chat, jid).

Times are milliseconds. `number` is the row's number, which counts over all chats: a hole in it is a row that is gone or was never a message, of
whichever chat. Forms and kinds are general knowledge of the format, not taken from a real file; what is not known is kept as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import lookup, plain_value, row_place, rows_of, text_of
from andon.evidence.chats.times import from_milliseconds, whole_number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_KINDS = {
    0: Kind.TEXT, 1: Kind.MEDIA, 2: Kind.MEDIA, 3: Kind.MEDIA, 4: Kind.CONTACT, 5: Kind.LOCATION, 7: Kind.SERVICE, 9: Kind.MEDIA, 10: Kind.CALL,
    13: Kind.MEDIA, 14: Kind.CONTACT, 15: Kind.DELETED, 16: Kind.LOCATION, 20: Kind.STICKER, 42: Kind.MEDIA, 43: Kind.MEDIA, 64: Kind.DELETED,
    66: Kind.POLL,
}  # fmt: skip
_OWNER = "owner"


def _recognise(head: Head) -> float:
    return 0.97 if {"message", "chat", "jid"} <= head.tables else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats of the phone."""
    with part.file.sqlite() as database:
        reading = _Reading(part, database)
        for found in rows_of(part, database, "message"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in reading.chats.values())


class _Reading:
    """Chats and accounts by their numbers."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.jids = lookup(database, "jid", "_id")
        self.rooms = lookup(database, "chat", "_id")
        self.files = lookup(database, "message_media", "message_row_id")
        self.quotes = lookup(database, "message_quoted", "message_row_id")
        self.timers = lookup(database, "message_ephemeral", "message_row_id")
        self.notices = lookup(database, "message_system", "message_row_id")
        self.chats: dict[Any, Chat] = {}

    def _jid(self, number: object) -> str:
        return str(self.jids.get(number, {}).get("raw_string") or "")

    def _chat(self, number: Any) -> Chat:  # noqa: ANN401 - what the column holds
        room = self.rooms.get(number, {})
        jid = self._jid(room.get("jid_row_id")) or f"chat {number}"
        kind = "group" if jid.endswith("@g.us") else "one_to_one"
        title = text_of(room.get("subject"))
        chat = self.part.started(f"whatsapp:{jid}", "whatsapp", title=title, kind=kind, numbering=Numbering.PER_TABLE, account=_OWNER)
        if timer := whole_number(room.get("ephemeral_expiration")):
            chat.facts["timer_seconds"] = timer
        chat.seen(_OWNER, "", (), is_owner=True)
        if kind == "one_to_one":
            chat.seen(jid, "", _handles(jid))
        return chat

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        number = row.get("chat_row_id")
        if number not in self.chats:
            self.chats[number] = self._chat(number)
            yield self.chats[number].conversation()
        chat, native = self.chats[number], row.get("message_type")
        if number == -1 or (native is None and not row.get("text_data")):  # the empty row that Android writes first
            self.part.tally.context += 1
            return
        kind = _KINDS.get(native if isinstance(native, int) else -1, Kind.UNKNOWN)
        sent, sender = from_milliseconds(row.get("timestamp")), self._jid(row.get("sender_jid_row_id"))
        author = _OWNER if row.get("from_me") else sender or (str(chat.key).removeprefix("whatsapp:") if not chat.key.endswith("@g.us") else None)
        if author and author != _OWNER:
            chat.seen(author, "", _handles(author))
        facts: dict[str, Fact] = {"row": rowid}
        if action := self.notices.get(rowid, {}).get("action_type"):
            facts["action"] = plain_value(action)
        quote = self.quotes.get(rowid)
        yield new_message(
            id=str(row.get("key_id") or rowid), conversation=chat.key, seq=chat.seq(), kind=kind,
            place=row_place(self.part, "message", rowid, row), sent_at=sent, clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "",
            written_time=text_of(row.get("timestamp")), author=author, text=text_of(row.get("text_data")), number=rowid,
            event=Event.OTHER if kind is Kind.SERVICE else Event.UNSENT if kind is Kind.DELETED else None, attachments=self._attachments(rowid),
            reply_to=Reply(text_of(quote.get("key_id")), None, None, None, text_of(quote.get("text_data"))) if quote else None,
            expires_in=whole_number(self.timers.get(rowid, {}).get("duration")), is_deleted=kind is Kind.DELETED, raw_kind=str(native), facts=facts,
        )  # fmt: skip

    def _attachments(self, rowid: int) -> tuple[Attachment, ...]:
        item = self.files.get(rowid)
        if item is None:
            return ()
        name, path = text_of(item.get("media_name")), text_of(item.get("file_path"))
        return (Attachment("file", path, name, text_of(item.get("mime_type")), whole_number(item.get("file_size"))),)


def _handles(jid: str) -> tuple[tuple[str, str], ...]:
    number, _, host = jid.partition("@")
    return (("whatsapp_jid", jid), *((("phone", f"+{number}"),) if host == "s.whatsapp.net" and number.isdigit() else ()))


READER = Reader("whatsapp_android", "WhatsApp（Android のデータベース）", "WhatsApp, Android database", _recognise, _read)
