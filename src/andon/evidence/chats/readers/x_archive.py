"""X, archive of an own account: direct messages (`direct-messages.js`, `direct-messages-group.js`).

The files are assignments in JavaScript around strict JSON; nothing is executed, the JSON behind the first "=" is read. Messages stand newest
first. There are only numbers of accounts; the own one is in `account.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Reaction, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, small_facts
from andon.evidence.chats.times import from_iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_START = re.compile(rb"^\s*(?:\xef\xbb\xbf)?window\.YTD\.direct_messages?(?:_group)?\w*\.part\d+\s*=\s*")
_PATHS = frozenset({("*", "dmConversation", "messages", "*")})
_EVENTS = {
    "joinConversation": Event.JOINED, "participantsJoin": Event.INVITED, "participantsLeave": Event.LEFT, "conversationNameUpdate": Event.TITLE,
    "welcomeMessageCreate": None,
}  # fmt: skip
_MOST_ACCOUNT = 1 << 20


def _recognise(head: Head) -> float:
    if _START.match(head.data):
        return 0.98
    return 0.9 if head.data.lstrip().startswith(b"[") and b'"dmConversation"' in head.data else 0.0


def _owner(part: Part) -> str:
    """The own account's number, out of `account.js` beside the file."""
    folder = part.file.name.rpartition("/")[0]
    member = part.material.find(f"{folder}/account.js" if folder else "account.js")
    if member is None or member.refusal:
        return ""
    try:
        value = parsed(member.head(_MOST_ACCOUNT).partition(b"=")[2].strip().rstrip(b";"))[0]
        return f"x:{value[0]['account']['accountId']}"
    except (NoValue, LookupError, TypeError):
        return ""


def _read(part: Part) -> Iterator[Item]:
    """All conversations of the file."""
    with part.file.open() as stream:
        start = _START.match(stream.read(4096))
    reading = _Reading(part)
    for found in json_records(part, _PATHS, start=start.end() if start else 0):
        yield from [found] if isinstance(found, Finding) else reading.step(found)
    yield from reading.end()


class _Reading:
    """The conversation that is being read. Its number may stand behind its messages: these wait for it."""

    def __init__(self, part: Part) -> None:
        self.part, self.owner, self.number = part, _owner(part), ""
        self.chat: Chat | None = None
        self.waiting: list[Found] = []

    def step(self, found: Found) -> Iterator[Item]:
        """What one step of the file gives."""
        last = found.path[-1:]
        if found.step is Step.VALUE and last == ("conversationId",):
            self.number = str(found.value)
        elif found.step is Step.RECORD and self.chat is None and not self.number:
            self.waiting.append(found)
        elif found.step is Step.RECORD:
            yield from self._open()
            yield from self._item(found)
        elif found.step is Step.LEAVE and last == ("*",):
            yield from self.end()

    def _open(self) -> Iterator[Item]:
        if self.chat is None:
            self.chat = _chat(self.part, self.number or self.part.name, self.owner)
            yield self.chat.conversation()

    def _item(self, found: Found) -> Iterator[Item]:
        if self.chat is not None:
            yield from _item(self.part, self.chat, found)

    def end(self) -> Iterator[Item]:
        """The end of a conversation, or of the file."""
        if self.waiting:
            yield from self._open()
        for found in self.waiting:
            yield from self._item(found)
        if self.chat is not None:
            yield self.chat.conversation()
        self.chat, self.number, self.waiting = None, "", []


def _chat(part: Part, number: str, owner: str) -> Chat:
    chat = part.started(f"x:{number}", "x", kind="one_to_one" if "-" in number else "group", account=owner)
    if owner:
        _seen(chat, owner.removeprefix("x:"), owner)
    for one in number.split("-") if "-" in number else ():
        _seen(chat, one, owner)
    return chat


def _seen(chat: Chat, number: object, owner: str) -> str | None:
    return chat.seen(f"x:{number}", "", (("x_id", str(number)),), is_owner=f"x:{number}" == owner) if number else None


def _item(part: Part, chat: Chat, found: Found) -> Iterator[Item]:
    name = next(iter(found.value), "") if isinstance(found.value, dict) else ""
    value = found.value.get(name) if name else None
    if not isinstance(value, dict):
        yield part.finding("no_record", found.offset, found.raw, rejects=True)
        return
    yield _message(part, chat, found, name, value)


def _message(part: Part, chat: Chat, found: Found, name: str, value: dict[str, Any]) -> Message:
    seq, owner = chat.seq(), chat.conversation().account
    sender = value.get("senderId") or value.get("initiatingUserId")
    author = _seen(chat, sender, owner)
    sent, zone = from_iso(value.get("createdAt"), part.zone)
    clock = Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE
    text, event = str(value.get("text") or value.get("name") or ""), _EVENTS.get(name)
    files = value.get("mediaUrls")
    attachments = tuple(Attachment("file", str(one)) for one in files) if isinstance(files, list) else ()
    is_spoken = name in {"messageCreate", "welcomeMessageCreate"}
    kind = Kind.SERVICE if event else Kind.UNKNOWN if not is_spoken else Kind.MEDIA if attachments and not text else Kind.TEXT
    facts = small_facts(value, ("recipientId", "userIds", "participantsSnapshot", "name"))
    if "userIds" in facts or "participantsSnapshot" in facts:
        facts["members"] = facts.get("userIds", facts.get("participantsSnapshot"))
    urls = value.get("urls")
    facts |= (
        {"urls": tuple(str(one.get("expanded") or one.get("url")) for one in urls if isinstance(one, dict))}
        if isinstance(urls, list) and urls
        else {}
    )
    return new_message(
        id=str(value.get("id") or f"#{seq}"), conversation=chat.key, seq=seq, kind=kind, place=part.place(found.offset, found.raw), sent_at=sent,
        clock=clock,
        zone=(zone or part.zone_name) if sent else "", written_time=str(value.get("createdAt") or ""), author=author, text=text, event=event,
        attachments=attachments, reactions=_reactions(part, value), raw_kind=name, facts=facts,
    )  # fmt: skip


def _reactions(part: Part, value: dict[str, Any]) -> tuple[Reaction, ...]:
    given = value.get("reactions")
    told = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return tuple(
        Reaction(str(one.get("reactionKey") or ""), f"x:{one.get('senderId')}", 1, from_iso(one.get("createdAt"), part.zone)[0]) for one in told
    )


READER = Reader("x_archive", "X アーカイブのダイレクトメッセージ", "X archive, direct messages", _recognise, _read)
