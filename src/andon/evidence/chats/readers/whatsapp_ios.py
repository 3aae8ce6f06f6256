"""WhatsApp on iOS: `ChatStorage.sqlite`.

Times are seconds since 2001, UTC. Each message has a number in the table (Z_PK) and one within its chat (ZSORT); a deleted row leaves a hole in
both, which is why `number` is ZSORT and `facts["row"]` Z_PK. Columns come and go between versions and are taken when they are there. Kinds after
the public test images of iLEAPP; a kind that is not known is kept as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import lookup, plain_value, row_place, rows_given, rows_of, text_of
from andon.evidence.chats.times import from_apple, whole_number
from andon.evidence.chats.whatsapp_codes import IOS_KINDS, handles, ios_event

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_MEDIA = {1: "photo", 2: "video", 3: "audio", 4: "contact", 5: "location", 8: "document", 11: "gif", 15: "sticker"}
_OWNER = "owner"
_ABOUT = frozenset((Event.JOINED, Event.LEFT, Event.REMOVED))  # notices that name whom they tell of as a member


def _recognise(head: Head) -> float:
    return 0.98 if {"zwamessage", "zwachatsession"} <= head.tables else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats of the phone."""
    with part.file.sqlite() as database:
        if (given := rows_given(database, "ZWAMESSAGE", "WAMessage")) is not None:
            part.tell_all(rows_given=given)
        reading = _Reading(part, database)
        for found in rows_of(part, database, "ZWAMESSAGE"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
        yield from reading.silent()
    yield from (chat.conversation() for chat in reading.chats.values())


class _Reading:
    """Sessions, members and files by their numbers."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.sessions = lookup(database, "ZWACHATSESSION", "Z_PK")
        self.members = lookup(database, "ZWAGROUPMEMBER", "Z_PK")
        self.media = lookup(database, "ZWAMEDIAITEM", "Z_PK")
        self.names = {jid: text_of(row.get("ZPUSHNAME")) for jid, row in lookup(database, "ZWAPROFILEPUSHNAME", "ZJID").items()}
        self.chats: dict[Any, Chat] = {}

    def chat(self, number: Any) -> Iterator[Item]:  # noqa: ANN401 - what the column holds
        """Open the chat of a session."""
        session = self.sessions.get(number, {})
        jid = str(session.get("ZCONTACTJID") or f"session {number}")
        facts: dict[str, Fact] = {}
        if (count := whole_number(session.get("ZMESSAGECOUNTER"))) is not None:
            facts["stated_counter"] = count
        if session.get("ZREMOVED"):
            facts["removed"] = True
        kind = (
            "group"
            if session.get("ZSESSIONTYPE") == 1
            else "one_to_one"
            if session.get("ZSESSIONTYPE") == 0
            else str(session.get("ZSESSIONTYPE", ""))
        )
        title = text_of(session.get("ZPARTNERNAME"))
        chat = self.part.started(f"whatsapp:{jid}", "whatsapp", title=title, kind=kind, numbering=Numbering.PER_CHAT, account=_OWNER, facts=facts)
        chat.seen(_OWNER, "", (), is_owner=True)
        if kind == "one_to_one":
            chat.seen(jid, title, handles(jid))
        for member in self.members.values():
            if member.get("ZCHATSESSION") == number:
                self._member(chat, member)
        self.chats[number] = chat
        yield chat.conversation()

    def _member(self, chat: Chat, member: Row) -> str:
        jid = text_of(member.get("ZMEMBERJID"))
        return chat.seen(jid, text_of(member.get("ZCONTACTNAME")) or self.names.get(jid, ""), handles(jid))

    def silent(self) -> Iterator[Item]:
        """Sessions without any message: that there was a chat is a fact too."""
        for number in self.sessions:
            if number not in self.chats:
                yield from self.chat(number)

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        number = row.get("ZCHATSESSION")
        if number not in self.chats:
            yield from self.chat(number)
        chat = self.chats[number]
        author = self._author(chat, row)
        sent, native = from_apple(row.get("ZMESSAGEDATE")), row.get("ZMESSAGETYPE")
        kind = IOS_KINDS.get(native if isinstance(native, int) else -1, Kind.UNKNOWN)
        parent = row.get("ZPARENTMESSAGE")
        facts: dict[str, Fact] = {"row": rowid}
        for name, fact in (("ZSTANZAID", "stanza"), ("ZGROUPEVENTTYPE", "group_event"), ("ZSTARRED", "starred"), ("ZMESSAGESTATUS", "status")):
            if row.get(name):
                facts[fact] = plain_value(row[name])
        event = ios_event(native, row.get("ZGROUPEVENTTYPE")) if kind is Kind.SERVICE else Event.UNSENT if kind is Kind.DELETED else None
        if event in _ABOUT and (member := self.members.get(row.get("ZGROUPMEMBER"))):
            facts["members"] = (text_of(member.get("ZMEMBERJID")),)
        yield new_message(
            id=str(rowid), conversation=chat.key, seq=chat.seq(), kind=kind, place=row_place(self.part, "ZWAMESSAGE", rowid, row), sent_at=sent,
            clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=text_of(row.get("ZMESSAGEDATE")), author=author,
            author_name=text_of(row.get("ZPUSHNAME")) if author != _OWNER else "", text=text_of(row.get("ZTEXT")),
            number=whole_number(row.get("ZSORT")), event=event, attachments=self._attachments(row, native),
            reply_to=Reply(str(parent)) if parent else None, is_deleted=kind is Kind.DELETED,
            raw_kind=str(native), facts=facts,
        )  # fmt: skip

    def _author(self, chat: Chat, row: Row) -> str | None:
        if row.get("ZISFROMME"):
            return _OWNER
        if member := self.members.get(row.get("ZGROUPMEMBER")):
            return self._member(chat, member)
        jid = text_of(row.get("ZFROMJID"))
        return chat.seen(jid, "", handles(jid)) if jid and not jid.endswith("@g.us") else None

    def _attachments(self, row: Row, native: object) -> tuple[Attachment, ...]:
        item = self.media.get(row.get("ZMEDIAITEM"))
        if item is None:
            return ()
        path = text_of(item.get("ZMEDIALOCALPATH"))
        kind = _MEDIA.get(native if isinstance(native, int) else -1, "file")
        size = whole_number(item.get("ZFILESIZE"))
        return (
            (Attachment(kind, path, text_of(item.get("ZTITLE")), "", size, "" if path else "not_stored"),) if path or size or kind != "file" else ()
        )


READER = Reader("whatsapp_ios", "WhatsApp（iOS のデータベース）", "WhatsApp, iOS database", _recognise, _read)
