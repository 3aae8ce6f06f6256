"""Conversations that lie in a book, as finders of gaps look at them: questions are answered from the columns, messages read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast, overload

import numpy as np

from andon.evidence.books.columns import HAS_REPLY, HAS_TIMER, IS_DELETED, NO_NUMBER, NO_TIME, event_code, groups, hash_of, kind_code
from andon.evidence.books.packing import unpack_message
from andon.evidence.chats.gaps.gap import Light, Talk, microseconds
from andon.evidence.chats.model import Event, Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from andon.evidence.books.columns import Columns
    from andon.evidence.chats.model import Conversation, Message

_AT_ONCE = 4096
_NO_EVENT = 0


class KeptMessages(Sequence["Message"]):
    """The messages of some rows, read when asked for."""

    def __init__(self, database: sqlite3.Connection, rows: np.ndarray, conversation: str) -> None:
        self._database, self._rows, self._conversation = database, rows, conversation

    def __len__(self) -> int:
        """How many."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Message: ...
    @overload
    def __getitem__(self, place: slice) -> list[Message]: ...
    def __getitem__(self, place: int | slice) -> Message | list[Message]:
        """The message at a place, or those of a slice."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        found = self._database.execute("SELECT record FROM row WHERE number = ?", (int(self._rows[place]),)).fetchone()
        return unpack_message(found[0], self._conversation)

    def __iter__(self) -> Iterator[Message]:
        """All, one after the other."""
        return (self[at] for at in range(len(self)))


class KeptTalk(Talk):
    """A conversation whose messages lie in a book that is being written."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, conversation: Conversation, messages: KeptMessages, rejected: int, columns: Columns, rows: np.ndarray) -> None:
        super().__init__(conversation, cast("list[Message]", messages), rejected)
        self._columns, self._rows = columns, rows

    def lights(self) -> Iterator[Light]:
        """The light part of every message, from the columns."""
        own = self._columns
        files, tables = own.files.texts(), own.tables.texts()
        columns = [np.asarray(one) for one in (own.number, own.at, own.file, own.table, own.offset)]
        for begin in range(0, len(self._rows), _AT_ONCE):
            rows = self._rows[begin : begin + _AT_ONCE]
            for row, number, at, file, table, offset in zip(rows.tolist(), *(column[rows].tolist() for column in columns), strict=True):
                known = None if number == NO_NUMBER else own.far.get(row, number)
                yield Light(known, None if at == NO_TIME else at, files[file], tables[table], offset)

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Number and place of every message that has a number, by number."""
        if self._columns.far:
            yield from super().numbers()
            return
        numbers = np.asarray(self._columns.number)[self._rows]
        order = np.argsort(numbers, kind="stable")
        order = order[np.searchsorted(numbers[order], NO_NUMBER, "right") :]
        for begin in range(0, len(order), _AT_ONCE):
            places = order[begin : begin + _AT_ONCE]
            yield from zip(numbers[places].tolist(), places.tolist(), strict=True)

    def times(self) -> list[tuple[Sequence[int], Sequence[int]]]:
        """Of every file the places of messages with a known time, and these times."""
        at = np.asarray(self._columns.at)[self._rows]
        known = np.flatnonzero(at != NO_TIME)
        by_file = groups(np.asarray(self._columns.file)[self._rows[known]])
        in_order = sorted(by_file.values(), key=lambda places: int(places[0]))
        return [(cast("Sequence[int]", known[places]), cast("Sequence[int]", at[known[places]])) for places in in_order]

    def rows(self) -> dict[tuple[str, str], list[int]]:
        """Row numbers by file and table."""
        own = self._columns
        files, tables = own.files.texts(), own.tables.texts()
        rows: dict[tuple[str, str], list[int]] = {}
        for table, places in groups(np.asarray(own.table)[self._rows]).items():
            if tables[table]:
                for file, inner in groups(np.asarray(own.file)[self._rows[places]]).items():
                    rows[files[file], tables[table]] = np.asarray(own.offset)[self._rows[places[inner]]].tolist()
        return rows

    def events(self, *events: Event) -> Iterator[tuple[int, Message]]:
        """Service messages of these events."""
        return self._where(np.isin(np.asarray(self._columns.event)[self._rows], [event_code(one) for one in events]))

    def marked(self) -> Iterator[tuple[int, Message]]:
        """What the app marked as deleted or taken back."""
        own = self._columns
        deleted = np.asarray(own.kind)[self._rows] == kind_code(Kind.DELETED)
        unsent = np.asarray(own.event)[self._rows] == event_code(Event.UNSENT)
        return self._where(deleted | unsent | self._flagged(IS_DELETED))

    def answers(self) -> Iterator[tuple[int, Message]]:
        """Answers and pins."""
        return self._where(self._flagged(HAS_REPLY) | (np.asarray(self._columns.event)[self._rows] == event_code(Event.PINNED)))

    def carrying(self) -> Iterator[Message]:
        """Messages with a timer."""
        return (message for _, message in self._where(self._flagged(HAS_TIMER)))

    def first_besides(self, events: Collection[Event]) -> int | None:
        """The place of the first message that is none of these events."""
        others = ~np.isin(np.asarray(self._columns.event)[self._rows], [event_code(one) for one in events])
        return int(np.argmax(others)) if others.any() else None

    def ids_of(self, wanted: set[str]) -> set[str]:
        """Those of the ids that a message here has; told by 64 bits of their hash, which no app gives twice by chance."""
        here = np.asarray(self._columns.id_hash)[self._rows]
        asked = list(wanted)
        found = np.isin(np.fromiter((hash_of(one) for one in asked), np.int64, len(asked)), here)
        return {one for one, is_here in zip(asked, found, strict=True) if is_here}

    def moments_of(self, wanted: set[tuple[str | None, datetime]]) -> set[tuple[str | None, datetime]]:
        """Those pairs of author and time that a message here has."""
        own = self._columns
        at, author = np.asarray(own.at)[self._rows], np.asarray(own.author)[self._rows]
        found = set()
        times = np.fromiter({microseconds(one) for _, one in wanted}, np.int64)
        places = np.flatnonzero(np.isin(at, times))
        here = set(zip(author[places].tolist(), at[places].tolist(), strict=True))
        for who, when in wanted:
            number = -1 if who is None else own.authors.of.get(who, -2)
            if (number, microseconds(when)) in here:
                found.add((who, when))
        return found

    def _flagged(self, flag: int) -> np.ndarray:
        return cast("np.ndarray", (np.asarray(self._columns.flags)[self._rows] & flag) != 0)

    def _where(self, wanted: np.ndarray) -> Iterator[tuple[int, Message]]:
        for place in np.flatnonzero(wanted).tolist():
            yield place, self.messages[place]
