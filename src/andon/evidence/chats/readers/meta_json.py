"""Instagram and Facebook Messenger, own download (JSON): `message_1.json` …, and the newer download of end-to-end encrypted chats.

Their text is UTF-8 written as Latin-1 and is repaired where, and only where, that is so. Messages stand newest first; order is kept. There are no
numbers of messages: the number in the folder's name is the only key of a chat. A message taken back leaves `is_unsent` and its reactions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Reaction, new_message
from andon.evidence.chats.mojibake import repaired_all
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named, small_facts
from andon.evidence.chats.times import from_either, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_PATHS = frozenset({("messages", "*")})
_MARKS = re.compile(rb'"sender_name"\s*:\s*"|"senderName"\s*:\s*"')
_TIMES = re.compile(rb'"timestamp_ms"\s*:\s*\d|"threadName"\s*:|"isUnsent"\s*:')
_INSTAGRAM = re.compile(r"instagram", re.IGNORECASE)
_THREAD = re.compile(r"(?:^|/)(?:(?:[^/]+_)?(?P<number>\d{6,})|(?P<folder>[^/]+))/message_\d+\.json$")  # older downloads have letters too
_MEDIA = ("photos", "videos", "audio_files", "gifs", "files", "media")
_EVENTS = {"Call": Event.CALL, "Subscribe": Event.JOINED, "Unsubscribe": Event.LEFT}
_PLAIN = {"", "Generic", "Share", "text", "media", "link", "placeholder"}


def _recognise(head: Head) -> float:
    return 0.9 if _MARKS.search(head.data) and _TIMES.search(head.data) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """One file of one thread. Its head stands before the messages, its title behind them."""
    outer: dict[str, Any] = {}
    chat: Chat | None = None
    for found in json_records(part, _PATHS):
        if isinstance(found, Finding):
            yield found
        elif found.step is Step.VALUE:
            outer[found.path[-1] if found.path else ""] = repaired_all(found.value)
        elif found.step is Step.ENTER and found.path == ("messages",):
            chat = _chat(part, outer)
            yield chat.conversation()
        elif found.step is Step.RECORD:
            assert chat is not None  # noqa: S101 - records stand inside `messages`
            is_record = isinstance(found.value, dict)
            yield _message(part, chat, found) if is_record else part.finding("no_record", found.offset, found.raw, rejects=True)
    if chat is not None:
        chat.facts.update(small_facts(outer, ("is_still_participant", "thread_path")))
        _people(chat, outer)
        yield from (one.conversation() for one in part.chats.values() if one is not chat)
        yield chat.conversation(title=str(outer.get("title") or outer.get("threadName") or ""), kind=str(outer.get("thread_type") or ""))


def _chat(part: Part, outer: dict[str, Any]) -> Chat:
    found = _THREAD.search(part.name)
    app = "instagram" if _INSTAGRAM.search(f"{part.material.name}/{part.name}") else "messenger"
    native = (found["number"] or found["folder"]) if found else outer.get("threadName") or part.name
    chat = part.started(f"{app}:{native}", app)
    _people(chat, outer)
    return chat


def _people(chat: Chat, outer: dict[str, Any]) -> None:
    given = outer.get("participants")
    for one in given if isinstance(given, list) else ():
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name:
            chat.seen(named(name), name)


def _message(part: Part, chat: Chat, found: Found) -> Message:
    value: dict[str, Any] = (
        found.value if "senderName" in found.value else repaired_all(found.value)
    )  # the encrypted chats' download is right as it is
    seq = chat.seq()
    name = str(value.get("sender_name") or value.get("senderName") or "")
    sent = from_either(value.get("timestamp_ms", value.get("timestamp")))
    raw_kind, attachments = str(value.get("type") or ""), _attachments(value)
    is_unsent = bool(value.get("is_unsent") or value.get("isUnsent"))
    text = str(value.get("content") or value.get("text") or "")
    kind, event = _kind(value, raw_kind, attachments, text)
    facts = small_facts(value, ("call_duration", "missed", "ip", "is_geoblocked_for_viewer"))
    if (seconds := whole_number(value.get("call_duration"))) is not None:
        facts["seconds"] = seconds
    share = value.get("share")
    facts |= small_facts(share if isinstance(share, dict) else {}, ("link", "share_text", "original_content_owner"))
    return new_message(
        id=f"{whole_number(value.get('timestamp_ms', value.get('timestamp')))}:{seq}", conversation=chat.key, seq=seq,
        kind=Kind.DELETED if is_unsent else kind, place=part.place(found.offset, found.raw), sent_at=sent,
        clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=str(value.get("timestamp_ms",
        value.get("timestamp", ""))),
        author=chat.seen(named(name), name) if name else None, author_name=name, text=text, event=Event.UNSENT if is_unsent else event,
        attachments=attachments, reactions=_reactions(value), is_deleted=is_unsent, raw_kind=raw_kind, facts=facts,
    )  # fmt: skip


def _kind(value: dict[str, Any], raw_kind: str, attachments: tuple[Attachment, ...], text: str) -> tuple[Kind, Event | None]:
    if raw_kind == "Call" or "call_duration" in value:
        return Kind.CALL, Event.CALL
    if raw_kind in _EVENTS:
        return Kind.SERVICE, _EVENTS[raw_kind]
    if raw_kind not in _PLAIN:
        return Kind.UNKNOWN, None
    if value.get("sticker"):
        return Kind.STICKER, None
    return (Kind.MEDIA if attachments and not text else Kind.TEXT), None


def _attachments(value: dict[str, Any]) -> tuple[Attachment, ...]:
    made = []
    for name in _MEDIA:
        given = value.get(name)
        made += (
            [Attachment(name.removesuffix("s"), str(one.get("uri") or "")) for one in given if isinstance(one, dict)]
            if isinstance(given, list)
            else []
        )
    sticker = value.get("sticker")
    if isinstance(sticker, dict):
        made.append(Attachment("sticker", str(sticker.get("uri") or "")))
    return tuple(made)


def _reactions(value: dict[str, Any]) -> tuple[Reaction, ...]:
    given = value.get("reactions")
    told = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return tuple(Reaction(str(one.get("reaction") or ""), named(str(one["actor"])) if one.get("actor") else None) for one in told)


READER = Reader("meta_json", "Instagram・Messenger のダウンロード", "Instagram or Messenger download", _recognise, _read)
