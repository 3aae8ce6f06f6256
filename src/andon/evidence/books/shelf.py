"""What reading a book and reading a merged one have in common: rows by position, times, days, and search."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

import numpy as np

from andon.domain.errors import EvidenceError
from andon.evidence.books.columns import NO_TIME, hash_of, kind_code
from andon.evidence.books.file import PIECE, damage, opened
from andon.evidence.books.forms import codes_of, forms_from, may_hold, rows_with, sieve_from
from andon.evidence.books.model import BookTalk, Day, Found, Hit
from andon.evidence.books.packing import instant, unpack_conversation, unpacked
from andon.evidence.books.spans import spans_of
from andon.evidence.chats.gaps.gap import microseconds
from andon.evidence.chats.model import Participant
from andon.language.bigrams import search_form

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from andon.evidence.chats.model import Kind

Person = tuple[Participant, int, "datetime | None", "datetime | None"]
MOST_TYPED = 200  # characters of a query that are looked at
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows a search looks at."""

    number: int | None = None
    author: str | None = None
    kind: Kind | None = None
    since: datetime | None = None
    until: datetime | None = None


class Shelf:
    """An open book. A context manager; use one per thread."""

    kind = ""

    def __init__(self, path: Path) -> None:
        """Raises EvidenceError: reason "missing", "no_book", "book_damaged"."""
        self.path = path
        self._database = opened(path, self.kind)

    def __enter__(self) -> Self:
        """The book."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close it."""
        self._database.close()

    def conversations(self) -> list[BookTalk]:
        """All conversations, in the order of their first appearance."""
        asked = "SELECT number, record, length, first_at, last_at, gaps, findings FROM talk ORDER BY number"
        with damage(self.path):
            return [_talk(row) for row in self._database.execute(asked).fetchall()]

    def conversation(self, number: int) -> BookTalk:
        """One conversation. Raises EvidenceError (reason "no_conversation")."""
        self.length(number)
        asked = "SELECT number, record, length, first_at, last_at, gaps, findings FROM talk WHERE number = ?"
        with damage(self.path):
            return _talk(self._database.execute(asked, (number,)).fetchone())

    def number_of(self, key: str) -> int | None:
        """The number of the conversation with this key."""
        with damage(self.path):
            found = self._database.execute("SELECT number FROM talk WHERE key = ?", (key.encode("utf-8", "surrogatepass"),)).fetchone()
            return None if found is None else int(found[0])

    def length(self, number: int = 1) -> int:
        """How many rows a conversation has. Raises EvidenceError (reason "no_conversation")."""
        with damage(self.path):
            found = self._database.execute("SELECT length FROM talk WHERE number = ?", (number,)).fetchone()
        if found is None:
            raise EvidenceError(reason="no_conversation", path=str(self.path), name=str(number))
        return int(found[0])

    def position_at(self, number: int, when: datetime) -> int:
        """The position of the first row at or after an instant; the length when there is none. Rows without a known time stand first."""
        at = microseconds(when)
        length = self.length(number)
        with damage(self.path):
            asked = "SELECT piece, at FROM shown WHERE talk = ? AND piece = (SELECT max(piece) FROM shown WHERE talk = ? AND first_at < ?)"
            found = self._database.execute(asked, (number, number, at)).fetchone()
            if found is None:
                return 0
            piece, times = found
            return min(int(piece) * PIECE + int(np.searchsorted(np.frombuffer(times, np.int64), at)), length)

    def days(self, number: int = 1) -> list[Day]:
        """Days in Japan with the position of their first row and how many rows they have."""
        with damage(self.path):
            rows = self._database.execute("SELECT day, position, rows FROM day WHERE talk = ? ORDER BY day", (number,)).fetchall()
            return [Day(_FIRST_DAY + timedelta(days=day), position, count) for day, position, count in rows]

    def search(
        self, query: str, number: int | None = None, *, author: str | None = None, kind: Kind | None = None, since: datetime | None = None,
        until: datetime | None = None, limit: int = 50, after: tuple[int, int] | None = None, before: tuple[int, int] | None = None,
    ) -> Found:  # fmt: skip
        """Rows that hold what was typed, folded as everywhere (width, kana, disguises), in the order shown; at most `limit` of them.

        `after`: (number, position) of the last row that was seen; `before`: the first one, to go back. `author` is a participant's key, `since` and
        `until` a half-open range of known times.
        """
        form = search_form(query.strip()[:MOST_TYPED])
        if not form:
            return Found(0, (), "")
        with damage(self.path):
            places = self._places(form, Filter(number, author, kind, since, until))
            begin, end = _page(places, limit, after, before)
            shown = [(int(talk), int(place)) for talk, place in places[begin:end]]
            records = self._at_places(shown)
            return Found(len(places), tuple(_hit(*place, self._fields(records[place], place[0]), form) for place in shown), form, begin)

    def places(self, query: str, number: int | None = None, **more: object) -> list[tuple[int, int]]:
        """All conversations and positions that `search` counts, in order: for a strip of where they lie, and for going from one to the next."""
        form = search_form(query.strip()[:MOST_TYPED])
        if not form:
            return []
        with damage(self.path):
            found = self._places(form, Filter(number, **more))  # type: ignore[arg-type]  # the names of `search`
            return [(talk, place) for talk, place in found.tolist()]

    def people(self, number: int) -> list[Person]:
        """Who takes part, with how many rows, the first and the last known time of them."""
        asked = "SELECT record, rows, first_at, last_at FROM person WHERE talk = ? ORDER BY number"
        with damage(self.path):
            return [(_participant(record), count, _at(first), _at(last)) for record, count, first, last in self._database.execute(asked, (number,))]

    def _places(self, form: str, wanted: Filter) -> np.ndarray:
        """Conversation and position of every row with `form`, sorted."""
        found = [place for block, rows in self._blocks_with(form) for place in [self._kept(block, rows, wanted)] if len(place)]
        if not found:
            return np.empty((0, 2), np.int64)
        every = np.concatenate(found)
        return every[np.lexsort((every[:, 1], every[:, 0]))]

    def _blocks_with(self, form: str) -> Iterator[tuple[int, np.ndarray]]:
        """Blocks that hold the form, each with its rows that do."""
        query = codes_of(form)
        for number, bits in self._database.execute("SELECT number, bits FROM sieve ORDER BY number").fetchall():
            if not may_hold(sieve_from(bits), query):
                continue
            forms = forms_from(*self._database.execute("SELECT codes, starts FROM block WHERE number = ?", (number,)).fetchone())
            if len(rows := rows_with(forms, query)):
                yield number, rows

    def _kept(self, block: int, rows: np.ndarray, wanted: Filter) -> np.ndarray:
        """Conversation and position of those rows of a block that the filter lets through."""
        talk, position, at, author, kind = self._database.execute(
            "SELECT talk, position, at, author, kind FROM facet WHERE number = ?", (block,)
        ).fetchone()  # fmt: skip
        talks = np.frombuffer(talk, np.int32)[rows]
        kept = np.ones(len(rows), np.bool_)
        if wanted.number is not None:
            kept &= talks == wanted.number
        if wanted.author is not None:
            kept &= np.frombuffer(author, np.int32)[rows] == self._author(wanted.author)
        if wanted.kind is not None:
            kept &= np.frombuffer(kind, np.int8)[rows] == kind_code(wanted.kind)
        if wanted.since is not None or wanted.until is not None:
            times = np.frombuffer(at, np.int64)[rows]
            kept &= times != NO_TIME
            kept &= times >= (NO_TIME if wanted.since is None else microseconds(wanted.since))
            if wanted.until is not None:
                kept &= times < microseconds(wanted.until)
        return np.stack((talks[kept], np.frombuffer(position, np.int32)[rows][kept]), axis=1)

    def _author(self, key: str) -> int:
        found = self._database.execute("SELECT number FROM author WHERE key = ?", (key.encode("utf-8", "surrogatepass"),)).fetchone()
        return -2 if found is None else int(found[0])

    def _at_places(self, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Records by conversation and position."""
        numbers: dict[int, tuple[int, int]] = {}
        pieces: dict[tuple[int, int], np.ndarray] = {}
        for talk, position in places:
            at = (talk, position // PIECE)
            if at not in pieces:
                (rows,) = self._database.execute("SELECT rows FROM shown WHERE talk = ? AND piece = ?", at).fetchone()
                pieces[at] = np.frombuffer(rows, np.int64)
            numbers[int(pieces[at][position % PIECE])] = talk, position
        return {numbers[row]: record for row, record in self._by_number(list(numbers)).items()}

    def _fields(self, record: bytes, number: int) -> Sequence[tuple[str, str]]:
        """What of a row can be searched: names of fields and their texts, the text that is shown first."""
        raise NotImplementedError

    def _key(self, number: int) -> str:
        with damage(self.path):
            found = self._database.execute("SELECT key FROM talk WHERE number = ?", (number,)).fetchone()
            return str(found[0].decode("utf-8", "surrogatepass"))

    def _gap_records(self, number: int, start: int, end: int) -> sqlite3.Cursor:
        asked = "SELECT position, record FROM gap_at JOIN gap ON gap.number = gap WHERE talk = ? AND position BETWEEN ? AND ? ORDER BY position, gap"
        return self._database.execute(asked, (number, start, end))

    def _positions(self, number: int, message_id: str) -> list[int]:
        """Positions of rows whose id has the same hash, in order."""
        asked = "SELECT hashes, positions FROM id_hash WHERE talk = ? AND first <= ? ORDER BY first DESC, piece DESC"
        wanted = hash_of(message_id)
        positions: list[int] = []
        for hashes, places in self._database.execute(asked, (number, wanted)):
            here = np.frombuffer(hashes, np.int64)
            positions += np.frombuffer(places, np.int64)[np.searchsorted(here, wanted) : np.searchsorted(here, wanted, "right")].tolist()
            if here[0] < wanted:  # what comes before is smaller
                break
        return sorted(positions)

    def _records(self, number: int, start: int, count: int) -> list[tuple[int, bytes, int, bool]]:
        """Position, record, time by which it stands and whether it moved, of rows in the order shown."""
        length = self.length(number)
        start, end = max(start, 0), min(max(start, 0) + count, length)
        found: list[tuple[int, bytes, int, bool]] = []
        for piece in range(start // PIECE, (end + PIECE - 1) // PIECE if end > start else 0):
            asked = "SELECT rows, at, moved FROM shown WHERE talk = ? AND piece = ?"
            rows, times, moved = self._database.execute(asked, (number, piece)).fetchone()
            begin = piece * PIECE
            part = slice(max(start - begin, 0), min(end - begin, PIECE))
            numbers = np.frombuffer(rows, np.int64)[part].tolist()
            records = self._by_number(numbers)
            at, jumps = np.frombuffer(times, np.int64)[part].tolist(), np.frombuffer(moved, np.bool_)[part].tolist()
            found += [(begin + part.start + k, records[row], at[k], jumps[k]) for k, row in enumerate(numbers)]
        return found

    def _by_number(self, numbers: Sequence[int]) -> dict[int, bytes]:
        records: dict[int, bytes] = {}
        for begin in range(0, len(numbers), 500):
            some = numbers[begin : begin + 500]
            asked = f"SELECT number, record FROM row WHERE number IN ({','.join('?' * len(some))})"  # noqa: S608 - question marks only
            records.update(self._database.execute(asked, some).fetchall())
        return records


def _hit(number: int, position: int, fields: Sequence[tuple[str, str]], form: str) -> Hit:
    """A row that was found, with where its text holds the form."""
    spans = tuple(spans_of(fields[0][1], form))
    names = ["text"] if spans else []
    names += [name for name, text in fields[1:] if form in search_form(text)]
    return Hit(number, position, spans, tuple(dict.fromkeys(names)))


def _page(places: np.ndarray, limit: int, after: tuple[int, int] | None, before: tuple[int, int] | None) -> tuple[int, int]:
    """Which of the places to show."""
    if before is not None:
        end = _place_of(places, (before[0], before[1] - 1))
        return max(end - limit, 0), end
    begin = 0 if after is None else _place_of(places, after)
    return begin, begin + limit


def _place_of(places: np.ndarray, last: tuple[int, int]) -> int:
    """How many places stand at or before `last`."""
    return bisect_right(range(len(places)), last, key=lambda at: (int(places[at, 0]), int(places[at, 1])))


def _talk(row: tuple[int, bytes, int, int | None, int | None, int, int]) -> BookTalk:
    number, record, length, first, last, gaps, findings = row
    return BookTalk(number, unpack_conversation(record), length, _at(first), _at(last), gaps, findings)


def _participant(record: bytes) -> Participant:
    key, name, handles, is_owner = unpacked(record)
    return Participant(key, name, tuple((str(kind), value) for kind, value in handles), is_owner)


def _at(value: int | None) -> datetime | None:
    return None if value is None else instant(value)
