"""Suppress small numbers in a public table, so that nobody can work them out from the sums.

A number below the least shown (but not nought) is hidden; then as many others as it takes that no hidden one follows from its sum. The order in which
others are hidden is fixed (the smallest first), so that the same table always looks the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from andon.console.undercover.contactlog.rules import LEAST_SHOWN


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: cases, people where there are any. `parent`: place of the line that it is a part of. Hidden: both are None."""

    code: str
    depth: int
    parent: int | None
    cases: int | None
    people: int | None = None
    is_hidden: bool = False


def published(table: list[Row], least: int = LEAST_SHOWN) -> list[Row]:
    """The table as the public gets it."""
    hidden = {place for place, row in enumerate(table) if _is_small(row.cases, least) or _is_small(row.people, least)}
    while True:
        more = next((place for parent in _parents(table) if (place := _to_hide(table, parent, hidden)) is not None), None)
        if more is None:
            break
        hidden.add(more)
    return [replace(row, cases=None, people=None, is_hidden=True) if place in hidden else row for place, row in enumerate(table)]


def _is_small(number: int | None, least: int) -> bool:
    return number is not None and 0 < number < least


def _parents(table: list[Row]) -> list[int]:
    return sorted({row.parent for row in table if row.parent is not None})


def _to_hide(table: list[Row], parent: int, hidden: set[int]) -> int | None:
    """What has to be hidden besides, for a sum and its parts; nothing when neither gives the other away."""
    parts = [place for place, row in enumerate(table) if row.parent == parent and (row.cases or row.people)]
    gone = [place for place in parts if place in hidden]
    left = sorted((place for place in parts if place not in hidden), key=lambda place: (table[place].cases or 0, place))
    if parent in hidden:
        return left[0] if parts and not gone else None
    if not gone or (len(gone) > 1 and any(_least(table, place, hidden) < (table[place].cases or 0) for place in gone)):
        return None
    return left[0] if left else parent


def _least(table: list[Row], place: int, hidden: set[int]) -> int:
    """The least that a reader knows a hidden number to be: 1, or what its own parts come to. Where all are at their least, their sum tells them."""
    parts = [part for part, row in enumerate(table) if row.parent == place and (row.cases or row.people)]
    return max(1, sum(_least(table, part, hidden) if part in hidden else table[part].cases or 0 for part in parts))
