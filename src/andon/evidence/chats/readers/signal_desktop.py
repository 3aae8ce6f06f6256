"""Signal Desktop: its database after decryption (`messages`, `conversations`).

Times are milliseconds. The column `json` of a row holds what the app knows of a message; columns come and go between versions and are taken when
they are there. The encrypted file itself cannot be read here: it is recognised by nobody. Column names after the queries of signal-export 3.9.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reaction, Reply, Version, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.rows import lookup, row_place, rows_of, text_of
from andon.evidence.chats.times import from_milliseconds, whole_number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.chats.rows import Row

_EVENTS = {
    "timer-notification": Event.TIMER, "call-history": Event.CALL, "keychange": Event.ENCRYPTION, "verified-change": Event.ENCRYPTION,
    "group-v2-change": Event.OTHER, "profile-change": Event.OTHER, "group-v1-migration": Event.MIGRATED, "change-number-notification": Event.OTHER,
    "universal-timer-notification": Event.TIMER, "delivery-issue": Event.ENCRYPTION, "chat-session-refreshed": Event.ENCRYPTION,
    "joined-signal-notification": Event.JOINED, "title-transition-notification": Event.TITLE, "conversation-merge": Event.OTHER,
    "contact-removed-notification": Event.OTHER, "message-request-response-event": Event.OTHER, "phone-number-discovery": Event.OTHER,
}  # fmt: skip
_OWNER = "owner"


def _recognise(head: Head) -> float:
    return 0.96 if {"messages", "conversations"} <= head.tables and head.tables & {"items", "sessions", "callshistory", "identitykeys"} else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All conversations."""
    with part.file.sqlite() as database:
        reading = _Reading(part, database)
        for found in rows_of(part, database, "messages"):
            yield from [found] if isinstance(found, Finding) else reading.row(*found)
    yield from (chat.conversation() for chat in reading.chats.values())


class _Reading:
    """Conversations by their numbers; people by service id, number and conversation."""

    def __init__(self, part: Part, database: sqlite3.Connection) -> None:
        self.part = part
        self.rooms = lookup(database, "conversations", "id")
        self.people: dict[str, Row] = {}
        for row in self.rooms.values():
            for name in ("serviceId", "uuid", "e164", "id"):
                if row.get(name):
                    self.people[str(row[name])] = row
        self.chats: dict[Any, Chat] = {}

    def _person(self, chat: Chat, number: object) -> str | None:
        if not number:
            return None
        row = self.people.get(str(number), {})
        aci, phone = str(row.get("serviceId") or row.get("uuid") or ""), text_of(row.get("e164"))
        handles = tuple((kind, value) for kind, value in (("signal_aci", aci), ("phone", phone)) if value)
        return chat.seen(aci or phone or str(number), str(row.get("name") or row.get("profileFullName") or row.get("profileName") or ""), handles)

    def _chat(self, number: Any) -> Chat:  # noqa: ANN401 - what the column holds
        room = self.rooms.get(number, {})
        kind = "group" if room.get("type") == "group" else "one_to_one"
        native = (room.get("groupId") if kind == "group" else room.get("serviceId") or room.get("e164")) or number
        title = str(room.get("name") or room.get("profileFullName") or room.get("profileName") or "")
        chat = self.part.started(f"signal:{native}", "signal", title=title, kind=kind, numbering=Numbering.PER_TABLE, account=_OWNER)
        chat.seen(_OWNER, "", (), is_owner=True)
        if (timer := whole_number(_json(room.get("json")).get("expireTimer"))) is not None:
            chat.facts["timer_seconds"] = timer
        for member in text_of(room.get("members")).split():
            self._person(chat, member)
        return chat

    def row(self, rowid: int, row: Row) -> Iterator[Item]:
        """One message."""
        number = row.get("conversationId")
        if number not in self.chats:
            self.chats[number] = self._chat(number)
            yield self.chats[number].conversation()
        chat, more, native = self.chats[number], _json(row.get("json")), text_of(row.get("type"))
        author = (
            _OWNER
            if native == "outgoing"
            else self._person(chat, row.get("sourceServiceId") or row.get("sourceUuid") or row.get("source") or more.get("source"))
        )
        if author is None and native == "incoming" and chat.conversation().kind == "one_to_one":
            author = self._person(chat, number)
        sent = from_milliseconds(row.get("sent_at") or row.get("timestamp"))
        gone, attachments = bool(row.get("isErased") or more.get("deletedForEveryone")), _attachments(more)
        text, event = text_of(row.get("body")), Event.UNSENT if gone else _EVENTS.get(native)
        is_spoken = native in {"incoming", "outgoing", "story"}
        kind = (
            Kind.DELETED
            if gone
            else Kind.SERVICE
            if event
            else Kind.UNKNOWN
            if not is_spoken
            else Kind.STICKER
            if more.get("sticker")
            else Kind.MEDIA
            if attachments and not text
            else Kind.TEXT
        )
        versions = tuple(Version(str(one.get("body") or ""), from_milliseconds(one.get("timestamp"))) for one in _dicts(more.get("editHistory")))
        yield new_message(
            id=str(row.get("id") or rowid), conversation=chat.key, seq=chat.seq(), kind=kind, place=row_place(self.part, "messages", rowid, row),
            sent_at=sent, clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=text_of(row.get("sent_at")),
            author=author, text=text, number=rowid, event=event, attachments=attachments, reply_to=self._reply(chat, more),
            edited_at=from_milliseconds(more.get("editMessageTimestamp")), versions=versions, reactions=self._reactions(chat, more),
            expires_in=whole_number(row.get("expireTimer")) or None, is_deleted=gone, raw_kind=native, facts=_facts(row, more),
        )  # fmt: skip

    def _reply(self, chat: Chat, more: dict[str, Any]) -> Reply | None:
        quote = more.get("quote")
        if not isinstance(quote, dict):
            return None
        author = self._person(chat, quote.get("authorAci") or quote.get("authorUuid") or quote.get("author"))
        return Reply("", None, author, from_milliseconds(quote.get("id")), text_of(quote.get("text")))

    def _reactions(self, chat: Chat, more: dict[str, Any]) -> tuple[Reaction, ...]:
        return tuple(
            Reaction(str(one.get("emoji") or ""), self._person(chat, one.get("fromId")), 1, from_milliseconds(one.get("timestamp")))
            for one in _dicts(more.get("reactions"))
        )


def _json(value: object) -> dict[str, Any]:
    try:
        found = parsed(str(value or "{}").encode("utf-8", "replace"))[0]
    except NoValue:
        return {}
    return found if isinstance(found, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _attachments(more: dict[str, Any]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            "attachment", str(one.get("path") or ""), str(one.get("fileName") or ""), str(one.get("contentType") or ""), whole_number(one.get("size"))
        )
        for one in _dicts(more.get("attachments"))
    )


def _facts(row: Row, more: dict[str, Any]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    update = more.get("expirationTimerUpdate")
    if isinstance(update, dict):
        facts["seconds"] = whole_number(update.get("expireTimer")) or 0
    for name in ("received_at_ms", "serverTimestamp"):
        if when := from_milliseconds(row.get(name) or more.get(name)):
            facts[name] = when.isoformat()
    return facts


READER = Reader("signal_desktop", "Signal Desktop のデータベース（復号済み）", "Signal Desktop database (decrypted)", _recognise, _read)
