"""Reading a book: any place of any conversation in a few milliseconds, whatever its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.books.file import damage
from andon.evidence.books.model import BookRow, BookText
from andon.evidence.books.packing import unpack_counts, unpack_finding, unpack_gap, unpack_message, unpack_texts
from andon.evidence.books.rows import fields_of
from andon.evidence.books.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.model import Counts, Finding, Message

_AT_ONCE = 1000


class Book(Shelf):
    """One reading of an exhibit (see `write.write_book`)."""

    kind = "reading"

    def rows(self, number: int, start: int, count: int) -> list[BookRow]:
        """Rows from a position on, in the order shown, fewer at the end."""
        length = self.length(number)
        key = self._key(number)
        with damage(self.path):
            records = self._records(number, start, count)
            gaps = self._gaps(number, records[0][0], records[-1][0] + 1) if records else {}
            return [
                BookRow(
                    position, unpack_message(record, key), tuple(gaps.get(position, ())),
                    tuple(gaps.get(length, ())) if position == length - 1 else (), bool(moved),
                )
                for position, record, _, moved in records
            ]  # fmt: skip

    def all_rows(self, number: int, start: int = 0, end: int | None = None) -> Iterator[BookRow]:
        """Rows from `start` up to `end` (not included), one after the other, in bounded memory."""
        end = self.length(number) if end is None else min(end, self.length(number))
        for begin in range(start, end, _AT_ONCE):
            yield from self.rows(number, begin, min(_AT_ONCE, end - begin))

    def texts(self, number: int, start: int = 0, end: int | None = None) -> Iterator[BookText]:
        """What the rows from `start` up to `end` (not included) say, nothing else of them: for looking through, in bounded memory."""
        end = self.length(number) if end is None else min(end, self.length(number))
        for begin in range(start, end, _AT_ONCE):
            with damage(self.path):
                some = [
                    BookText(position, *unpack_texts(record)) for position, record, _, _ in self._records(number, begin, min(_AT_ONCE, end - begin))
                ]
            yield from some

    def messages_at(self, number: int, positions: Sequence[int]) -> dict[int, Message]:
        """The messages at these positions of the order shown, by position. Positions that the conversation does not have are left out."""
        length, key = self.length(number), self._key(number)
        with damage(self.path):
            records = self._at_places([(number, position) for position in positions if 0 <= position < length])
            return {position: unpack_message(record, key) for (_, position), record in records.items()}

    def messages(self, number: int) -> Iterator[Message]:
        """All messages in the order of the files."""
        return (message for _, message in self.numbered(number))

    def numbered(self, number: int) -> Iterator[tuple[int, Message]]:
        """The same, each with the number of its row in the book."""
        key = self._key(number)
        rows = np.sort(self.order(number))
        with damage(self.path):
            for begin in range(0, len(rows), _AT_ONCE):
                some = rows[begin : begin + _AT_ONCE].tolist()
                records = self._by_number(some)
                for row in some:
                    yield row, unpack_message(records[row], key)

    def order(self, number: int) -> np.ndarray:
        """The numbers of a conversation's rows in the order shown."""
        self.length(number)
        with damage(self.path):
            pieces = self._database.execute("SELECT rows FROM shown WHERE talk = ? ORDER BY piece", (number,)).fetchall()
            return np.concatenate([np.frombuffer(piece, np.int64) for (piece,) in pieces]) if pieces else np.empty(0, np.int64)

    def last_row(self) -> int:
        """The highest number of a row of the book, 0 when it has none."""
        with damage(self.path):
            return int(self._database.execute("SELECT coalesce(max(number), 0) FROM row").fetchone()[0])

    def records(self, rows: Sequence[int]) -> dict[int, bytes]:
        """Rows as they lie in the book, by number."""
        with damage(self.path):
            return self._by_number(rows)

    def position_of(self, number: int, message_id: str) -> int | None:
        """The position of the first row shown whose message has this id."""
        with damage(self.path):
            key, places = self._key(number), [(number, at) for at in self._positions(number, message_id)]
            records = self._at_places(places)
            return next((place[1] for place in places if unpack_message(records[place], key).id == message_id), None)

    def gaps(self, number: int) -> list[tuple[int, Gap]]:
        """Every gap of a conversation with the position before which it lies (the length: at the end)."""
        with damage(self.path):
            found = self._gaps(number, 0, self.length(number))
            return [(position, gap) for position in sorted(found) for gap in found[position]]

    def all_gaps(self) -> list[Gap]:
        """Every gap of the exhibit, each once, by kind and in the order of the files."""
        with damage(self.path):
            return [unpack_gap(record) for (record,) in self._database.execute("SELECT record FROM gap ORDER BY number")]

    def findings(self, number: int | None = None) -> list[Finding]:
        """What could not be read or was odd; of one conversation: what was found while the file was inside of it."""
        where = "" if number is None else " WHERE talk = ?"
        with damage(self.path):
            found = self._database.execute(f"SELECT record FROM finding{where} ORDER BY number", () if number is None else (number,))  # noqa: S608
            return [unpack_finding(record) for (record,) in found]

    def counts(self) -> list[Counts]:
        """What went in and came out of every file."""
        with damage(self.path):
            return [unpack_counts(record) for (record,) in self._database.execute("SELECT record FROM counts ORDER BY number")]

    def _gaps(self, number: int, start: int, end: int) -> dict[int, list[Gap]]:
        """Gaps by position, `end` among them."""
        found: dict[int, list[Gap]] = {}
        for position, record in self._gap_records(number, start, end):
            found.setdefault(position, []).append(unpack_gap(record))
        return found

    def _fields(self, record: bytes, number: int) -> Sequence[tuple[str, str]]:
        return fields_of(unpack_message(record, self._key(number)))
