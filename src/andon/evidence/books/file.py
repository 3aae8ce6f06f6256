"""The file of a book: SQLite, written once under another name, then only read, immutable.

row      every row's record as bytes (`packing`), by its number in the order of arrival
block    runs of rows: their folded texts with the sieve (`forms`), and what rows are filtered by
talk     conversations; shown: their order in pieces of 4,096 positions; id_hash: message ids to rows; day, person, gap
finding  findings and counts of the reading; view: of a merged book the phones (there `id_hash` goes by phone)
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from andon.domain.errors import EvidenceError
from andon.evidence.custody.tool import tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Any

VERSION = 1
PIECE = 4096  # positions in one piece of an order
_SCHEMA = """
CREATE TABLE book (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE row (number INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE block (number INTEGER PRIMARY KEY, first INTEGER NOT NULL, rows INTEGER NOT NULL, codes BLOB NOT NULL, starts BLOB NOT NULL);
CREATE TABLE sieve (number INTEGER PRIMARY KEY, bits BLOB NOT NULL);
CREATE TABLE facet (number INTEGER PRIMARY KEY, talk BLOB NOT NULL, position BLOB NOT NULL, at BLOB NOT NULL, author BLOB NOT NULL,
    kind BLOB NOT NULL);
CREATE TABLE talk (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, record BLOB NOT NULL, length INTEGER NOT NULL, first_at INTEGER,
    last_at INTEGER, gaps INTEGER NOT NULL, findings INTEGER NOT NULL);
CREATE TABLE shown (talk INTEGER, piece INTEGER, first_at INTEGER NOT NULL, rows BLOB NOT NULL, at BLOB NOT NULL, moved BLOB NOT NULL,
    PRIMARY KEY (talk, piece)) WITHOUT ROWID;
CREATE TABLE id_hash (talk INTEGER, first INTEGER, piece INTEGER, hashes BLOB NOT NULL, positions BLOB NOT NULL,
    PRIMARY KEY (talk, first, piece)) WITHOUT ROWID;
CREATE TABLE day (talk INTEGER, day INTEGER, position INTEGER NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (talk, day)) WITHOUT ROWID;
CREATE TABLE person (talk INTEGER, number INTEGER, author INTEGER, record BLOB NOT NULL, rows INTEGER NOT NULL, first_at INTEGER, last_at INTEGER,
    PRIMARY KEY (talk, number)) WITHOUT ROWID;
CREATE TABLE author (number INTEGER PRIMARY KEY, key BLOB NOT NULL);
CREATE INDEX author_key ON author (key);
CREATE TABLE gap (number INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE gap_at (talk INTEGER, position INTEGER, gap INTEGER, PRIMARY KEY (talk, position, gap)) WITHOUT ROWID;
CREATE TABLE finding (number INTEGER PRIMARY KEY, talk INTEGER, record BLOB NOT NULL);
CREATE TABLE counts (number INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE view (number INTEGER PRIMARY KEY, label TEXT NOT NULL, record BLOB NOT NULL, rows INTEGER NOT NULL, book TEXT NOT NULL);
"""


class BookFile:
    """A book being written. As a context manager it takes its name at the end, or is removed when something failed."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.{os.getpid()}.andon-part")
        self._part.unlink(missing_ok=True)
        self.database = sqlite3.connect(self._part, isolation_level=None)
        for setting in ("page_size = 16384", "journal_mode = OFF", "synchronous = OFF", "cache_size = -16000", "temp_store = FILE"):
            self.database.execute(f"PRAGMA {setting}")
        self.database.executescript(_SCHEMA)
        self.database.execute("BEGIN")
        made = {"format": "andon-book", "version": str(VERSION), "kind": kind, "tool": f"{tool()['name']} {tool()['version']}"}
        self.database.executemany("INSERT INTO book VALUES (?, ?)", made.items())

    def add(self, table: str, rows: Iterator[tuple[Any, ...]] | list[tuple[Any, ...]], width: int) -> None:
        """Rows into one of our tables."""
        self.database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - our own names

    def __enter__(self) -> Self:
        """The file."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give it its name, or remove it."""
        try:
            if kind is None:
                self.database.execute("COMMIT")
            self.database.close()
            if kind is None:
                with self._part.open("rb") as written:
                    os.fsync(written.fileno())
                self._part.replace(self.path)
        finally:
            self._part.unlink(missing_ok=True)


def file_facts(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a finished book."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Whatever shows that a book is damaged becomes one EvidenceError (reason "book_damaged")."""
    try:
        yield
    except (sqlite3.DatabaseError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise EvidenceError(reason="book_damaged", path=str(path), detail=f"{type(error).__name__}: {error}"[:200]) from error


def opened(path: Path, kind: str) -> sqlite3.Connection:
    """The database of a book of that kind, for reading only. Raises EvidenceError (reason "missing", "no_book", "book_damaged")."""
    if not path.is_file():
        raise EvidenceError(reason="missing", path=str(path))
    database = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    try:
        for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "cache_size = -8000"):
            database.execute(f"PRAGMA {setting}")
        said = dict(database.execute("SELECT name, value FROM book").fetchall())
    except sqlite3.DatabaseError as error:
        database.close()
        raise EvidenceError(reason="no_book", path=str(path), detail=str(error)) from error
    if said.get("format") != "andon-book" or said.get("version") != str(VERSION) or said.get("kind") != kind:
        database.close()
        raise EvidenceError(reason="no_book", path=str(path), detail=f"{said.get('kind')} {said.get('version')}")
    return database
