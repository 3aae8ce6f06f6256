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

    from andon.evidence.chats.model import Fact

KIND = "numbers_table"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    tables: dict[tuple[str, str], list[tuple[int, int, int]]] = {}  # number, conversation, place
    rejected = 0
    for at, talk in enumerate(talks):
        if talk.conversation.numbering is Numbering.PER_TABLE:
            rejected = max(rejected, talk.rejected)
            for place, light in enumerate(talk.lights()):
                if light.number is not None:
                    tables.setdefault((light.file, light.table), []).append((light.number, at, place))
    for numbers in tables.values():
        yield from _holes(talks, sorted(numbers), rejected)


def _holes(talks: Sequence[Talk], numbers: list[tuple[int, int, int]], rejected: int) -> Iterator[Gap]:
    for (low, talk_before, place_before), (high, talk_after, place_after) in pairwise(numbers):
        count = high - low - 1
        if count > 0:
            before, after = talks[talk_before].messages[place_before], talks[talk_after].messages[place_after]
            beside = tuple(dict.fromkeys((before.conversation, after.conversation)))
            facts: dict[str, Fact] = {"count": count, "first": low + 1, "last": high - 1, "conversations": beside, "rejected": rejected}
            strength = Strength.WEAK if rejected else Strength.STRONG
            yield Gap(KIND, "", edge(before), edge(after), strength, "numbers_table", facts)


FINDER = Finder(KIND, _find)
