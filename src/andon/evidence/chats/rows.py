"""Rows of a database as records: each with the hash of what it holds; broken pages cost only the rows on them."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING, Any

import orjson

from andon.evidence.chats.model import Finding, Place, new_place
from andon.evidence.custody.database import BROKEN_DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from andon.evidence.chats.model import Fact
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


def plain_value(value: object) -> Fact:
    """A value of a row as a fact: bytes as "hex:" and their digits, the rest as it is."""
    return f"hex:{value.hex()}" if isinstance(value, bytes) else value if isinstance(value, (str, int, float)) else None


def text_of(value: object) -> str:
    """A value of a row as text: "" for none, bytes as far as they are text."""
    return "" if value is None else value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def row_place(part: Part, table: str, rowid: int, row: Row) -> Place:
    """The place of a row."""
    raw = canonical(row)
    return new_place(part.name, rowid, len(raw), hashlib.sha256(raw).hexdigest(), table)


def lookup(database: sqlite3.Connection, table: str, key: str) -> dict[Any, Row]:
    """A small table by one of its columns, as far as it can be read; empty when it is missing."""
    names = columns_of(database, table)
    if key not in names:
        return {}
    found: dict[Any, Row] = {}
    try:
        for _, *values in rising(database.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')):  # noqa: S608 - a name from our code
            row = dict(zip(names, values, strict=True))
            found[row[key]] = row
    except BROKEN_DATABASE:
        pass
    return found


def rising(rows: Iterable[tuple[Any, ...]], *, falls: bool = False) -> Iterator[tuple[Any, ...]]:
    """Rows as long as their first column, the row's number, rises (or falls): pages that point to one another would give them without end.

    Raises sqlite3.DatabaseError behind the last.
    """
    last: int | None = None
    for row in rows:
        if last is not None and (row[0] >= last if falls else row[0] <= last):
            raise sqlite3.DatabaseError("rows repeat")
        last = row[0]
        yield row


def rows_of(part: Part, database: sqlite3.Connection, table: str) -> Iterator[tuple[int, Row] | Finding]:
    """All rows of a table, counted in the tally. Where a page is broken the rest is read from the other end, and a finding says what is between."""
    names = columns_of(database, table)
    last = -(1 << 63)
    try:
        for rowid, *values in rising(database.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')):  # noqa: S608 - a name from our code
            part.tally.records += 1
            last = rowid
            yield rowid, dict(zip(names, values, strict=True))
    except BROKEN_DATABASE as error:
        rest = _from_the_end(database, table, last)
        first = rest[0][0] if rest else None
        part.tell_all(pages_broken=True)
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
        query = f'SELECT rowid, * FROM "{table}" WHERE rowid > ? ORDER BY rowid DESC'  # noqa: S608 - a name from our code
        for row in rising(database.execute(query, (last,)), falls=True):
            rest.append(row)  # noqa: PERF402 - what was read before an error must stay
    except BROKEN_DATABASE:
        pass
    return rest[::-1]


def rows_given(database: sqlite3.Connection, table: str, entity: str = "") -> int | None:
    """The highest number that the database ever gave to a row of a table, or None where it keeps no count.

    SQLite keeps it of tables with AUTOINCREMENT, Apple's Core Data by the name of the `entity`.
    """
    queries = [("SELECT seq FROM sqlite_sequence WHERE name = ?", table)]
    if entity:
        queries.append(("SELECT Z_MAX FROM Z_PRIMARYKEY WHERE Z_NAME = ?", entity))
    for query, name in queries:
        try:
            found = database.execute(query, (name,)).fetchone()
        except BROKEN_DATABASE:
            continue
        if found is not None and isinstance(found[0], int):
            return found[0]
    return None
