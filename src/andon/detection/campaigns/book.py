"""The book of campaigns: flagged posts with their ties and people's judgements, in one SQLite file that survives a restart.

It holds flagged posts only. Adding the same post again changes nothing. Campaigns are not stored but drawn from ties and judgements, so that a
later batch, a judgement or a better rule regroups everything the same way.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import orjson

from andon.detection.campaigns.near_index import NearIndex, codes_of
from andon.detection.campaigns.ties import Ground, Judgement, Tie, contact_key, wording_standing
from andon.domain.errors import BookError, RowError
from andon.language.contacts import find_contacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


WINDOW_DAYS = 90
CAPACITY = 1_000_000  # different wordings that are searched
_BATCH = 5_000
_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS posts (
    n INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, author TEXT NOT NULL, created_at TEXT, text TEXT NOT NULL,
    level TEXT NOT NULL, score REAL NOT NULL, kinds TEXT NOT NULL, UNIQUE (source, id)
);
CREATE TABLE IF NOT EXISTS contacts (key TEXT NOT NULL, n INTEGER NOT NULL REFERENCES posts, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS likeness (
    a INTEGER NOT NULL REFERENCES posts, b INTEGER NOT NULL REFERENCES posts, similarity REAL NOT NULL, length INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS judgements (
    n INTEGER PRIMARY KEY, a INTEGER NOT NULL REFERENCES posts, b INTEGER NOT NULL REFERENCES posts, same INTEGER NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the records of one call: new posts, those the book held already, and those that could not be used (row from 1, reason)."""

    new: int
    known: int
    rejected: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class StoredPost:
    """One post of the book. `created_at` is aware (UTC) or None; `contacts` are keys."""

    number: int
    source: str
    id: str
    url: str
    author: str
    created_at: datetime | None
    text: str
    level: str
    score: float
    kinds: tuple[str, ...]


def _utc(value: object) -> str | None:
    """A stored time: ISO 8601 in UTC. Raises RowError for what is no aware time."""
    if value is None or value == "":
        return None
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise RowError(reason="time", detail=str(value)) from error
    if time.tzinfo is None:
        raise RowError(reason="time", detail=str(value))
    return time.astimezone(UTC).isoformat()


def _row(record: object) -> tuple[Any, ...]:
    """The columns of a flagged record as `andon scan` writes it. Raises RowError for a record without text or with values of a wrong type."""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not record["text"].strip():
        raise RowError(reason="missing_text")
    if not isinstance(record.get("id"), str | int) or record["id"] == "":
        raise RowError(reason="missing_id")
    kinds, score = record.get("kinds") or [], record.get("score") or 0.0
    if not isinstance(kinds, list) or not isinstance(score, int | float):
        raise RowError(reason="record_type")
    text = {name: str(record.get(name) or "") for name in ("source", "url", "author", "level")}
    return (
        text["source"], str(record["id"]), text["url"], text["author"], _utc(record.get("created_at")), record["text"], text["level"],
        float(score), orjson.dumps([str(kind) for kind in kinds]).decode(),
    )  # fmt: skip


def _keys(record: dict[str, Any]) -> set[str]:
    """The contact keys of a record: those it lists, or, where it lists none, those found in its text."""
    listed = record.get("contacts")
    pairs = [(str(one.get("type")), str(one.get("value"))) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    pairs = pairs or [(one.type, one.value) for one in find_contacts(record["text"])]
    return {key for type_, value in pairs if (key := contact_key(type_, value))}


class CampaignBook:
    """The book in the file `path` (None: in memory, gone at the end). A context manager.

    `window` is the longest time between two posts that a tie bridges; `capacity` the number of different wordings that are searched for likeness.
    Raises BookError for a file that is no book or one of a later version.
    """

    def __init__(self, path: Path | None = None, *, window: timedelta = timedelta(days=WINDOW_DAYS), capacity: int = CAPACITY) -> None:
        self.window = window
        self._place = str(path or ":memory:")
        self._store = sqlite3.connect(self._place, isolation_level=None)
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            self._store.close()
            raise BookError(path=self._place, reason="no_book", detail=str(error)) from error
        except BookError:
            self._store.close()
            raise
        self._index = NearIndex(capacity)
        self._reread(capacity)

    def _open(self) -> None:
        """Make the tables, or see that they are there, without touching a file that is something else."""
        version = self._store.execute("PRAGMA user_version").fetchone()[0]
        named = {name for (name,) in self._store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if version > _VERSION or (named and "likeness" not in named):
            raise BookError(path=self._place, reason="version" if version > _VERSION else "no_book")
        self._store.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_TABLES} PRAGMA user_version = {_VERSION};")

    def __enter__(self) -> Self:
        """The open book."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it; what was added is written."""
        self._store.close()

    def __len__(self) -> int:
        """Number of posts."""
        return int(self._store.execute("SELECT count(*) FROM posts").fetchone()[0])

    def _reread(self, capacity: int) -> None:
        """Fill the search window from the last posts of the file."""
        count = len(self)
        self._index.posts = max(0, count - capacity)
        for start in range(self._index.posts, count, _BATCH):
            texts = self._store.execute("SELECT text FROM posts WHERE n >= ? AND n < ? ORDER BY n", (start, start + _BATCH))
            self._index.add(codes_of([text for (text,) in texts]))

    def add(self, records: Iterable[object]) -> Added:
        """Take in flagged records (as `andon scan` writes them), in batches that are each written whole or not at all."""
        new = known = 0
        rejected: list[tuple[int, str]] = []
        numbered = enumerate(records, 1)
        while stretch := list(islice(numbered, _BATCH)):
            rows: list[tuple[Any, ...]] = []
            keys: list[set[str]] = []
            for place, record in stretch:
                try:
                    rows.append(_row(record))
                    keys.append(_keys(record))  # type: ignore[arg-type]  # _row refuses what is no dict
                except RowError as error:
                    rejected.append((place, str(error.data["reason"])))
            fresh = self._fresh(rows)
            self._take([rows[k] for k in fresh], [keys[k] for k in fresh])
            new, known = new + len(fresh), known + len(rows) - len(fresh)
        return Added(new, known, tuple(rejected))

    def _fresh(self, rows: Sequence[tuple[Any, ...]]) -> list[int]:
        """Places of the rows that the book does not hold, each post once."""
        fresh: dict[tuple[str, str], int] = {}
        for place, row in enumerate(rows):
            if self._store.execute("SELECT 1 FROM posts WHERE source = ? AND id = ?", row[:2]).fetchone() is None:
                fresh.setdefault(row[:2], place)
        return list(fresh.values())

    def _take(self, rows: Sequence[tuple[Any, ...]], keys: Sequence[set[str]]) -> None:
        """Write one batch with its contacts and likenesses, in one transaction."""
        first = self._index.posts
        column = codes_of([row[5] for row in rows])
        near = self._index.add(column)
        lengths = np.diff(column.offsets)
        likeness = [
            (partner, post, similarity, int(lengths[post - first]))
            for post, partner, similarity in zip(near.post.tolist(), near.partner.tolist(), near.similarity.tolist(), strict=True)
        ]
        self._store.execute("BEGIN")
        self._store.executemany("INSERT INTO posts VALUES (?,?,?,?,?,?,?,?,?,?)", [(first + place, *row) for place, row in enumerate(rows)])
        self._store.executemany("INSERT INTO contacts VALUES (?,?)", [(key, first + place) for place, found in enumerate(keys) for key in found])
        self._store.executemany("INSERT INTO likeness VALUES (?,?,?,?)", likeness)
        self._store.execute("COMMIT")

    def number_of(self, name: str) -> int:
        """The post called `name` (its id or its address). Raises BookError for none, and for an id that stands in several sources."""
        found = self._store.execute("SELECT n FROM posts WHERE id = ? OR (url = ? AND url <> '')", (name, name)).fetchall()
        if len(found) != 1:
            raise BookError(path=self._place, reason="several_posts" if found else "no_post", name=name)
        return int(found[0][0])

    def judge(self, a: int, b: int, *, same: bool, by: str) -> None:
        """Record a person's word that posts `a` and `b` are one campaign or not. It is added, never overwritten; the last word on a pair holds."""
        if a == b or not by.strip():
            raise BookError(path=self._place, reason="judgement", name=by)
        row = (min(a, b), max(a, b), int(same), by.strip(), datetime.now(UTC).isoformat())
        self._store.execute("INSERT INTO judgements (a, b, same, by, at) VALUES (?,?,?,?,?)", row)

    def judgements(self) -> list[Judgement]:
        """All judgements in the order in which they were given."""
        return [Judgement(a, b, bool(same), by) for a, b, same, by in self._store.execute("SELECT a, b, same, by FROM judgements ORDER BY n")]

    def times(self) -> list[datetime | None]:
        """When each post was written."""
        return [datetime.fromisoformat(text) if text else None for (text,) in self._store.execute("SELECT created_at FROM posts ORDER BY n")]

    def wording_ties(self, times: Sequence[datetime | None]) -> Iterator[Tie]:
        """Ties of near-identical wording within the window of time."""
        for a, b, similarity, length in self._store.execute("SELECT a, b, similarity, length FROM likeness"):
            if _within(times[a], times[b], self.window):
                yield Tie(a, b, Ground.WORDING, wording_standing(similarity, length), round(similarity, 4))

    def shared_contacts(self) -> dict[str, list[int]]:
        """Posts of every contact that stands in more than one."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        query = "SELECT key, n FROM contacts WHERE key IN (SELECT key FROM contacts GROUP BY key HAVING count(*) > 1) ORDER BY key, n"
        for key, n in self._store.execute(query):
            found[key].append(n)
        return dict(found)

    def posts(self, numbers: Sequence[int]) -> Iterator[StoredPost]:
        """The posts of those numbers, in order."""
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            marks = ",".join("?" * len(part))
            query = f"SELECT n, source, id, url, author, created_at, text, level, score, kinds FROM posts WHERE n IN ({marks}) ORDER BY n"  # noqa: S608 - marks only
            for n, source, id_, url, author, created, text, level, score, kinds in self._store.execute(query, part):
                time = datetime.fromisoformat(created) if created else None
                yield StoredPost(n, source, id_, url, author, time, text, level, score, tuple(orjson.loads(kinds)))

    def contact_keys(self, numbers: Sequence[int]) -> Iterator[str]:
        """The contact keys of those posts, one for each post that has it."""
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            marks = ",".join("?" * len(part))
            for (key,) in self._store.execute(f"SELECT key FROM contacts WHERE n IN ({marks})", part):  # noqa: S608 - marks only
                yield key


def _within(a: datetime | None, b: datetime | None, window: timedelta) -> bool:
    """Whether two posts lie within the window; a post without a time is not kept apart by it."""
    return a is None or b is None or abs(a - b) <= window
