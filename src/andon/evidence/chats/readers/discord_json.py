"""Discord, as DiscordChatExporter writes it (JSON): one channel or direct chat.

After the exporter's own writer: numbers are snowflakes as strings (their upper bits are the time of making), times carry an offset, and a cancelled
export ends in the middle. Numbers may skip for many reasons, so holes between them mean nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Reaction, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, small_facts
from andon.evidence.chats.times import from_iso, from_seconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_PATHS = frozenset({("messages", "*")})
_HEAD = re.compile(rb'"guild"\s*:\s*\{.{0,2000}?"channel"\s*:\s*\{', re.DOTALL)
_EPOCH_MS = 1_420_070_400_000  # first millisecond of Discord's numbers
_EVENTS = {
    "RecipientAdd": Event.INVITED, "RecipientRemove": Event.REMOVED, "Call": Event.CALL, "ChannelNameChange": Event.TITLE,
    "ChannelIconChange": Event.OTHER,
    "ChannelPinnedMessage": Event.PINNED, "GuildMemberJoin": Event.JOINED, "ThreadCreated": Event.CREATED,
}  # fmt: skip
_SPOKEN = {"Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20"}


_FACTS = ("callEndedTimestamp", "isPinned")
_RECORD, _STATED, _TEXT = Step.RECORD, Clock.STATED, Kind.TEXT  # looked up once: an enumeration's own look-up is slow


def _recognise(head: Head) -> float:
    return 0.97 if _HEAD.search(head.data[:8192]) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """One channel."""
    outer: dict[str, Any] = {}
    chat: Chat | None = None
    for found in json_records(part, _PATHS):
        if isinstance(found, Finding):
            yield found
        elif found.step is _RECORD and chat is not None:
            yield _message(part, chat, found) if isinstance(found.value, dict) else part.finding("no_record", found.offset, found.raw, rejects=True)
        elif found.step is Step.VALUE:
            outer[found.path[-1] if found.path else ""] = found.value
        elif found.step is Step.ENTER and found.path == ("messages",):
            chat = _chat(part, outer)
            yield chat.conversation()
    if chat is not None:
        stated = whole_number(outer.get("messageCount"))
        chat.facts.update({} if stated is None else {"stated_count": stated})
        yield from (one.conversation() for one in part.chats.values())


def _chat(part: Part, outer: dict[str, Any]) -> Chat:
    channel, guild = _dict(outer.get("channel")), _dict(outer.get("guild"))
    title = " / ".join(str(name) for name in (guild.get("name"), channel.get("category"), channel.get("name")) if name)
    chat = part.started(f"discord:{channel.get('id') or part.name}", "discord", title=title, kind=str(channel.get("type") or ""))
    limits = outer.get("dateRange")
    chat.facts.update(small_facts(limits if isinstance(limits, dict) else {}, ("after", "before")))
    chat.facts.update({"saved_at": str(outer["exportedAt"])} if outer.get("exportedAt") else {})
    return chat


def _person(chat: Chat, given: object) -> tuple[str | None, str]:
    if not isinstance(given, dict) or not given.get("id"):
        return None, ""
    number, name = str(given["id"]), str(given.get("nickname") or given.get("name") or "")
    user = str(given.get("name") or "")
    tag = str(given.get("discriminator") or "")
    handles = (("discord_id", number), *((("discord_name", f"{user}#{tag}" if tag.strip("0") else user),) if user else ()))
    return chat.seen(f"discord:{number}", name, handles), name


def _message(part: Part, chat: Chat, found: Found) -> Message:
    value: dict[str, Any] = found.value
    seq, native = chat.seq(), str(value.get("id") or "")
    author, name = _person(chat, value.get("author"))
    sent, zone = from_iso(value.get("timestamp"), part.zone)
    clock = _STATED if zone else Clock.NAIVE
    if sent is None and (number := whole_number(native)):
        sent, zone, clock = from_seconds((number >> 22) + _EPOCH_MS, scale=1000), "UTC", Clock.STATED
    raw_kind = str(value.get("type") or "Default")
    attachments = _attachments(value) if value.get("attachments") or value.get("stickers") else ()
    event = None if raw_kind in _SPOKEN else _EVENTS.get(raw_kind)
    text = str(value.get("content") or "")
    kind = Kind.SERVICE if event else Kind.UNKNOWN if raw_kind not in _SPOKEN else Kind.MEDIA if attachments and not text else _TEXT
    if kind is _TEXT and not text and value.get("stickers"):
        kind = Kind.STICKER
    return new_message(
        id=native or f"#{seq}", conversation=chat.key, seq=seq, kind=kind, place=part.place(found.offset, found.raw), sent_at=sent,
        clock=clock if sent else Clock.NONE, zone=(zone or part.zone_name) if sent else "", written_time=str(value.get("timestamp") or ""),
        author=author, author_name=name, text=text, event=event, attachments=attachments, reply_to=_reply(value),
        forwarded_from=_forwarded(value), edited_at=from_iso(value.get("timestampEdited"), part.zone)[0],
        reactions=_reactions(chat, value) if value.get("reactions") else (), raw_kind=raw_kind,
        facts=small_facts({name: value[name] for name in _FACTS if name in value}, _FACTS),
    )  # fmt: skip


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _attachments(value: dict[str, Any]) -> tuple[Attachment, ...]:
    files = [
        Attachment("file", str(one.get("url") or ""), str(one.get("fileName") or ""), "", whole_number(one.get("fileSizeBytes")))
        for one in _dicts(value.get("attachments"))
    ]
    return (*files, *(Attachment("sticker", str(one.get("sourceUrl") or ""), str(one.get("name") or "")) for one in _dicts(value.get("stickers"))))


def _reply(value: dict[str, Any]) -> Reply | None:
    given = value.get("reference")
    if not isinstance(given, dict) or not given.get("messageId") or given.get("type") == "Forward":
        return None
    return Reply(str(given["messageId"]), f"discord:{given['channelId']}" if given.get("channelId") else None)


def _forwarded(value: dict[str, Any]) -> str:
    given = value.get("forwardedMessage")
    return f"{given.get('timestamp', '')} {given.get('content', '')}".strip() if isinstance(given, dict) else ""


def _reactions(chat: Chat, value: dict[str, Any]) -> tuple[Reaction, ...]:
    made = []
    for one in _dicts(value.get("reactions")):
        emoji = one.get("emoji")
        name = str(emoji.get("name") or emoji.get("code") or "") if isinstance(emoji, dict) else str(emoji or "")
        people = [_person(chat, who)[0] for who in _dicts(one.get("users"))]
        made += [Reaction(name, who) for who in people if who]
        rest = (whole_number(one.get("count")) or 0) - len(people)
        made += [Reaction(name, None, rest)] if rest > 0 else []
    return tuple(made)


READER = Reader("discord_json", "Discord の書き出し（DiscordChatExporter）", "Discord (DiscordChatExporter JSON)", _recognise, _read)
