"""Rows into a book as they come: records and folded texts, block by block; at the end all that is found by order, time, day and id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.books.columns import Columns, Order, days_of, groups
from andon.evidence.books.file import PIECE
from andon.evidence.books.forms import forms_of, sieve_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from andon.evidence.books.file import BookFile
    from andon.evidence.chats.model import Message

_BLOCK_ROWS, _BLOCK_TEXT = 4096, 1 << 20  # rows of a block at most; characters from which on it is closed


class Rows:
    """Takes rows in, writes a block whenever one is full."""

    def __init__(self, file: BookFile) -> None:
        self.columns = Columns()
        self._file = file
        self._records: list[bytes] = []
        self._texts: list[tuple[str, ...]] = []
        self._size = 0
        self._blocks: list[tuple[int, int]] = []  # first row, rows

    def add(self, talk: int, one: Message, record: bytes, texts: tuple[str, ...]) -> None:
        """The next row: `one` tells time, author and so on, `record` is kept, `texts` can be searched."""
        self.columns.add(talk, one)
        self._records.append(record)
        self._texts.append(texts)
        self._size += len(record)
        if len(self._records) >= _BLOCK_ROWS or self._size >= _BLOCK_TEXT:
            self.flush()

    def flush(self) -> None:
        """Write the block as far as it goes."""
        if not self._records:
            return
        count, number = len(self._records), len(self._blocks)
        first = len(self.columns) - count
        self._file.add("row", list(enumerate(self._records, first)), 2)
        forms = forms_of(self._texts)
        self._file.add("block", [(number, first, count, forms.codes.tobytes(), forms.starts.tobytes())], 5)
        self._file.add("sieve", [(number, sieve_of(forms.codes).tobytes())], 2)
        self._blocks.append((first, count))
        self._records, self._texts, self._size = [], [], 0

    def settle(self, orders: Mapping[int, Order], *, with_ids: bool = True) -> None:
        """Write what follows from the orders: pieces, ids, days, and the facets of every block."""
        positions = np.full(len(self.columns), -1, np.int64)
        hashes = np.asarray(self.columns.id_hash)
        for talk, order in orders.items():
            positions[order.rows] = np.arange(len(order.rows))
            self._file.add("shown", _pieces(talk, order), 6)
            if with_ids:
                self._file.add("id_hash", id_pieces(talk, hashes[order.rows], np.arange(len(order.rows))), 5)
            self._file.add("day", [(talk, *day) for day in days_of(order.at)], 4)
        self._facets(positions)
        self._file.add("author", [(number, key.encode("utf-8", "surrogatepass")) for number, key in enumerate(self.columns.authors.texts())], 2)

    def _facets(self, positions: np.ndarray) -> None:
        own = self.columns
        columns = [np.asarray(own.talk), positions, np.asarray(own.at), np.asarray(own.author), np.asarray(own.kind)]
        types = (np.int32, np.int32, np.int64, np.int32, np.int8)
        for number, (first, count) in enumerate(self._blocks):
            values = (column[first : first + count].astype(kind).tobytes() for column, kind in zip(columns, types, strict=True))
            self._file.add("facet", [(number, *values)], 6)

    def by_talk(self) -> dict[int, np.ndarray]:
        """Conversation → its rows in the order of arrival."""
        return groups(self.columns.talk)


def _pieces(talk: int, order: Order) -> list[tuple[object, ...]]:
    return [
        (talk, begin // PIECE, int(order.at[begin]), *(column[begin : begin + PIECE].tobytes() for column in (order.rows, order.at, order.moved)))
        for begin in range(0, len(order.rows), PIECE)
    ]


def id_pieces(talk: int, hashes: np.ndarray, positions: np.ndarray) -> list[tuple[object, ...]]:
    """Hashes of message ids in order, with their positions in the order shown."""
    order = np.argsort(hashes, kind="stable")
    found, places = hashes[order], positions[order].astype(np.int64)
    return [
        (talk, int(found[begin]), begin // PIECE, found[begin : begin + PIECE].tobytes(), places[begin : begin + PIECE].tobytes())
        for begin in range(0, len(order), PIECE)
    ]


def texts_of(one: Message) -> tuple[str, ...]:
    """What of a message can be searched: its text, then older texts, what it quotes and names of attachments (see `fields_of`)."""
    if not one.versions and not one.attachments and (one.reply_to is None or not one.reply_to.quoted):
        return (one.text,)
    return tuple(text for _, text in fields_of(one))


def fields_of(one: Message) -> Sequence[tuple[str, str]]:
    """The same with the name of each field (see `model.Hit`)."""
    fields = [("text", one.text), *(("version", old.text) for old in one.versions)]
    if one.reply_to is not None and one.reply_to.quoted:
        fields.append(("quoted", one.reply_to.quoted))
    return fields + [("file", file.name) for file in one.attachments if file.name]
