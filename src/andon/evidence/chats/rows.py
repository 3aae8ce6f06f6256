"""Rows of a database as records: each with the hash of what it holds; broken pages cost only the rows on them."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING, Any

import orjson

from andon.evidence.chats.model import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.reading import Part

Row = dict[str, Any]
_EMPTY = hashlib.sha256(b"").hexdigest()


def columns_of(database: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns; none when there is no such table."""
    return [str(row[1]) for row in database.execute(f'PRAGMA table_info("{table}")')]


def canonical(row: Row) -> bytes:
    """A row as JSON with sorted keys, bytes as {"hex": …}: what `Place.sha256` and `Place.length` of a row are taken of."""
    plain = {name: {"hex": value.hex()} if isinstance(value, bytes) else value for name, value in row.items()}
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)


def row_place(part: Part, table: str, rowid: int, row: Row) -> Place:
    """The place of a row."""
    raw = canonical(row)
    return Place(part.name, rowid, len(raw), hashlib.sha256(raw).hexdigest(), table)


def lookup(database: sqlite3.Connection, table: str, key: str) -> dict[Any, Row]:
    """A small table by one of its columns; empty when it is missing or cannot be read."""
    names = columns_of(database, table)
    if key not in names:
        return {}
    try:
        return {row[names.index(key)]: dict(zip(names, row, strict=True)) for row in database.execute(f'SELECT * FROM "{table}"')}  # noqa: S608 - a name from our code
    except sqlite3.DatabaseError:
        return {}


def rows_of(part: Part, database: sqlite3.Connection, table: str) -> Iterator[tuple[int, Row] | Finding]:
    """All rows of a table, counted in the tally. Where a page is broken the rest is read from the other end, and a finding says what is between."""
    names = columns_of(database, table)
    last = -(1 << 63)
    try:
        for rowid, *values in database.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - a name from our code
            part.tally.records += 1
            last = rowid
            yield rowid, dict(zip(names, values, strict=True))
    except sqlite3.DatabaseError as error:
        rest = _from_the_end(database, table, last)
        first = rest[0][0] if rest else None
        yield Finding(
            "broken_pages", Place(part.name, max(last, 0), 0, _EMPTY, table), {"after": max(last, 0), "before": first, "detail": str(error)}
        )
        for rowid, *values in rest:
            part.tally.records += 1
            yield rowid, dict(zip(names, values, strict=True))


def _from_the_end(database: sqlite3.Connection, table: str, last: int) -> list[tuple[Any, ...]]:
    """The rows behind a broken page, as far as they can be read from the end."""
    rest: list[tuple[Any, ...]] = []
    try:
        for row in database.execute(f'SELECT rowid, * FROM "{table}" WHERE rowid > ? ORDER BY rowid DESC', (last,)):  # noqa: S608 - a name from our code
            rest.append(row)  # noqa: PERF402 - what was read before an error must stay
    except sqlite3.DatabaseError:
        pass
    return rest[::-1]
