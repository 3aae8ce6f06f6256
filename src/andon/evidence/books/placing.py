"""Gaps of a reading, looked for over all its conversations together, and put where they lie in the order shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.books.columns import hash_of
from andon.evidence.books.packing import pack_gap
from andon.evidence.books.talks import KeptMessages, KeptTalk
from andon.evidence.chats.gaps.registry import find_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from andon.evidence.books.columns import Order
    from andon.evidence.books.file import BookFile
    from andon.evidence.books.reading import Reading
    from andon.evidence.books.rows import Rows
    from andon.evidence.chats.gaps.gap import Edge, Gap


def write_gaps(file: BookFile, rows: Rows, reading: Reading, orders: Mapping[int, Order]) -> tuple[int, Counter[int]]:
    """Find and write all gaps: how many, and how many lie in each conversation.

    A gap lies before the message that stands behind it, else behind the one before it (a timer: behind its setting), else at the beginning. One that
    may lie in either of two conversations is put into both.
    """
    talks = [_talk(file, rows, reading, key, orders) for key in reading.talks]
    found = find_gaps(talks)
    places = _Places(file, rows, reading, orders, found)
    count: Counter[int] = Counter()
    for number, gap in enumerate(found):
        file.add("gap", [(number, pack_gap(gap))], 2)
        for talk, position in places.of(gap):
            file.add("gap_at", [(talk, position, number)], 3)
            count[talk] += 1
    return len(found), count


def _talk(file: BookFile, rows: Rows, reading: Reading, key: str, orders: Mapping[int, Order]) -> KeptTalk:
    order = orders.get(reading.numbers[key])
    own = np.empty(0, np.int64) if order is None else np.sort(order.rows)
    rejected = 0
    if reading.rejects:
        names = rows.columns.files.texts()
        rejected = sum(reading.rejects[names[at]] for at in np.unique(np.asarray(rows.columns.file)[own]))
    return KeptTalk(reading.talks[key], KeptMessages(file.database, own, key), rejected, rows.columns, own)


class _Places:
    """Where the edges of gaps stand in the order shown."""

    def __init__(self, file: BookFile, rows: Rows, reading: Reading, orders: Mapping[int, Order], gaps: list[Gap]) -> None:
        self._numbers = reading.numbers
        wanted = {(edge.conversation, edge.id) for gap in gaps for edge in (gap.after, gap.before) if edge is not None}
        self._found: dict[tuple[str, str], list[tuple[int, int]]] = {}  # conversation and id → row and position
        hashes = np.asarray(rows.columns.id_hash)
        by_talk: dict[str, list[str]] = {}
        for key, name in wanted:
            by_talk.setdefault(key, []).append(name)
        for key, names in by_talk.items():
            order = orders[self._numbers[key]]
            asked = {hash_of(name): name for name in names}
            here = hashes[order.rows]
            for position in np.flatnonzero(np.isin(here, np.fromiter(asked, np.int64))).tolist():
                self._found.setdefault((key, asked[int(here[position])]), []).append((int(order.rows[position]), position))
        self._offsets, self._files, self._names = rows.columns.offset, rows.columns.file, rows.columns.files.of
        self._file = file

    def of(self, gap: Gap) -> Iterator[tuple[int, int]]:
        """Conversation and position, of a gap in each conversation where it may lie."""
        if gap.kind == "timers" and gap.after is not None:
            yield self._at(gap.after, 1)
            return
        told: set[int] = set()
        for edge, step in ((gap.before, 0), (gap.after, 1)):
            if edge is not None and self._numbers[edge.conversation] not in told:
                talk, position = self._at(edge, step)
                told.add(talk)
                yield talk, position
        if not told:
            yield self._numbers[gap.conversation], 0

    def _at(self, edge: Edge, step: int) -> tuple[int, int]:
        """The position of an edge: of several records with its id the one at its place."""
        rows = self._found[edge.conversation, edge.id]
        file = self._names[edge.place.file]
        exact = [position for row, position in rows if self._offsets[row] == edge.place.offset and self._files[row] == file]
        return self._numbers[edge.conversation], (exact[0] if exact else rows[0][1]) + step
