"""Rows missing from a database's table that holds all conversations.

SQLite gives a new row the next number; a hole inside is what a deleted row leaves. Strong, not proven: a write that was taken back and rows of other
kinds, which the reader does not take for messages, leave holes too. Which conversation the row was of, the number does not say.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Fact, Message

KIND = "numbers_table"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    tables: dict[tuple[str, str], list[Message]] = {}
    rejected = 0
    for talk in talks:
        if talk.conversation.numbering is Numbering.PER_TABLE:
            rejected = max(rejected, talk.rejected)
            for message in talk.messages:
                if message.number is not None:
                    tables.setdefault((message.place.file, message.place.table), []).append(message)
    for messages in tables.values():
        yield from _holes(messages, rejected)


def _holes(messages: list[Message], rejected: int) -> Iterator[Gap]:
    messages.sort(key=lambda message: message.number or 0)
    for before, after in pairwise(messages):
        count = (after.number or 0) - (before.number or 0) - 1
        if count > 0:
            beside = tuple(dict.fromkeys((before.conversation, after.conversation)))
            first, last = (before.number or 0) + 1, (after.number or 0) - 1
            facts: dict[str, Fact] = {"count": count, "first": first, "last": last, "conversations": beside, "rejected": rejected}
            strength = Strength.WEAK if rejected else Strength.STRONG
            yield Gap(KIND, "", edge(before), edge(after), strength, "numbers_table", facts)


FINDER = Finder(KIND, _find)
