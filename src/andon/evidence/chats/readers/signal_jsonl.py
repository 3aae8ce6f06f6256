"""Signal, official plaintext export: `main.jsonl`, one frame of the backup format per line.

After `Backups.proto` of Signal and the rules of protobuf JSON: 64-bit numbers are strings, bytes base64, default values left out. A message is
known by its author and its time of sending. Messages whose timer ran out before the export are simply not there; whether messages whose timer
still runs are exported differs between clients, so `expires_in` is kept of every message.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import uuid
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.lines import lines_of
from andon.evidence.chats.model import Attachment, Clock, Event, Kind, Message, Participant, Reaction, Reply, Version
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.times import from_milliseconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.lines import Line
    from andon.evidence.chats.model import Fact, Item

_FRAME = re.compile(rb'^\{"(?:version|account|recipient|chat|chatItem|stickerPack|adHocCall|notificationProfile|chatFolder)":', re.MULTILINE)
_STRONG = re.compile(rb'"backupTimeMs"|"chatItem":\{|"mediaRootBackupKey"|"profileGivenName"')
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


def _recognise(head: Head) -> float:
    if not _FRAME.search(head.data):
        return 0.0
    return 0.97 if _STRONG.search(head.data) else 0.5


def _read(part: Part) -> Iterator[Item]:
    """All chats of the account. A chat comes with its first message; at the end all come once more, complete."""
    reading = _Reading(part)
    for line in lines_of(part):
        part.tally.records += 1
        if not line.text.strip():
            part.tally.context += 1
            continue
        try:
            value, mended = parsed(line.raw.lstrip(b"\xef\xbb\xbf"))
        except NoValue as error:
            is_cut = not line.raw.endswith(b"\n")
            yield part.finding("truncated" if is_cut else error.reason, line.offset, line.raw, rejects=True)
            continue
        if mended:
            yield part.finding("text_mended", line.offset, line.raw)
        yield from reading.frame(line, value)
    yield from (chat.conversation() for chat in reading.chats.values())


class _Reading:
    """People and chats by the numbers of the file."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.people: dict[str, Participant] = {}
        self.peers: dict[str, dict[str, Any]] = {}
        self.chats: dict[str, Chat] = {}
        self.begun: set[str] = set()
        self.saved_at = ""

    def frame(self, line: Line, value: object) -> Iterator[Item]:
        """One line."""
        frame = value if isinstance(value, dict) else {}
        item = frame.get("chatItem")
        if isinstance(item, dict):
            number = str(item.get("chatId", ""))
            if number not in self.chats:
                self._open({"id": number})
                yield self.part.finding("unknown_chat", line.offset, line.raw, number=number)
            chat = self.chats[number]
            if number not in self.begun:
                self.begun.add(number)
                yield chat.conversation()
            yield _Item(self, chat, item).message(line)
            return
        self.part.tally.context += 1
        if isinstance(frame.get("recipient"), dict):
            self._person(frame["recipient"])
        elif isinstance(frame.get("chat"), dict):
            self._open(frame["chat"])
        elif "backupTimeMs" in frame and (when := from_milliseconds(frame["backupTimeMs"])):
            self.saved_at = when.isoformat()
        elif not _FRAME.match(line.raw):
            yield self.part.finding("unknown_frame", line.offset, line.raw)

    def _person(self, given: dict[str, Any]) -> None:
        number = str(given.get("id", ""))
        self.peers[number] = given
        self.people[number] = _participant(number, given)

    def _open(self, given: dict[str, Any]) -> None:
        number, peer = str(given.get("id", "")), self.peers.get(str(given.get("recipientId", "")), {})
        who = self.people.get(str(given.get("recipientId", "")))
        group = peer.get("group")
        kind = "group" if isinstance(group, dict) else "self" if "self" in peer else "one_to_one" if peer else ""
        key = f"signal:{_group_key(group)}" if isinstance(group, dict) else f"signal:{who.key}" if who else f"signal:chat:{number}"
        account = next((one.key for one in self.people.values() if one.is_owner), "")
        chat = started(key, "signal", title=_title(group, who), kind=kind, account=account)
        chat.facts.update({"saved_at": self.saved_at} if self.saved_at else {})
        if (timer := whole_number(given.get("expirationTimerMs"))) is not None:
            chat.facts["timer_seconds"] = timer // 1000
        for one in _members(group):
            if known := self.people.get(one):
                chat.seen(known.key, known.name, known.handles, is_owner=known.is_owner)
        self.chats[number] = chat

    def seen(self, chat: Chat, number: object) -> str | None:
        """Key of the person of a number, who takes part in the chat."""
        if number is None:
            return None
        known = self.people.get(str(number)) or Participant(f"recipient:{number}")
        return chat.seen(known.key, known.name, known.handles, is_owner=known.is_owner)

    def key_of(self, number: object) -> str | None:
        """Key of the person of a number."""
        if number is None:
            return None
        known = self.people.get(str(number))
        return known.key if known else f"recipient:{number}"


def _members(group: object) -> Iterator[str]:
    snapshot = group.get("snapshot") if isinstance(group, dict) else None
    members = snapshot.get("members") if isinstance(snapshot, dict) else None
    for one in members if isinstance(members, list) else ():
        if isinstance(one, dict):
            yield str(one.get("userId", ""))


def _title(group: object, who: Participant | None) -> str:
    snapshot = group.get("snapshot") if isinstance(group, dict) else None
    title = snapshot.get("title") if isinstance(snapshot, dict) else None
    return str(title.get("title", "")) if isinstance(title, dict) else who.name if who else ""


def _group_key(group: dict[str, Any]) -> str:
    """A name for a group that is the same on every phone in it; its master key itself would open the group to whoever reads a report."""
    return "group:" + hashlib.sha256(str(group.get("masterKey", "")).encode()).hexdigest()[:32]


def _uuid(value: object) -> str:
    """A service id (base64 of 16 bytes) as UUID, "" when it is none."""
    try:
        return str(uuid.UUID(bytes=base64.b64decode(str(value), validate=True)))
    except (ValueError, binascii.Error):
        return ""


def _participant(number: str, given: dict[str, Any]) -> Participant:
    contact = given.get("contact")
    if not isinstance(contact, dict):
        return Participant("self", "", (), is_owner=True) if "self" in given else Participant(f"recipient:{number}", _title(given.get("group"), None))
    digits = str(contact.get("e164") or "").lstrip("+")
    named = {
        "signal_aci": _uuid(contact.get("aci", "")),
        "phone": f"+{digits}" if digits else "",
        "signal_username": str(contact.get("username") or ""),
    }
    nickname = contact.get("nickname") if isinstance(contact.get("nickname"), dict) else {}
    choices = (
        (("given", "family"), nickname),
        (("systemGivenName", "systemFamilyName"), contact),
        (("profileGivenName", "profileFamilyName"), contact),
    )
    names = [" ".join(filter(None, (str((source or {}).get(key) or "") for key in keys))) for keys, source in choices]
    handles = tuple((kind, value) for kind, value in named.items() if value)
    key = named["signal_aci"] or named["phone"] or f"recipient:{number}"
    others = tuple(("also_named", name) for name in dict.fromkeys(filter(None, names)))[1:]
    return Participant(key, next(filter(None, names), ""), handles + others)


class _Item:
    """One `chatItem`."""

    def __init__(self, reading: _Reading, chat: Chat, item: dict[str, Any]) -> None:
        self.reading, self.chat, self.item = reading, chat, item
        self.name = next((name for name in _CONTENT if name in item), "")
        given = item.get(self.name)
        self.content: dict[str, Any] = given if isinstance(given, dict) else {}
        self.facts: dict[str, Fact] = {}

    def message(self, line: Line) -> Message:
        """The message of the frame."""
        item, seq = self.item, self.chat.seq()
        sent, author = from_milliseconds(item.get("dateSent")), self.reading.seen(self.chat, item.get("authorId"))
        kind, event = self._kind()
        attachments = self._attachments()
        self._common_facts()
        text = _text(self.content.get("text")) or _text(self.content)
        expires = whole_number(item.get("expiresInMs"))
        versions = tuple(self._versions())
        return Message(
            id=f"{author}:{item['dateSent']}" if sent else f"#{seq}",
            conversation=self.chat.key,
            seq=seq,
            kind=Kind.MEDIA if kind is Kind.TEXT and attachments and not text else kind,
            place=self.reading.part.place(line.offset, line.raw),
            sent_at=sent,
            clock=Clock.STATED if sent else Clock.NONE,
            zone="UTC" if sent else "",
            written_time=str(item.get("dateSent", "")),
            author=author,
            text=text,
            event=event,
            attachments=attachments,
            reply_to=self._reply(),
            edited_at=sent if versions else None,
            versions=versions,
            reactions=self._reactions(),
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
                if when := from_milliseconds(way.get(name)):
                    self.facts[name] = when.isoformat()
            self._receipts(way.get("sendStatus"))
        if when := from_milliseconds(item.get("expireStartDate")):
            self.facts["expire_start"] = when.isoformat()

    def _receipts(self, given: object) -> None:
        """Who got or saw the message, and when."""
        told = []
        for one in given if isinstance(given, list) else ():
            if isinstance(one, dict):
                state = next((name for name in ("viewed", "read", "delivered", "sent", "pending", "skipped", "failed") if name in one), "")
                when = from_milliseconds(one.get("timestamp"))
                told.append(f"{self.reading.key_of(one.get('recipientId'))} {state} {when.isoformat() if when else ''}".strip())
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
        author, when = self.reading.key_of(quote.get("authorId")), from_milliseconds(quote.get("targetSentTimestamp"))
        return Reply(f"{author}:{quote['targetSentTimestamp']}" if when else "", None, author, when, _text(quote.get("text")))

    def _reactions(self) -> tuple[Reaction, ...]:
        given = self.content.get("reactions")
        told = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        return tuple(
            Reaction(str(one.get("emoji", "")), self.reading.key_of(one.get("authorId")), 1, from_milliseconds(one.get("sentTimestamp")))
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


READER = Reader("signal_jsonl", "Signal の書き出し（main.jsonl）", "Signal plaintext export (main.jsonl)", _recognise, _read)
