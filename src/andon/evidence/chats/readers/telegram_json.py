r"""Telegram Desktop, `result.json`: one chat, or all chats of an account.

After the exporter's own source (`export_output_json.cpp`, three states 2021–2025): `date` is wall time of the exporting computer, `date_unixtime`
UTC; text is a string or a list to be joined without separators; a peer of a deleted account has a number and no name; control characters are
written as `\x0B`, which is no JSON. Numbers of messages count per chat in supergroups and channels only, elsewhere per account.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, Numbering, Reaction, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named, small_facts
from andon.evidence.chats.times import from_iso, from_seconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item, Message

_PATHS = frozenset({
    ("messages", "*"), ("chats", "list", "*", "messages", "*"), ("left_chats", "list", "*", "messages", "*"), ("chats", "*", "messages", "*"),
})  # fmt: skip
_PER_CHAT = {"private_supergroup", "public_supergroup", "private_channel", "public_channel"}
_PER_ACCOUNT = {"personal_chat", "bot_chat", "private_group", "saved_messages", "replies", "verify_codes"}
_TYPES = re.compile(
    rb'"type"\s*:\s*"(?:saved_messages|replies|personal_chat|bot_chat|private_group|(?:private|public)_(?:supergroup|channel)|verify_codes)"'
)
_RECORD = re.compile(rb'"date_unixtime"\s*:\s*"|"from_id"\s*:\s*"(?:user|channel|chat)\d|"actor_id"\s*:|"text_entities"\s*:')
_ACCOUNT = re.compile(rb'"(?:personal_information|frequent_contacts|left_chats)"\s*:|"chats"\s*:\s*\{\s*"(?:about|list)"')
_LITERAL = re.compile(r"^\((?:File|Photo|Video|Story|Sticker|Voice|Animation)\b.*\)$")
_EVENTS = {
    "set_messages_ttl": Event.TIMER, "clear_history": Event.CLEARED, "create_group": Event.CREATED, "create_channel": Event.CREATED,
    "topic_created": Event.CREATED, "edit_group_title": Event.TITLE, "topic_edit": Event.TITLE, "invite_members": Event.INVITED,
    "remove_members": Event.REMOVED, "join_group_by_link": Event.JOINED, "join_group_by_request": Event.JOINED, "joined_telegram": Event.JOINED,
    "migrate_to_supergroup": Event.MIGRATED, "migrate_from_group": Event.MIGRATED, "take_screenshot": Event.SCREENSHOT, "pin_message": Event.PINNED,
    "phone_call": Event.CALL, "group_call": Event.CALL, "conference_call": Event.CALL, "group_call_scheduled": Event.CALL,
    "invite_to_group_call": Event.CALL,
}  # fmt: skip
_FACTS = frozenset((
    "title", "new_title", "members", "inviter", "message_id", "discard_reason", "distance", "values", "information_text", "via_bot",
    "signature", "author",
    "schedule_date", "is_missed", "place_name", "address", "saved_from", "amount", "emoticon", "self_destruct_period_seconds",
    "live_location_period_seconds",
    "contact_vcard", "media_spoiler", "forwarded_from_id", "saved_from_id", "reason", "boosts", "cost", "months", "gift_code", "emoji",
))  # fmt: skip
_USUAL = frozenset((
    "id", "type", "date", "date_unixtime", "from", "from_id", "text", "text_entities", "edited", "edited_unixtime", "reply_to_message_id",
))  # fmt: skip
_TOLD = ("game_title", "game_description", "game_link", "invoice_information")
_NOTED = ("phone", "bank_card", "text_link")
_ONE, _TEXT, _STATED = Step.RECORD, (Kind.TEXT, None), Clock.STATED  # looked up once: an enumeration's own look-up is slow
_MEDIA = {"sticker": Kind.STICKER}
_KINDS = {"contact_information": Kind.CONTACT, "location_information": Kind.LOCATION, "poll": Kind.POLL}


def _recognise(head: Head) -> float:
    if not head.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return 0.0
    marks = bool(_TYPES.search(head.data)) + bool(_RECORD.search(head.data)) + bool(_ACCOUNT.search(head.data))
    has_messages = b'"messages"' in head.data or bool(_ACCOUNT.search(head.data))
    return 0.95 if marks > 1 else 0.8 if marks and has_messages else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats of the file. What stands beside the messages of a chat may come before or after them."""
    reading = _Reading(part)
    for found in json_records(part, _PATHS):
        if isinstance(found, Finding):
            yield found
        elif found.step is _ONE and reading.chat is not None:
            yield reading.record(reading.chat, found)
        else:
            yield from reading.step(found)
    yield from reading.end()


class _Reading:
    """The state between records: whose account, which chat."""

    def __init__(self, part: Part) -> None:
        self.part, self.account = part, ""
        self.outer: dict[str, Any] = {}
        self.chat: Chat | None = None
        self.number = 0
        self.is_numbered = True

    def step(self, found: Found) -> Iterator[Item]:
        """What one step of the file gives."""
        match found.step, found.path:
            case Step.RECORD, _:
                yield from self._open(found)
                assert self.chat is not None  # noqa: S101 - it was opened
                yield self.record(self.chat, found)
            case Step.VALUE, ("personal_information",):
                self.account = _account(found.value)
            case Step.VALUE, path:
                self.outer[path[-1] if path else ""] = found.value
            case Step.ENTER, (*_, "*"):
                yield from self.end()
                self.outer = {}
            case Step.LEAVE, (*_, "*"):
                yield from self.end()
            case Step.LEAVE, (*_, "messages") if self.chat is None:
                yield from self._open(found)

    def _open(self, found: Found) -> Iterator[Item]:
        native = self.outer.get("id")
        self.number += 1
        key = f"telegram:{native}" if native is not None else f"telegram:{self.part.name}#{self.number}"
        self.chat = self.part.started(key, "telegram", place=self.part.place(found.offset, b""), account=self.account)
        yield self._now()

    def _now(self) -> Any:  # noqa: ANN401 - a Conversation
        """The chat as known by now."""
        assert self.chat is not None  # noqa: S101 - called between opening and end
        kind = str(self.outer.get("type") or "")
        numbering = Numbering.PER_CHAT if kind in _PER_CHAT else Numbering.PER_ACCOUNT if kind in _PER_ACCOUNT else Numbering.NONE
        title = str(self.outer.get("name") or "")
        return self.chat.conversation(kind=kind, title=title, numbering=numbering if self.is_numbered else Numbering.NONE)

    def end(self) -> Iterator[Item]:
        """The chat once more, complete."""
        if self.chat is not None:
            yield self._now()
        self.chat = None

    def record(self, chat: Chat, found: Found) -> Item:
        """One message."""
        value = found.value
        if not isinstance(value, dict):
            return self.part.finding("no_record", found.offset, found.raw, rejects=True)
        if value.get("action") == "send_webview_data":  # it writes the key "text" twice, and the second is empty
            value = json.loads(found.raw, strict=False, object_pairs_hook=_first_wins)
        made = _message(self.part, chat, found, value)
        if made.number is None and value.get("id") is None:
            self.is_numbered = False
        return made


def _first_wins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(reversed(pairs))


def _account(value: object) -> str:
    number = value.get("user_id") if isinstance(value, dict) else None
    return f"user{number}" if number else ""


def joined_text(value: object) -> str:
    """Text of a string or a list of strings and {"text": …} parts, joined without separators."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(joined_text(one) for one in value)
    return joined_text(value.get("text", "")) if isinstance(value, dict) else ""


def _peer(value: object) -> str | None:
    """Key of a peer: "user123"; older exports write the bare number."""
    if isinstance(value, str) and value:
        return value
    return f"user{value}" if isinstance(value, int) and not isinstance(value, bool) else None


def _message(part: Part, chat: Chat, found: Found, value: dict[str, Any]) -> Message:
    get, seq = value.get, chat.seq()
    number, native = whole_number(get("id")), get("type")
    is_service, is_usual = native == "service", native == "message" and _USUAL.issuperset(value)
    name = str(get("actor" if is_service else "from") or "")
    author = _peer(get("actor_id" if is_service else "from_id")) or (named(name) if name else None)
    if author is not None and chat.met.get(author) != name:
        chat.met[author] = name
        chat.seen(author, name, _handles(author))
    (kind, event), seconds = _TEXT if is_usual else _kind(value), None if is_usual else whole_number(get("period"))
    if event is Event.TIMER and seconds is not None:
        chat.facts["timer_seconds"] = seconds
    sent, clock, zone = _time(part, value, "date")
    text = get("text", "")
    text = text if type(text) is str else joined_text(text)
    return new_message(
        str(number) if number is not None else f"#{seq}", chat.key, seq, kind, part.place(found.offset, found.raw), sent, clock, zone,
        str(get("date") or get("date_unixtime") or ""), author, name, text or _told_text(value), number, event,
        () if is_usual else _attachments(value), _reply(value),
        str(get("forwarded_from") or ("?" if "forwarded_from" in value else "")),
        _time(part, value, "edited")[0] if "edited" in value or "edited_unixtime" in value else None,
        reactions=() if is_usual else _reactions(part, get("reactions")),
        raw_kind="message" if is_usual else str(get("action") or get("media_type") or native or ""),
        facts=_entities({}, value) if is_usual else _facts(value, seconds),
    )  # fmt: skip


def _kind(value: dict[str, Any]) -> tuple[Kind, Event | None]:
    if value.get("type") == "service":
        return Kind.SERVICE, _EVENTS.get(str(value.get("action") or ""), Event.OTHER)
    if value.get("type") != "message":
        return Kind.UNKNOWN, None
    for name, kind in _KINDS.items():
        if value.get(name):
            return kind, None
    if "photo" in value or "file" in value:
        return _MEDIA.get(str(value.get("media_type")), Kind.MEDIA), None
    return Kind.TEXT, None


def _handles(author: str) -> tuple[tuple[str, str], ...]:
    return (("telegram_id", author),) if not author.startswith("name:") else ()


def _time(part: Part, value: dict[str, Any], name: str) -> tuple[Any, Clock, str]:
    if (sent := from_seconds(value.get(f"{name}_unixtime"))) is not None:
        return sent, _STATED, "UTC"
    sent, zone = from_iso(value.get(name), part.zone)
    if sent is None:
        return None, Clock.NONE, ""
    return sent, Clock.STATED if zone else Clock.NAIVE, zone or part.zone_name


def _attachments(value: dict[str, Any]) -> tuple[Attachment, ...]:
    made = []
    for name, kind in (("photo", "photo"), ("file", str(value.get("media_type") or "file"))):
        path = value.get(name)
        if isinstance(path, str):
            is_missing = bool(_LITERAL.match(path))
            size = whole_number(value.get(f"{name}_file_size" if name == "photo" else "file_size"))
            given = str(value.get("file_name") or "") if name == "file" else ""
            media_type = str(value.get("mime_type") or "") if name == "file" else ""
            made.append(Attachment(kind, "" if is_missing else path, given, media_type, size, path if is_missing else ""))
    return tuple(made)


def _reply(value: dict[str, Any]) -> Reply | None:
    number = value.get("reply_to_message_id")
    if number is None:
        return None
    peer = value.get("reply_to_peer_id")
    return Reply(str(number), f"telegram:{str(peer).lstrip('userchanlt')}" if peer else None)


def _reactions(part: Part, given: object) -> tuple[Reaction, ...]:
    made = []
    for one in given if isinstance(given, list) else ():
        if not isinstance(one, dict):
            continue
        emoji, recent = str(one.get("emoji") or one.get("document_id") or one.get("type") or ""), one.get("recent")
        people = [who for who in recent if isinstance(who, dict)] if isinstance(recent, list) else []
        made += [Reaction(emoji, _peer(who.get("from_id")), 1, from_iso(who.get("date"), part.zone)[0]) for who in people if who.get("from_id")]
        rest = (whole_number(one.get("count")) or 0) - len(people)
        if rest > 0:
            made.append(Reaction(emoji, None, rest))
    return tuple(made)


def _told_text(value: dict[str, Any]) -> str:
    """What a message without a text says in another way: a poll, a list of things to do, an invoice, a game."""
    poll, todo = value.get("poll"), value.get("todo_list")
    if isinstance(todo, dict):
        points = todo.get("answers", todo.get("items"))
        lines = [f"- {joined_text(one)}" for one in points if isinstance(one, (dict, list, str))] if isinstance(points, list) else []
        return "\n".join([joined_text(todo.get("title")), *lines])
    if not isinstance(poll, dict):
        return "\n".join(value[name] for name in _TOLD if isinstance(value.get(name), str) and value[name])
    answers = poll.get("answers")
    told = [one for one in answers if isinstance(one, dict)] if isinstance(answers, list) else []
    return "\n".join([joined_text(poll.get("question")), *(f"- {joined_text(one.get('text'))} ({one.get('voters', '?')})" for one in told)])


def _facts(value: dict[str, Any], seconds: int | None) -> dict[str, Fact]:
    facts = small_facts(value, _FACTS)
    if seconds is None:
        seconds = whole_number(value.get("duration_seconds") or value.get("duration"))
    if seconds is not None:
        facts["seconds"] = seconds
    card, where = value.get("contact_information"), value.get("location_information")
    if isinstance(card, dict):
        facts |= small_facts(card, ("first_name", "last_name", "phone_number"))
    if isinstance(where, dict):
        facts |= small_facts(where, ("latitude", "longitude"))
    return _entities(facts, value)


def _entities(facts: dict[str, Fact], value: dict[str, Any]) -> dict[str, Fact]:
    """Numbers, cards and addresses that Telegram itself found in the text."""
    given = value.get("text_entities")
    if not isinstance(given, list):
        return facts
    noted = [one for one in given if isinstance(one, dict) and one.get("type") in _NOTED]
    if noted:
        for kind in _NOTED:
            if told := tuple(str(one.get("href") or one.get("text") or "") for one in noted if one["type"] == kind):
                facts[kind] = told
    return facts


READER = Reader("telegram_json", "Telegram Desktop の書き出し（JSON）", "Telegram Desktop export (JSON)", _recognise, _read)
