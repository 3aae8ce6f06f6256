"""Suppress small numbers in a public table, so that nobody can work them out from the sums.

A number below the least shown (but not nought) is hidden, and with it all other parts of the same sum; the sum itself, too, where it would leave its
parts no choice. Which rows are hidden does not follow the size of a hidden one: choosing the smallest others would tell a reader who knows the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from andon.console.undercover.contactlog.rules import LEAST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: cases, people where there are any. `parent`: place of the line that it is a part of. Hidden: both are None."""

    code: str
    depth: int
    parent: int | None
    cases: int | None
    people: int | None = None
    is_hidden: bool = False


def published(table: list[Row], least: int = LEAST_SHOWN, also: Collection[str] = ()) -> list[Row]:
    """The table as the public gets it. `also`: codes of rows that are hidden whatever they say, because an earlier table of the same hid them."""
    hidden = {place for place, row in enumerate(table) if _is_small(row.cases, least) or _is_small(row.people, least)}
    hidden |= {place for place, row in enumerate(table) if row.code in also and _counts(row)}
    while more := {place for parent in _parents(table) for place in _to_hide(table, parent, hidden)} - hidden:
        hidden |= more
    return [replace(row, cases=None, people=None, is_hidden=True) if place in hidden else row for place, row in enumerate(table)]


def _is_small(number: int | None, least: int) -> bool:
    return number is not None and 0 < number < least


def _counts(row: Row) -> bool:
    """Whether there is anything to hide: nought is never hidden."""
    return bool(row.cases or row.people)


def _parents(table: list[Row]) -> list[int]:
    return sorted({row.parent for row in table if row.parent is not None})


def _to_hide(table: list[Row], parent: int, hidden: set[int]) -> set[int]:
    """What has to be hidden of a sum and its parts: all parts or none; the sum where it is one part alone, or no more than its parts must be."""
    parts = _parts(table, parent)
    if parent not in hidden and not parts & hidden:
        return set()
    tells = len(parts) == 1 or (table[parent].cases or 0) <= sum(_least(table, place) for place in parts)
    return parts | {parent} if tells else parts


def _parts(table: list[Row], parent: int) -> set[int]:
    return {place for place, row in enumerate(table) if row.parent == parent and _counts(row)}


def _least(table: list[Row], place: int) -> int:
    """What a hidden number must be at least, by the rows that stand below it."""
    return max(1, sum(_least(table, part) for part in _parts(table, place)))
