"""Whole documents (web pages, feeds) to batches. A row is an item of the document, counted from 1 in the order in which the source gives them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from andon.detection.records.batch import Collector, Position, PostBatch, column, reject
from andon.detection.records.document_text import document_text
from andon.detection.sources.source import Place
from andon.domain.errors import RowError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.records.opening import ByteStream
    from andon.detection.sources.source import Found, Source

MOST_DOCUMENT = 64 << 20  # bytes: a parsed page takes many times as much; what networks and blogs write has some megabytes at most
_ITEMS = 4096  # per batch


class DocumentReader:
    """Reads a document with the `document` of one source. Raises SourceError: reason "wrong_source" when it has none."""

    def __init__(self, source: Source, file: str) -> None:
        if source.document is None:
            raise SourceError(reason="wrong_source", source=source.name, format="markup")
        self.source, self.file = source, file
        self._document = source.document

    def batches(self, head: bytes, stream: ByteStream, index: int, row: int) -> Iterator[PostBatch]:
        """Batches of the items behind `row`; `head` is what has been read of `stream`, `index` the number of the file.

        A resumed document is parsed again as a whole. Raises SourceError (reason "document_too_large") for more than 64 MiB.
        """
        raw = head + stream.read(MOST_DOCUMENT + 1 - len(head)) if len(head) <= MOST_DOCUMENT else head
        if len(raw) > MOST_DOCUMENT:
            raise SourceError(reason="document_too_large", most=MOST_DOCUMENT >> 20)
        items = self._items(document_text(raw))
        number = sum(1 for _ in islice(items, row))
        del raw
        last = False
        while not last:
            found, before = Collector(), number
            for item in islice(items, _ITEMS):
                number += 1
                found.keep(item, Place(self.file, number), b"")
            last = number - before < _ITEMS
            if last and stream.truncated:
                found.rejects.append(reject(Place(self.file, number), "truncated"))
            yield self._batch(found, Position(index, 0, number), stream.consumed)

    def _batch(self, found: Collector, position: Position, bytes_read: int) -> PostBatch:
        data, offsets = column(found.texts)
        make = found.posts.__getitem__
        return PostBatch(self.file, self.source.name, data, offsets, found.rejects, found.skipped, position, bytes_read, make)

    def _items(self, document: bytes) -> Iterator[Found]:
        """What the source makes of the document; an error that ends it is the last item."""
        try:
            yield from self._document(document, Place(self.file, 0))
        except RowError as error:
            yield error
