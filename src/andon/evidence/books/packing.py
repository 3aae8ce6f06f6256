"""Messages and everything else of a reading as bytes and back, exactly: every field, every character (halves of characters too), numbers of any size.

JSON without names, by position. What JSON cannot say exactly (half surrogates, integers beyond 64 bits, not-a-number) is spelled out in a
second form that begins with "!".
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from andon.evidence.chats.gaps.gap import Edge, Gap, Strength, microseconds
from andon.evidence.chats.model import (
    Attachment,
    Clock,
    Conversation,
    Counts,
    Event,
    Finding,
    Kind,
    Message,
    Numbering,
    Participant,
    Place,
    Reaction,
    Reply,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.evidence.chats.model import Fact

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HARD = b"!"
_KINDS = {str(one): one for one in Kind}
_EVENTS = {str(one): one for one in Event}
_CLOCKS = {str(one): one for one in Clock}


def packed(value: Any) -> bytes:  # noqa: ANN401 - lists, dicts and plain values
    """Plain values as bytes."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return _HARD + orjson.dumps(_spelled(value))


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - lists, dicts and plain values
    """The plain values again (tuples have become lists). Raises ValueError for what was not written by `packed`."""
    return _read(orjson.loads(data[1:])) if data[:1] == _HARD else orjson.loads(data)


def instant(at: int) -> datetime:
    """And back, in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def pack_message(one: Message) -> bytes:
    """A message without the key of its conversation."""
    return packed(message_values(one))


def unpack_message(data: bytes, conversation: str) -> Message:
    """The same message."""
    return message_of(unpacked(data), conversation)


def unpack_texts(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Of a message only what it says and what it said before it was edited."""
    values = unpacked(data)
    rare = values[16] if len(values) > 16 else {}  # noqa: PLR2004 - as many as below
    return values[14], tuple(text for text, _ in rare["versions"]) if "versions" in rare else ()


def message_values(one: Message) -> list[Any]:
    """The fields by position; what is rare stands in a dict at the end."""
    place = one.place
    values: list[Any] = [
        one.id, one.seq, one.kind, place.file, place.offset, place.length, place.sha256, place.table, _time(one.sent_at), one.clock, one.zone,
        one.written_time, one.author, one.author_name, one.text, one.number,
    ]  # fmt: skip
    if rare := _rare(one):
        values.append(rare)
    return values


def message_of(values: list[Any], conversation: str) -> Message:
    """The message of such values."""
    rare = values[16] if len(values) > 16 else {}  # noqa: PLR2004 - as many as above
    reply = rare.get("reply")
    event = rare.get("event")
    return Message(
        values[0], conversation, values[1], _KINDS[values[2]], Place(values[3], values[4], values[5], values[6], values[7]),
        _at(values[8]), _CLOCKS[values[9]], values[10], values[11], values[12], values[13], values[14], values[15],
        None if event is None else _EVENTS[event],
        tuple(Attachment(*one) for one in rare.get("files", ())),
        None if reply is None else Reply(reply[0], reply[1], reply[2], _at(reply[3]), reply[4]),
        rare.get("forwarded", ""), _at(rare.get("edited")),
        tuple(Version(text, _at(at)) for text, at in rare.get("versions", ())),
        tuple(Reaction(emoji, author, count, _at(at)) for emoji, author, count, at in rare.get("reactions", ())),
        rare.get("expires"), rare.get("deleted", False), rare.get("raw", ""), facts_of(rare.get("facts", {})),
    )  # fmt: skip


def _rare(one: Message) -> dict[str, Any]:
    """What most messages do not have, by name; nothing that says the same as its absence (a timer of zero seconds is said)."""
    rare: dict[str, Any] = _lists(one) if one.attachments or one.versions or one.reactions else {}
    if one.event is not None:
        rare["event"] = one.event
    if (reply := one.reply_to) is not None:
        rare["reply"] = [reply.id, reply.conversation, reply.author, _time(reply.at), reply.quoted]
    if one.edited_at is not None:
        rare["edited"] = _time(one.edited_at)
    if one.expires_in is not None:
        rare["expires"] = one.expires_in
    if one.facts:
        rare["facts"] = fact_values(one.facts)
    if one.is_deleted or one.forwarded_from or one.raw_kind:
        rare |= {"deleted": one.is_deleted, "forwarded": one.forwarded_from, "raw": one.raw_kind}
    return rare


def _lists(one: Message) -> dict[str, Any]:
    return {
        "files": [[file.kind, file.path, file.name, file.media_type, file.size, file.missing] for file in one.attachments],
        "versions": [[old.text, _time(old.at)] for old in one.versions],
        "reactions": [[given.emoji, given.author, given.count, _time(given.at)] for given in one.reactions],
    }


def fact_values(facts: Mapping[str, Fact]) -> dict[str, Any] | _Odd:
    """Facts as plain values."""
    for value in facts.values():
        if type(value) is float and not math.isfinite(value):
            return _Odd(facts)
    return dict(facts)


def facts_of(values: Mapping[str, Any]) -> dict[str, Fact]:
    """The facts again."""
    return {name: tuple(value) if type(value) is list else value for name, value in values.items()}


class _Odd:
    """Facts that JSON would change without a word: orjson refuses this class, so that they are spelled out."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = dict(facts)


def _time(at: datetime | None) -> int | str | None:
    if at is None:
        return None
    return microseconds(at) if at.tzinfo is UTC else at.isoformat()


def _at(value: int | str | None) -> datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if isinstance(value, str) else _EPOCH + timedelta(microseconds=value)


def _spelled(value: Any) -> Any:  # noqa: ANN401 - plain values
    """The second form: a dict is one of "d" pairs, "s" text in hexadecimal UTF-8, "i" an integer, "f" a number that is none."""
    if isinstance(value, _Odd):
        value = value.facts
    if isinstance(value, dict):
        return {"d": [[_spelled(name), _spelled(one)] for name, one in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_spelled(one) for one in value]
    if isinstance(value, str):
        plain = str(value)
        return plain if _is_text(plain) else {"s": plain.encode("utf-8", "surrogatepass").hex()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"f": repr(value)}
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 63:  # noqa: PLR2004 - what JSON readers agree on
        return {"i": hex(value)}
    return value


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(value: Any) -> Any:  # noqa: ANN401 - plain values
    if isinstance(value, list):
        return [_read(one) for one in value]
    if not isinstance(value, dict):
        return value
    ((kind, given),) = value.items()
    if kind == "d":
        return {_read(name): _read(one) for name, one in given}
    if kind == "s":
        return bytes.fromhex(given).decode("utf-8", "surrogatepass")
    return int(given, 16) if kind == "i" else float(given)


def _place_values(place: Place | None) -> list[Any] | None:
    return None if place is None else [place.file, place.offset, place.length, place.sha256, place.table]


def _place_of(values: list[Any] | None) -> Place | None:
    return None if values is None else Place(*values)


def pack_conversation(one: Conversation) -> bytes:
    """A conversation."""
    people = [[who.key, who.name, [list(pair) for pair in who.handles], who.is_owner] for who in one.participants]
    return packed([one.key, one.app, one.title, one.kind, people, one.account, one.numbering, _place_values(one.place), fact_values(one.facts)])


def unpack_conversation(data: bytes) -> Conversation:
    """The same conversation."""
    key, app, title, kind, people, account, numbering, place, facts = unpacked(data)
    participants = tuple(Participant(who, name, tuple((str(k), v) for k, v in handles), owner) for who, name, handles, owner in people)
    return Conversation(key, app, title, kind, participants, account, Numbering(numbering), _place_of(place), facts_of(facts))


def pack_finding(one: Finding) -> bytes:
    """A finding."""
    return packed([one.code, _place_values(one.place), fact_values(one.facts), one.rejects])


def unpack_finding(data: bytes) -> Finding:
    """The same finding."""
    code, place, facts, rejects = unpacked(data)
    return Finding(code, Place(*place), facts_of(facts), rejects=rejects)


_COUNTED = ("file", "format", "records", "messages", "deleted", "service", "unknown", "context", "rejected")


def pack_counts(one: Counts) -> bytes:
    """What went into and came out of one file."""
    return packed([getattr(one, name) for name in _COUNTED])


def unpack_counts(data: bytes) -> Counts:
    """The same counts."""
    return Counts(**dict(zip(_COUNTED, unpacked(data), strict=True)))


def pack_gap(one: Gap) -> bytes:
    """A gap with the messages beside it."""
    return packed([one.kind, one.conversation, _edge_values(one.after), _edge_values(one.before), one.strength, one.code, fact_values(one.facts)])


def unpack_gap(data: bytes) -> Gap:
    """The same gap."""
    kind, conversation, after, before, strength, code, facts = unpacked(data)
    return Gap(kind, conversation, _edge_of(after), _edge_of(before), Strength(strength), code, facts_of(facts))


def _edge_values(edge: Edge | None) -> list[Any] | None:
    return None if edge is None else [edge.conversation, edge.id, _time(edge.at), _place_values(edge.place)]


def _edge_of(values: list[Any] | None) -> Edge | None:
    return None if values is None else Edge(values[0], values[1], _at(values[2]), Place(*values[3]))
