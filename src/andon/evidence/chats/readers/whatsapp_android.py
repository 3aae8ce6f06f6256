"""WhatsApp on Android: `msgstore.db`, decrypted, in the form since about 2022 (tables message, chat, jid).

Times are milliseconds. `number` is the row's number, which counts over all chats: a hole in it is a row that is gone or was never a message, of
whichever chat. What belongs to a message (files, places, timers, edits, reactions) stands in tables of its own, which come and go with versions and
are taken when they are there. Tables and kinds after public readers and published schemas of this database; no real one was at hand; what is not
known is kept as such. Where the tables of the form before are still the filled ones, they are read (`whatsapp_android_old`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reaction, Reply, new_message
from andon.evidence.chats.readers.whatsapp_android_old import has_rows, read_old
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import columns_of, lookup, plain_value, rising, row_place, rows_given, rows_of, text_of
from andon.evidence.chats.times import from_milliseconds, whole_number
from andon.evidence.chats.whatsapp_codes import ANDROID_ACTIONS, ANDROID_KINDS, DELETED_BY_ADMIN, handles
from andon.evidence.custody.database import BROKEN_DATABASE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_OWNER = "owner"
_BESIDE = (
    "message_media", "message_quoted", "message_ephemeral", "message_system", "message_ephemeral_setting", "message_edit_info", "message_revoked",
    "message_forwarded", "message_location", "message_vcard",
)  # fmt: skip


def _recognise(head: Head) -> float:
    return 0.97 if {"message", "chat", "jid"} <= head.tables else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats of the phone."""
    with part.file.sqlite() as database:
        if not has_rows(database, "message", "chat_row_id") and has_rows(database, "messages", "key_remote_jid"):
            yield from read_old(part, database)
            return
        if (given := rows_given(database, "message")) is not None:
            part.tell_all(rows_given=given)
        reading = _Reading(part, database)
        for found in rows_of(part, database, "message"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in reading.chats.values())


class _Reading:
    """Chats and accounts by their numbers, and what stands beside the messages."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.jids = lookup(database, "jid", "_id")
        self.rooms = lookup(database, "chat", "_id")
        self.beside = {name: lookup(database, name, "message_row_id") for name in _BESIDE}
        self.reacted = _reactions(database)
        self.chats: dict[Any, Chat] = {}

    def _jid(self, number: object) -> str:
        return text_of(self.jids.get(number, {}).get("raw_string"))

    def _beside(self, table: str, rowid: int) -> Row:
        return self.beside[table].get(rowid, {})

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
            chat.seen(jid, "", handles(jid))
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
        kind = ANDROID_KINDS.get(native if isinstance(native, int) else -1, Kind.UNKNOWN)
        sent, sender = from_milliseconds(row.get("timestamp")), self._jid(row.get("sender_jid_row_id"))
        author = _OWNER if row.get("from_me") else sender or (str(chat.key).removeprefix("whatsapp:") if not chat.key.endswith("@g.us") else None)
        if author and author != _OWNER:
            chat.seen(author, "", handles(author))
        facts, event = self._facts(rowid, kind, native)
        quote, file = self.beside["message_quoted"].get(rowid), self.beside["message_media"].get(rowid)
        is_passed_on = bool(self._beside("message_forwarded", rowid)) or bool((whole_number(row.get("origination_flags")) or 0) & 1)
        yield new_message(
            id=text_of(row.get("key_id")) or str(rowid), conversation=chat.key, seq=chat.seq(), kind=kind,
            place=row_place(self.part, "message", rowid, row), sent_at=sent, clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "",
            written_time=text_of(row.get("timestamp")), author=author, number=rowid, event=event,
            text=text_of(row.get("text_data")) or text_of((file or {}).get("media_caption")), attachments=_attachments(file),
            forwarded_from="?" if is_passed_on else "",
            reply_to=Reply(text_of(quote.get("key_id")), None, None, None, text_of(quote.get("text_data"))) if quote else None,
            edited_at=from_milliseconds(self._beside("message_edit_info", rowid).get("edited_timestamp")),
            reactions=tuple(self._reactions(chat, rowid)), expires_in=whole_number(self._beside("message_ephemeral", rowid).get("duration")),
            is_deleted=kind is Kind.DELETED, raw_kind=str(native), facts=facts,
        )  # fmt: skip

    def _facts(self, rowid: int, kind: Kind, native: object) -> tuple[dict[str, Fact], Event | None]:
        """What stands beside a message, and what it tells of."""
        facts: dict[str, Fact] = {"row": rowid}
        action = self._beside("message_system", rowid).get("action_type")
        event = Event.UNSENT if kind is Kind.DELETED else Event.CALL if kind is Kind.CALL else None
        if kind is Kind.SERVICE:
            event = ANDROID_ACTIONS.get(action if isinstance(action, int) else -1, Event.OTHER)
            setting = self._beside("message_ephemeral_setting", rowid)
            if (seconds := whole_number(setting.get("setting_duration"))) is not None:
                event, facts["seconds"] = Event.TIMER, seconds
        if action:
            facts["action"] = plain_value(action)
        revoked, where = self._beside("message_revoked", rowid), self._beside("message_location", rowid)
        if when := from_milliseconds(revoked.get("revoke_timestamp")):
            facts["deleted_at"] = when.isoformat()
        if native == DELETED_BY_ADMIN and (admin := self._jid(revoked.get("admin_jid_row_id"))):
            facts["deleted_by"] = admin
        for name in ("latitude", "longitude"):
            if where.get(name):
                facts[name] = plain_value(where[name])
        if card := text_of(self._beside("message_vcard", rowid).get("vcard")):
            facts["vcard"] = card
        return facts, event

    def _reactions(self, chat: Chat, rowid: int) -> Iterator[Reaction]:
        for emoji, mine, sender, at in self.reacted.get(rowid, ()):
            jid = _OWNER if mine else self._jid(sender) or (chat.key.removeprefix("whatsapp:") if not chat.key.endswith("@g.us") else "")
            yield Reaction(emoji, chat.seen(jid, "", () if jid == _OWNER else handles(jid)) if jid else None, 1, from_milliseconds(at))


def _reactions(database: sqlite3.Connection) -> dict[int, list[tuple[str, object, object, object]]]:
    """Reactions by the row of their message: emoji, whether one's own, number of the account, time."""
    emoji = {number: text_of(row.get("reaction")) for number, row in lookup(database, "message_add_on_reaction", "message_add_on_row_id").items()}
    found: dict[int, list[tuple[str, object, object, object]]] = {}
    columns = ("parent_message_row_id", "from_me", "sender_jid_row_id", "timestamp")
    if not emoji or not {"_id", *columns} <= set(columns_of(database, "message_add_on")):
        return found
    try:
        for number, parent, mine, sender, at in rising(database.execute(f"SELECT _id, {', '.join(columns)} FROM message_add_on ORDER BY _id")):  # noqa: S608 - our own names
            if emoji.get(number):
                found.setdefault(parent, []).append((emoji[number], mine, sender, at))
    except (*BROKEN_DATABASE, TypeError):  # numbers of rows that are none
        pass
    return found


def _attachments(item: Row | None) -> tuple[Attachment, ...]:
    if item is None:
        return ()
    name, path = text_of(item.get("media_name")), text_of(item.get("file_path"))
    size = whole_number(item.get("file_size")) if item.get("file_size") is not None else whole_number(item.get("file_length"))
    return (Attachment("file", path, name, text_of(item.get("mime_type")), size),)


READER = Reader("whatsapp_android", "WhatsApp（Android のデータベース）", "WhatsApp, Android database", _recognise, _read)
