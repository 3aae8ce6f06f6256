"""Messages, conversations and findings as plain values: what JSON Lines and Parquet hold. Times are ISO 8601 in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Conversation, Counts, Finding, Message

if TYPE_CHECKING:
    from datetime import datetime

    from andon.evidence.chats.model import Item, Place


def _time(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def plain_place(place: Place | None) -> dict[str, Any] | None:
    """File, offset, length, SHA-256, and the table for rows of databases."""
    if place is None:
        return None
    return {"file": place.file, "offset": place.offset, "length": place.length, "sha256": place.sha256, "table": place.table}


def plain_message(one: Message) -> dict[str, Any]:
    """All fields of a message."""
    return {
        "conversation": one.conversation, "id": one.id, "seq": one.seq, "number": one.number, "kind": str(one.kind),
        "event": one.event and str(one.event),
        "sent_at": _time(one.sent_at), "clock": str(one.clock), "zone": one.zone, "written_time": one.written_time, "author": one.author,
        "author_name": one.author_name, "text": one.text, "reply_to": _reply(one), "forwarded_from": one.forwarded_from,
        "edited_at": _time(one.edited_at),
        "versions": [{"text": version.text, "at": _time(version.at)} for version in one.versions],
        "reactions": [{"emoji": given.emoji, "author": given.author, "count": given.count, "at": _time(given.at)} for given in one.reactions],
        "attachments": [
            {"kind": file.kind, "path": file.path, "name": file.name, "media_type": file.media_type, "size": file.size, "missing": file.missing}
            for file in one.attachments
        ],
        "expires_in": one.expires_in, "is_deleted": one.is_deleted, "raw_kind": one.raw_kind, "facts": dict(one.facts),
        "place": plain_place(one.place),
    }  # fmt: skip


def _reply(one: Message) -> dict[str, Any] | None:
    reply = one.reply_to
    if reply is None:
        return None
    return {"id": reply.id, "conversation": reply.conversation, "author": reply.author, "at": _time(reply.at), "quoted": reply.quoted}


def plain_conversation(one: Conversation) -> dict[str, Any]:
    """All fields of a conversation."""
    people = [
        {"key": who.key, "name": who.name, "handles": [list(pair) for pair in who.handles], "is_owner": who.is_owner} for who in one.participants
    ]
    return {
        "key": one.key, "app": one.app, "title": one.title, "kind": one.kind, "account": one.account, "numbering": str(one.numbering),
        "participants": people, "facts": dict(one.facts), "place": plain_place(one.place),
    }  # fmt: skip


def plain_counts(one: Counts) -> dict[str, Any]:
    """What went in and came out of one file."""
    names = ("records", "messages", "deleted", "service", "unknown", "context", "rejected")
    return {"file": one.file, "format": one.format, **{name: getattr(one, name) for name in names}, "whole": one.whole}


def plain(item: Item | Counts) -> dict[str, Any]:
    """Any item, with its `type`: "message", "conversation", "finding" or "counts"."""
    if isinstance(item, Message):
        return {"type": "message", **plain_message(item)}
    if isinstance(item, Conversation):
        return {"type": "conversation", **plain_conversation(item)}
    if isinstance(item, Counts):
        return {"type": "counts", **plain_counts(item)}
    return {"type": "finding", "code": item.code, "rejects": item.rejects, "facts": dict(item.facts), "place": plain_place(item.place)}


__all__ = ["Finding", "plain", "plain_conversation", "plain_counts", "plain_message", "plain_place"]
