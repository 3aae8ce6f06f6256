"""One message of an export of Signal (`chatItem` of `Backups.proto`, in protobuf JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Attachment, Clock, Event, Kind, Reaction, Reply, Version, new_message
from andon.evidence.chats.times import from_milliseconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.lines import Line
    from andon.evidence.chats.model import Fact, Message
    from andon.evidence.chats.readers.signal_people import People
    from andon.evidence.chats.reading import Chat, Part

_CONTENT = (
    "standardMessage", "contactMessage", "stickerMessage", "remoteDeletedMessage", "viewOnceMessage", "poll", "paymentNotification", "giftBadge",
    "directStoryReplyMessage", "adminDeletedMessage", "updateMessage",
)  # fmt: skip
_KINDS = {
    "contactMessage": Kind.CONTACT, "stickerMessage": Kind.STICKER, "remoteDeletedMessage": Kind.DELETED, "adminDeletedMessage": Kind.DELETED,
    "viewOnceMessage": Kind.MEDIA, "poll": Kind.POLL, "updateMessage": Kind.SERVICE, "standardMessage": Kind.TEXT,
    "directStoryReplyMessage": Kind.TEXT,
    "paymentNotification": Kind.TEXT, "giftBadge": Kind.TEXT,
}  # fmt: skip
_USUAL, _WITH_FILES = "standardMessage", frozenset(("attachments", "attachment"))
_STATED, _NONE = Clock.STATED, Clock.NONE  # looked up once: an enumeration's own look-up is slow
_UPDATES = {
    "expirationTimerChange": Event.TIMER, "profileChange": Event.OTHER, "learnedProfileChange": Event.OTHER, "threadMerge": Event.OTHER,
    "sessionSwitchover": Event.ENCRYPTION, "individualCall": Event.CALL, "groupCall": Event.CALL, "groupChange": Event.OTHER,
}  # fmt: skip
_SIMPLE = {
    "JOINED_SIGNAL": Event.JOINED, "IDENTITY_UPDATE": Event.ENCRYPTION, "IDENTITY_VERIFIED": Event.ENCRYPTION, "IDENTITY_DEFAULT": Event.ENCRYPTION,
    "CHANGE_NUMBER": Event.OTHER, "END_SESSION": Event.ENCRYPTION, "CHAT_SESSION_REFRESH": Event.ENCRYPTION, "BAD_DECRYPT": Event.ENCRYPTION,
}  # fmt: skip
_GROUP = (
    ("Creation", Event.CREATED), ("Invit", Event.INVITED), ("Joined", Event.JOINED), ("Accepted", Event.JOINED), ("Added", Event.JOINED),
    ("Removed", Event.REMOVED), ("Left", Event.LEFT), ("Name", Event.TITLE), ("Expiration", Event.TIMER), ("Migrat", Event.MIGRATED),
)  # fmt: skip


class ChatItem:
    """One `chatItem`."""

    def __init__(self, part: Part, people: People, chat: Chat, item: dict[str, Any]) -> None:
        self.part, self.people, self.chat, self.item = part, people, chat, item
        self.name = _USUAL if _USUAL in item else next((name for name in _CONTENT if name in item), "")
        given = item.get(self.name)
        self.content: dict[str, Any] = given if isinstance(given, dict) else {}
        self.facts: dict[str, Fact] = {}

    def message(self, line: Line) -> Message:
        """The message of the frame."""
        item, seq = self.item, self.chat.seq()
        sent, author = from_milliseconds(item.get("dateSent")), self.people.seen(self.chat, item.get("authorId"))
        kind, event = self._kind()
        content = self.content  # most messages have none of what is asked for here: what is not there is not looked for
        attachments = self._attachments() if content.keys() & _WITH_FILES or self.name == "viewOnceMessage" else ()
        self._common_facts()
        text = _text(self.content.get("text")) or _text(self.content)
        expires = whole_number(item["expiresInMs"]) if "expiresInMs" in item else None
        versions = tuple(self._versions()) if "revisions" in item else ()
        return new_message(
            id=f"{author}:{item['dateSent']}" if sent else f"#{seq}",
            conversation=self.chat.key,
            seq=seq,
            kind=Kind.MEDIA if attachments and kind is Kind.TEXT and not text else kind,
            place=self.part.place(line.offset, line.raw),
            sent_at=sent,
            clock=_STATED if sent else _NONE,
            zone="UTC" if sent else "",
            written_time=str(item.get("dateSent", "")),
            author=author,
            text=text,
            event=event,
            attachments=attachments,
            reply_to=self._reply() if "quote" in content else None,
            edited_at=sent if versions else None,
            versions=versions,
            reactions=self._reactions() if "reactions" in content else (),
            expires_in=None if not expires else expires // 1000,
            is_deleted=kind is Kind.DELETED,
            raw_kind=str(self.facts.get("update", self.name)),
            facts=self.facts,
        )

    def _kind(self) -> tuple[Kind, Event | None]:
        kind = _KINDS.get(self.name, Kind.UNKNOWN)
        if kind is Kind.DELETED:
            return kind, Event.UNSENT
        return (kind, self._update()) if kind is Kind.SERVICE else (kind, None)

    def _update(self) -> Event:
        name = next(iter(self.content), "")
        given = self.content.get(name)
        self.facts["update"] = name
        if not isinstance(given, dict):
            return Event.OTHER
        if name == "simpleUpdate":
            self.facts["update"] = str(given.get("type", name))
            return _SIMPLE.get(str(given.get("type")), Event.OTHER)
        if name == "expirationTimerChange":
            self._timer(given)
        if name == "groupChange":
            return self._group_change(given)
        return _UPDATES.get(name, Event.OTHER)

    def _timer(self, given: dict[str, Any]) -> None:
        seconds = (whole_number(given.get("expiresInMs")) or 0) // 1000  # left out when 0: switched off
        self.facts["seconds"] = seconds
        self.chat.facts["timer_seconds"] = self.chat.facts.get("timer_seconds", seconds)

    def _group_change(self, given: dict[str, Any]) -> Event:
        updates = given.get("updates")
        for one in updates if isinstance(updates, list) else ():
            name = next(iter(one), "") if isinstance(one, dict) else ""
            self.facts["update"] = name
            if "Expiration" in name and isinstance(one[name], dict):
                self._timer(one[name])
            for mark, event in _GROUP:
                if mark in name:
                    return event
        return Event.OTHER

    def _common_facts(self) -> None:
        item = self.item
        self.facts["direction"] = next((name for name in ("incoming", "outgoing", "directionless") if name in item), "")
        way = item.get("incoming") or item.get("outgoing")
        if isinstance(way, dict):
            for name in ("dateReceived", "dateServerSent"):
                if name in way and (when := from_milliseconds(way[name])):
                    self.facts[name] = when.isoformat()
            if "sendStatus" in way:
                self._receipts(way["sendStatus"])
        if "expireStartDate" in item and (when := from_milliseconds(item["expireStartDate"])):
            self.facts["expire_start"] = when.isoformat()

    def _receipts(self, given: object) -> None:
        """Who got or saw the message, and when."""
        told = []
        for one in given if isinstance(given, list) else ():
            if isinstance(one, dict):
                state = next((name for name in ("viewed", "read", "delivered", "sent", "pending", "skipped", "failed") if name in one), "")
                when = from_milliseconds(one.get("timestamp"))
                told.append(f"{self.people.key_of(one.get('recipientId'))} {state} {when.isoformat() if when else ''}".strip())
        if told:
            self.facts["receipts"] = tuple(told)

    def _attachments(self) -> tuple[Attachment, ...]:
        given = self.content.get("attachments")
        single = [self.content.get("attachment")] if isinstance(self.content.get("attachment"), dict) else []
        made = []
        for one in [*(given if isinstance(given, list) else ()), *single]:
            pointer = one.get("pointer") if isinstance(one, dict) else None
            if isinstance(pointer, dict):
                where = pointer.get("locatorInfo") if isinstance(pointer.get("locatorInfo"), dict) else {}
                kind, name = str(one.get("flag") or "attachment").lower(), str(pointer.get("fileName") or "")
                made.append(Attachment(kind, "", name, str(pointer.get("contentType") or ""), whole_number((where or {}).get("size"))))
        if self.name == "viewOnceMessage" and not made:
            made.append(Attachment("view_once", missing="view_once"))
        return tuple(made)

    def _reply(self) -> Reply | None:
        quote = self.content.get("quote")
        if not isinstance(quote, dict):
            return None
        author, when = self.people.key_of(quote.get("authorId")), from_milliseconds(quote.get("targetSentTimestamp"))
        return Reply(f"{author}:{quote['targetSentTimestamp']}" if when else "", None, author, when, _text(quote.get("text")))

    def _reactions(self) -> tuple[Reaction, ...]:
        given = self.content.get("reactions")
        told = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        return tuple(
            Reaction(str(one.get("emoji", "")), self.people.key_of(one.get("authorId")), 1, from_milliseconds(one.get("sentTimestamp")))
            for one in told
        )

    def _versions(self) -> Iterator[Version]:
        given = self.item.get("revisions")
        for one in given if isinstance(given, list) else ():
            message = one.get("standardMessage") if isinstance(one, dict) else None
            if isinstance(message, dict):
                yield Version(_text(message.get("text")), from_milliseconds(one.get("dateSent")))


def _text(given: object) -> str:
    body = given.get("body") if isinstance(given, dict) else None
    return body if isinstance(body, str) else ""
