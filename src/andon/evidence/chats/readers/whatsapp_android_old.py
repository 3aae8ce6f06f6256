"""WhatsApp on Android: `msgstore.db`, decrypted, in the form until about 2021 (one table `messages` for all chats).

Times are milliseconds. `number` is the row's number, which counts over all chats: a hole in it is a row that is gone, of whichever chat. A row of
status 6 is a notice, and its `media_size` says which; kind 15 is a message that was deleted for everybody. Columns come and go between versions and
are taken when they are there. After public readers and published schemas of this database; no real one was at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import columns_of, lookup, plain_value, row_place, rows_given, rows_of, text_of
from andon.evidence.chats.times import from_milliseconds, whole_number
from andon.evidence.chats.whatsapp_codes import ANDROID_ACTIONS, ANDROID_KINDS, handles
from andon.evidence.custody.database import BROKEN_DATABASE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_OWNER = "owner"
_NOTICE, _NOBODY = 6, "-1"  # status of notices; chat of the empty row that is written first
_FILES = frozenset((Kind.MEDIA, Kind.STICKER))


def _recognise(head: Head) -> float:
    beside = {"chat_list", "messages_quotes", "message_thumbnails", "group_participants", "messages_links"}
    return 0.95 if "messages" in head.tables and head.tables & beside and not {"message", "chat", "jid"} <= head.tables else 0.0


def has_rows(database: sqlite3.Connection, table: str, column: str) -> bool:
    """Whether a table has rows besides the empty one that is written first."""
    if column not in columns_of(database, table):
        return False
    try:
        return database.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" NOT IN (-1, \'-1\') LIMIT 1').fetchone() is not None  # noqa: S608 - names from our code
    except BROKEN_DATABASE:
        return True  # broken pages are pages


def _read(part: Part) -> Iterator[Item]:
    with part.file.sqlite() as database:
        yield from read_old(part, database)


def read_old(part: Part, database: sqlite3.Connection) -> Iterator[Item]:
    """All chats of the phone."""
    if (given := rows_given(database, "messages")) is not None:
        part.tell_all(rows_given=given)
    reading = _Reading(part, database)
    for found in rows_of(part, database, "messages"):
        yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in reading.chats.values())


class _Reading:
    """Chats by their accounts, and what stands beside the messages."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.rooms = lookup(database, "chat_list", "key_remote_jid")
        self.quotes = lookup(database, "messages_quotes", "_id")
        self.timers = lookup(database, "message_ephemeral", "message_row_id")
        self.members: dict[str, list[str]] = {}
        for row in lookup(database, "group_participants", "_id").values():
            self.members.setdefault(text_of(row.get("gjid")), []).append(text_of(row.get("jid")))
        self.chats: dict[str, Chat] = {}

    def _chat(self, given: Any) -> Chat:  # noqa: ANN401 - what the column holds
        jid, is_group = text_of(given) or "no chat", text_of(given).endswith("@g.us")
        chat = self.part.started(
            f"whatsapp:{jid}", "whatsapp", title=text_of(self.rooms.get(given, {}).get("subject")), kind="group" if is_group else "one_to_one",
            numbering=Numbering.PER_TABLE, account=_OWNER,
        )  # fmt: skip
        chat.seen(_OWNER, "", (), is_owner=True)
        for member in self.members.get(jid, []) if is_group else [jid]:
            if member:  # the own account is told of without a name
                chat.seen(member, "", handles(member))
        return chat

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        jid = text_of(row.get("key_remote_jid"))
        if jid == _NOBODY:
            self.part.tally.context += 1
            return
        if jid not in self.chats:
            self.chats[jid] = self._chat(row.get("key_remote_jid"))
            yield self.chats[jid].conversation()
        chat, native, status = self.chats[jid], whole_number(row.get("media_wa_type")), whole_number(row.get("status"))
        is_notice = not native and status == _NOTICE
        kind = Kind.SERVICE if is_notice else ANDROID_KINDS.get(native or 0, Kind.UNKNOWN)
        facts: dict[str, Fact] = {"row": rowid}
        event = Event.UNSENT if kind is Kind.DELETED else Event.CALL if kind is Kind.CALL else None
        if is_notice:
            action = whole_number(row.get("media_size"))
            event = ANDROID_ACTIONS.get(action or 0, Event.OTHER)
            facts["action"] = action
        for name in ("latitude", "longitude", "edit_version"):
            if row.get(name):
                facts[name] = plain_value(row[name])
        sender = text_of(row.get("remote_resource"))
        author = _OWNER if row.get("key_from_me") and not is_notice else sender or (jid if not jid.endswith("@g.us") and not is_notice else None)
        if author and author != _OWNER:
            chat.seen(author, "", handles(author))
        sent, quote = from_milliseconds(row.get("timestamp")), self.quotes.get(row.get("quoted_row_id") or None)
        yield new_message(
            id=text_of(row.get("key_id")) or str(rowid), conversation=chat.key, seq=chat.seq(), kind=kind,
            place=row_place(self.part, "messages", rowid, row), sent_at=sent, clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "",
            written_time=text_of(row.get("timestamp")), author=author, text=text_of(row.get("data")) or text_of(row.get("media_caption")),
            number=rowid, event=event, attachments=_attachments(row, kind),
            forwarded_from="?" if (whole_number(row.get("forwarded")) or 0) & 1 else "",
            reply_to=Reply(text_of(quote.get("key_id")), None, None, None, text_of(quote.get("data"))) if quote else None,
            expires_in=whole_number(self.timers.get(rowid, {}).get("duration")), is_deleted=kind is Kind.DELETED,
            raw_kind=f"{text_of(row.get('media_wa_type'))}:{text_of(row.get('status'))}", facts=facts,
        )  # fmt: skip


def _attachments(row: Row, kind: Kind) -> tuple[Attachment, ...]:
    if kind not in _FILES:
        return ()
    name = text_of(row.get("media_name"))
    return (Attachment("file", "", name, text_of(row.get("media_mime_type")), whole_number(row.get("media_size")), "not_stored"),)


READER = Reader("whatsapp_android_old", "WhatsApp（Android の古い形のデータベース）", "WhatsApp, older Android database", _recognise, _read)
