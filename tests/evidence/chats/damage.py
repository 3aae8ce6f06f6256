"""Ways to damage an export: at the bytes, in its encoding, in the values of its JSON and of its tables. Every way draws from one seeded source."""

from __future__ import annotations

import copy
import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

MOST = 1 << 20  # bytes of a damaged file
TOKENS = (
    b"\x00", b"{", b"}", b"[", b"]", b'"', b"\\", b"\\x0B", b"\\ud800", b"<", b">", b"/>", b"</", b"&#0;", b"&#55357;", b"&amp;", b"]]>", b"<!--", b"\n", b"\r\n", b"\r",
    b"\t", b"\t\t", b"\xff", b"\xe3", b"\xef\xbb\xbf", b"\xe2\x80\x8e", b"\xe2\x80\xaf", b"null", b"true", b"NaN", b"-1", b"0", b"1e999", b"9" * 400, b"99999999999999999999",
    b"2026/02/30", b"2026.13.01", b"24:00", b"12:60 PM", b": ", b" - ", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<model type='Chat'>", b'"messages":[', b'{"chatItem":{',
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 1.5, -0.0, 1e308, "", "x", "0", "-1", "9" * 30, "\x00", "\ud800", "😀" * 3, "2026-02-30T25:61:00", "1" * 5000,
    [], {}, [None], [[]], [{}], {"": None}, {"type": 1}, {"text": [1, {"text": None}]}, ["a", 1, None, {"a": []}], [[[[[[[[]]]]]]]],
)  # fmt: skip
CODECS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc-jp", "latin-1", "utf-32")


def _cut(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    return raw[: rng.randrange(len(raw) + 1)]


def _behead(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    return raw[rng.randrange(len(raw) + 1) :]


def _flip(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    made = bytearray(raw)
    for _ in range(rng.randrange(1, 9)):
        if made:
            made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


def _put(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    made = bytearray(raw)
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(made) + 1)
        made[at : at + rng.choice((0, 0, 1, 4, 40))] = rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 70))
    return bytes(made)


def _double(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    start = rng.randrange(len(raw) + 1)
    end = min(len(raw), start + rng.randrange(1, 2000))
    return raw[:end] + raw[start:end] * rng.choice((1, 2, 30)) + raw[end:]


def _drop(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    start = rng.randrange(len(raw) + 1)
    return raw[:start] + raw[start + rng.randrange(1, 300) :]


def _splice(rng: random.Random, raw: bytes, other: bytes) -> bytes:
    return raw[: rng.randrange(len(raw) + 1)] + other[rng.randrange(len(other) + 1) :]


def _nest(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    at, depth = rng.randrange(len(raw) + 1), rng.choice((3, 70, 5000, 60_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"<div>", b"</div>"), (b'"', b'"'), (b"\n", b""), (b"(", b")")))
    return raw[:at] + opening * depth + closing * rng.choice((0, depth)) + raw[at:]


def _recode(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode(rng.choice(CODECS), "replace")


def _lines(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    """Lines in another order, with another end, or many times over."""
    lines = raw.splitlines(keepends=True)
    if rng.random() < 0.4:
        rng.shuffle(lines)
    elif rng.random() < 0.5:
        lines = [line.rstrip(b"\r\n") + rng.choice((b"\r", b"\r\n", b"\n\n", b"")) for line in lines]
    else:
        lines *= rng.choice((2, 40))
    return b"".join(lines)


def _digits(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    made = bytearray(raw)
    places = [at for at, value in enumerate(made) if 48 <= value <= 57]
    for at in rng.sample(places, min(len(places), rng.randrange(1, 12))):
        made[at] = 48 + rng.randrange(10)
    return bytes(made)


def _values(rng: random.Random, raw: bytes, _other: bytes) -> bytes:
    """Values of JSON changed for values of other kinds, keys taken out; of JSON Lines in one line."""
    start = raw.find(b"=") + 1 if raw.startswith(b"window") else 0
    body = raw[start:].rstrip(b"; \n")
    try:
        return raw[:start] + _dumped(_changed(rng, json.loads(body)))
    except (ValueError, RecursionError):
        pass
    lines = raw.splitlines()
    try:
        at = rng.randrange(len(lines))
        lines[at] = _dumped(_changed(rng, json.loads(lines[at])))
    except (ValueError, RecursionError):
        return _put(rng, raw, b"")
    return b"\n".join(lines)


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _changed(rng: random.Random, value: Any) -> Any:
    for _ in range(rng.randrange(1, 4)):
        nodes: list[tuple[Any, Any]] = []
        waiting = [value]
        while waiting:
            one = waiting.pop()
            inner = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
            nodes += [(one, key) for key, _ in inner]
            waiting += [child for _, child in inner]
        if not nodes:
            return copy.deepcopy(rng.choice(VALUES))
        holder, key = rng.choice(nodes)
        if isinstance(holder, dict) and rng.random() < 0.25:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(rng.choice(VALUES))  # a value put in twice could end up inside itself
    return value


WAYS: tuple[Callable[[random.Random, bytes, bytes], bytes], ...] = (
    _cut, _behead, _flip, _put, _put, _double, _drop, _splice, _nest, _recode, _lines, _digits, _values, _values, _values,
)  # fmt: skip


def damaged(rng: random.Random, raw: bytes, other: bytes) -> tuple[bytes, str]:
    """`raw` damaged in one to three ways, and their names."""
    names = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        way = rng.choice(WAYS)
        raw = way(rng, raw, other)[:MOST]
        names.append(way.__name__)
    return raw, "+".join(names)


def damaged_database(rng: random.Random, path: Path) -> str:
    """Change the database at `path`: bytes of its pages, or values, columns and tables by SQL."""
    if rng.random() < 0.4:
        raw = bytearray(path.read_bytes())
        for _ in range(rng.randrange(1, 5)):
            at = rng.randrange(16 if rng.random() < 0.1 else 100, len(raw))
            raw[at : at + rng.choice((1, 4, 64, 1024))] = rng.randbytes(rng.choice((1, 4, 64, 1024)))
        path.write_bytes(bytes(raw[: rng.randrange(len(raw)) if rng.random() < 0.2 else len(raw)]))
        return "pages"
    with sqlite3.connect(path) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for _ in range(rng.randrange(1, 5)):
            _by_sql(rng, database, rng.choice(tables))
    database.close()
    return "values"


def _by_sql(rng: random.Random, database: sqlite3.Connection, table: str) -> None:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    if not columns:
        return
    column = rng.choice(columns)
    value = rng.choice((*(one for one in VALUES if not isinstance(one, (list, dict)) and one not in {"\ud800", 2**63}), b"\xff\x00", b"", rng.randbytes(40), "[1]", "{}", '{"a":'))
    try:
        if rng.random() < 0.15:
            database.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
        elif rng.random() < 0.1:
            database.execute(f'DELETE FROM "{table}"')
        elif rng.random() < 0.5:
            database.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))
        else:
            database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid IN (SELECT rowid FROM "{table}" ORDER BY random() LIMIT 1)', (value,))
    except sqlite3.DatabaseError:
        pass
