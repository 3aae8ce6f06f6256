"""Rows missing from a database's table that holds all conversations.

SQLite gives a new row the next number; a hole inside is what a deleted row leaves. Strong, not proven: a write that was taken back and rows of other
kinds, which the reader does not take for messages, leave holes too. Which conversation the row was of, the number does not say.

Some databases also keep the highest number they ever gave (`rows_given`): rows behind the last one that is here were written once. Where every
conversation counts on its own besides (iOS WhatsApp), only holes that lie in no hole of a conversation's own numbers are told here: they are rows of
conversations that are gone as a whole, or from before the first or behind the last number of one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Fact

KIND = "numbers_table"


@dataclass(slots=True)
class _Table:
    """One table: the number of every row with its conversation and place, the highest number ever given, and what is explained otherwise."""

    rows: list[tuple[int, int, int]] = field(default_factory=list)
    given: int | None = None
    is_read: bool = True  # no record was rejected and no page is broken
    explained: list[tuple[int, int]] = field(default_factory=list)  # rows around a hole of a conversation's own numbers


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    tables: dict[tuple[str, str], _Table] = {}
    is_read = not any(talk.rejected or talk.conversation.facts.get("pages_broken") for talk in talks)
    for at, talk in enumerate(talks):
        if talk.conversation.numbering is Numbering.PER_TABLE:
            for place, light in enumerate(talk.lights()):
                if light.number is not None:
                    _table(tables, talk, light.file, light.table).rows.append((light.number, at, place))
        elif talk.conversation.numbering is Numbering.PER_CHAT and talk.rows():
            _own_numbers(tables, at, talk)
    for table in tables.values():
        table.is_read = is_read
        table.rows.sort()
        yield from _holes(talks, table)


def _table(tables: dict[tuple[str, str], _Table], talk: Talk, file: str, name: str) -> _Table:
    table = tables.setdefault((file, name), _Table())
    given = talk.conversation.facts.get("rows_given")
    if isinstance(given, int) and (table.given is None or given > table.given):
        table.given = given
    return table


def _own_numbers(tables: dict[tuple[str, str], _Table], at: int, talk: Talk) -> None:
    """Rows of a conversation that counts on its own, and where holes of its own numbers lie."""
    row_of: dict[int, tuple[_Table, int]] = {}
    for place, light in enumerate(talk.lights()):
        if light.table:
            table = _table(tables, talk, light.file, light.table)
            table.rows.append((light.offset, at, place))
            row_of[place] = table, light.offset
    for (low, before), (high, after) in pairwise(talk.numbers()):
        if high - low > 1 and before in row_of and after in row_of:
            table, first = row_of[before]
            table.explained.append((first, row_of[after][1]))


def _holes(talks: Sequence[Talk], table: _Table) -> Iterator[Gap]:
    strength = Strength.STRONG if table.is_read else Strength.WEAK
    for (low, talk_before, place_before), (high, talk_after, place_after) in pairwise(table.rows):
        count = high - low - 1
        if count > 0 and not any(first <= low and high <= last for first, last in table.explained):
            before, after = talks[talk_before].messages[place_before], talks[talk_after].messages[place_after]
            beside = tuple(dict.fromkeys((before.conversation, after.conversation)))
            facts: dict[str, Fact] = {"count": count, "first": low + 1, "last": high - 1, "conversations": beside}
            yield Gap(KIND, "", edge(before), edge(after), strength, "numbers_table", facts)
    last, at, place = table.rows[-1] if table.rows else (0, 0, 0)
    if table.rows and table.given is not None and table.given > last:
        before = talks[at].messages[place]
        facts = {"count": table.given - last, "first": last + 1, "last": table.given, "conversations": (before.conversation,)}
        yield Gap(KIND, "", edge(before), None, strength, "numbers_table.end", facts)


FINDER = Finder(KIND, _find)
