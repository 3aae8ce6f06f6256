"""Invented conversations, whole, to take something away from."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from andon.evidence.chats.gaps.gap import Talk
from andon.evidence.chats.model import Clock, Conversation, Kind, Message, Numbering, Participant, Place

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PEOPLE = (Participant("user1", "黒猫"), Participant("user2", "しろ"), Participant("user3", "運び屋", is_owner=True))


def message(seq: int, *, conversation: str = "c", number: int | None = None, file: str = "result.json", table: str = "", **more: Any) -> Message:
    """The message of that place: one a minute, people in turn."""
    who = PEOPLE[seq % 3]
    given = {"text": f"本文 {conversation} {seq}", "sent_at": START + timedelta(minutes=seq), "author": who.key, "author_name": who.name} | more
    number = seq + 1 if number is None else number
    place = Place(file, number if table else seq * 100, 90, hashlib.sha256(f"{conversation} {seq}".encode()).hexdigest(), table)
    return Message(str(number), conversation, seq, more.pop("kind", Kind.TEXT), place, clock=Clock.STATED, number=number, **{key: value for key, value in given.items() if key != "kind"})


def talk(count: int, numbering: Numbering = Numbering.PER_CHAT, *, key: str = "c", account: str = "", **more: Any) -> Talk:
    """A conversation of `count` messages with nothing missing."""
    conversation = Conversation(key, "telegram", "深夜便", participants=PEOPLE, account=account, numbering=numbering)
    return Talk(conversation, [message(seq, conversation=key, **more) for seq in range(count)])


def without(whole: Talk, *places: int) -> Talk:
    """The same with the messages at these places taken away, the rest told as the file then tells it."""
    kept = [one for at, one in enumerate(whole.messages) if at not in places]
    return Talk(whole.conversation, [replace(one, seq=seq) for seq, one in enumerate(kept)], whole.rejected)


def with_facts(whole: Talk, **facts: Any) -> Talk:
    """The same with facts of the export."""
    return Talk(replace(whole.conversation, facts=facts), whole.messages, whole.rejected)


def changed(whole: Talk, at: int, **more: Any) -> Talk:
    """The same with one message told otherwise."""
    messages = list(whole.messages)
    messages[at] = replace(messages[at], **more)
    return Talk(whole.conversation, messages, whole.rejected)
