"""SQLite databases of evidence, for reading only: in place as immutable, or as a scratch copy together with their log.

`immutable=1` makes SQLite leave out locks, journals and the shared-memory file (https://www.sqlite.org/uri.html): nothing appears beside the file.
An authorizer refuses what could write anywhere, ATTACH among it. The schema of the file is not trusted (functions in views, virtual tables).
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from andon.domain.errors import EvidenceError
from andon.evidence.custody.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SQLITE_MAGIC = b"SQLite format 3\x00"
# What a query over a damaged file raises. The second: the error message quotes bytes of the file, and Python cannot decode it.
BROKEN_DATABASE = (sqlite3.DatabaseError, UnicodeDecodeError)
_MOST_LENGTH = 1 << 28  # bytes of one value or row
_ALLOWED = frozenset({
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_RECURSIVE,
    sqlite3.SQLITE_TRANSACTION,
})  # fmt: skip
_PRAGMAS = frozenset({
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list", "page_size", "page_count",
    "freelist_count", "encoding",
    "user_version", "application_id", "schema_version", "integrity_check", "quick_check", "database_list", "auto_vacuum",
})  # fmt: skip


@contextmanager
def opened_database(
    path: Path, pieces: Callable[[], Iterable[bytes]], logs: Mapping[str, Callable[[], Iterable[bytes]]], *, in_place: bool = True
) -> Iterator[sqlite3.Connection]:
    """A connection that can only read.

    `path` is the file itself (`in_place`) or the name of one that lies in an archive; `logs` gives the bytes of what lies beside it, by ending
    ("-wal", "-journal"). With logs, or not in place, everything is copied to a scratch folder first, and SQLite applies the log to the copy.
    Raises EvidenceError (reason "not_a_database") for a file that SQLite cannot use; a query over broken pages raises sqlite3.DatabaseError.
    """
    if in_place and not logs:
        with _connected(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", path) as connection:
            yield connection
        return
    with scratch(path) as folder:
        copy = folder / "copy.db"
        _write(copy, pieces())
        for ending, content in logs.items():
            _write(Path(f"{copy}{ending}"), content())
        with _connected(f"file:{quote(str(copy))}?mode=rw", path) as connection:
            yield connection


@contextmanager
def _connected(uri: str, path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        try:
            _made_safe(connection)
        except BROKEN_DATABASE as error:
            raise EvidenceError(reason="not_a_database", path=str(path), detail=str(error)) from error
        yield connection
    finally:
        connection.close()


def _made_safe(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_LENGTH)
    for setting in ("trusted_schema = OFF", "query_only = ON", "temp_store = MEMORY", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the first look at the file: here it proves to be a database
    connection.set_authorizer(_allowed)
    connection.text_factory = lambda value: value.decode("utf-8", "replace")


def _allowed(action: int, first: str | None, second: str | None, _database: str | None, _inside: str | None) -> int:
    """SQLite's answer to one part of a statement: reading is allowed, settings may be asked for but not changed."""
    if action == sqlite3.SQLITE_PRAGMA:
        asks = first in _PRAGMAS and (second is None or first.startswith(("table_", "index_", "foreign_")) or first.endswith("_check"))
        return sqlite3.SQLITE_OK if asks else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
