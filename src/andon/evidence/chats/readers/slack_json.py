"""Slack export: `<channel>/<day>.json`, an array of messages a day, with `users.json` and `channels.json` beside.

`ts` is the number of a message and its time. Day files follow the zone of who exported, so only `ts` is trusted. Deleted messages are absent, save
for the heads of threads ("tombstone") and, in exports for companies, `message_deleted` and `message_changed`.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Reaction, Reply, Version, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.times import from_seconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.evidence.chats.model import Item, Message

_NAME = re.compile(r"(?:^|/)([^/]+)/\d{4}-\d{2}-\d{2}\.json$")
_RECORD = re.compile(rb'"ts"\s*:\s*"\d{9,}\.\d{6}"')
_MOST_LIST = 64 << 20
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)\|([^>]*)>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^>|]+)(?:\|([^>]*))?>")
_EVENTS = {
    "channel_join": Event.JOINED, "group_join": Event.JOINED, "channel_leave": Event.LEFT, "group_leave": Event.LEFT, "channel_name": Event.TITLE,
    "group_name": Event.TITLE, "channel_topic": Event.OTHER, "channel_purpose": Event.OTHER, "channel_archive": Event.OTHER,
    "pinned_item": Event.PINNED,
    "bot_add": Event.INVITED, "channel_unarchive": Event.OTHER, "message_changed": Event.EDITED, "huddle_thread": Event.CALL,
    "sh_room_created": Event.CALL,
}  # fmt: skip
_SPOKEN = {"", "bot_message", "thread_broadcast", "me_message", "file_share", "file_comment", "reply_broadcast"}


def _recognise(head: Head) -> float:
    if not head.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") or not _RECORD.search(head.data):
        return 0.0
    return 0.95 if _NAME.search(head.name) or b'"type"' in head.data else 0.6


def _listed(part: Part, name: str) -> list[dict[str, Any]]:
    """A list that stands beside the channels' folders, or nothing."""
    folder = part.file.name.rpartition("/")[0].rpartition("/")[0]
    member = part.material.find(f"{folder}/{name}" if folder else name)
    if member is None or member.refusal or member.size > _MOST_LIST:
        return []
    try:
        value = parsed(member.head(_MOST_LIST))[0]
    except NoValue:
        return []
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _read(part: Part) -> Iterator[Item]:
    """One day of one channel."""
    people = {str(one.get("id")): one for one in _listed(part, "users.json")}
    found_name = _NAME.search(part.name)
    folder = found_name[1] if found_name else part.name
    kinds = ("channels.json", "groups.json", "dms.json", "mpims.json")
    known = next(((name, one) for name in kinds for one in _listed(part, name) if folder in {one.get("name"), one.get("id")}), ("", {}))
    kind, channel = known[0].removesuffix("s.json"), known[1]
    chat = part.started(f"slack:{channel.get('id') or folder}", "slack", title=str(channel.get("name") or folder), kind=kind)
    names = _Names(chat, people)
    members = channel.get("members")
    shown = [names.member(one) for one in members if isinstance(one, str)] if isinstance(members, list) else []
    if not channel.get("name") and any(shown):
        chat.became(title=", ".join(one for one in shown if one))
    yield chat.conversation()
    for found in json_records(part, frozenset({("*",)})):
        if isinstance(found, Finding):
            yield found
        elif found.step is Step.RECORD:
            is_record = isinstance(found.value, dict)
            yield _message(part, names, found) if is_record else part.finding("no_record", found.offset, found.raw, rejects=True)
    yield chat.conversation()


class _Names:
    """People by their numbers."""

    def __init__(self, chat: Chat, people: dict[str, dict[str, Any]]) -> None:
        self.chat, self.people = chat, people

    def name(self, number: str) -> str:
        """The name that people see."""
        one = self.people.get(number, {})
        profile = one.get("profile") if isinstance(one.get("profile"), dict) else {}
        return str((profile or {}).get("display_name") or one.get("real_name") or one.get("name") or "")

    def member(self, number: str) -> str:
        """Somebody who belongs to the channel: the name."""
        self.seen({"user": number})
        return self.name(number)

    def seen(self, value: dict[str, Any]) -> tuple[str | None, str]:
        """Key and name of who wrote."""
        number = str(value.get("user") or value.get("bot_id") or "")
        if not number:
            return None, str(value.get("username") or "")
        name = self.name(number) or str(value.get("username") or "")
        user = str(self.people.get(number, {}).get("name") or "")
        return self.chat.seen(f"slack:{number}", name, (("slack_id", number), *((("slack_name", user),) if user else ()))), name

    def shown(self, text: str) -> str:
        """Text as people see it: names for numbers, no markup of links."""
        text = _MENTION.sub(lambda found: f"@{found[2] or self.name(found[1]) or found[1]}", text)
        text = _LINK.sub(lambda found: f"{found[2]} ({found[1]})" if found[2] and found[2] not in found[1] else found[1], _CHANNEL.sub(r"#\2", text))
        return html.unescape(text)


def _instant(ts: object) -> datetime | None:
    whole, _, fraction = str(ts or "").partition(".")
    number = whole_number(whole + (fraction + "000000")[:6])
    return from_seconds(number, scale=1_000_000)


def _message(part: Part, names: _Names, found: Found) -> Message:
    value: dict[str, Any] = found.value
    chat, seq = names.chat, names.chat.seq()
    subtype, native = str(value.get("subtype") or ""), str(value.get("ts") or "")
    author, name = names.seen(value)
    original = value.get("original") or value.get("previous_message")
    is_deleted = subtype in {"tombstone", "message_deleted"}
    event = Event.UNSENT if is_deleted else _EVENTS.get(subtype)
    attachments = _attachments(value)
    changed = value.get("message")  # of "message_changed": what it became
    text = names.shown(str(value.get("text") or (changed.get("text") if isinstance(changed, dict) else "") or ""))
    kind = (
        Kind.DELETED
        if is_deleted
        else Kind.SERVICE
        if event
        else Kind.UNKNOWN
        if subtype not in _SPOKEN
        else Kind.MEDIA
        if attachments and not text
        else Kind.TEXT
    )
    edited, thread, sent = value.get("edited"), str(value.get("thread_ts") or ""), _instant(native)
    return new_message(
        id=native or f"#{seq}", conversation=chat.key, seq=seq, kind=kind, place=part.place(found.offset, found.raw), sent_at=sent,
        clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=native, author=author, author_name=name, text=text,
        event=event, attachments=attachments, reply_to=Reply(thread) if thread and thread != native else None,
        edited_at=_instant(edited.get("ts")) if isinstance(edited, dict) else None, reactions=_reactions(value), is_deleted=is_deleted,
        versions=(Version(names.shown(str(original.get("text") or "")), _instant(original.get("ts"))),) if isinstance(original, dict) else (),
        raw_kind=subtype or str(value.get("type") or ""),
    )  # fmt: skip


def _attachments(value: dict[str, Any]) -> tuple[Attachment, ...]:
    given = value.get("files")
    told = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return tuple(
        Attachment(
            "file",
            str(one.get("url_private") or ""),
            str(one.get("name") or ""),
            str(one.get("mimetype") or ""),
            whole_number(one.get("size")),
            "tombstone" if one.get("mode") == "tombstone" else "",
        )
        for one in told
    )


def _reactions(value: dict[str, Any]) -> tuple[Reaction, ...]:
    given = value.get("reactions")
    made = []
    for one in [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []:
        people = one.get("users") if isinstance(one.get("users"), list) else []
        made += [Reaction(str(one.get("name") or ""), f"slack:{who}") for who in people or ()]
        rest = (whole_number(one.get("count")) or 0) - len(people or ())
        made += [Reaction(str(one.get("name") or ""), None, rest)] if rest > 0 else []
    return tuple(made)


READER = Reader("slack_json", "Slack の書き出し", "Slack export", _recognise, _read)
