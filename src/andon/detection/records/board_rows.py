"""Lines of formats that are neither JSON nor tables to batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.detection.records.batch import Collector, Position, PostBatch, column
from andon.detection.sources.source import Place
from andon.domain.errors import RowError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.records.chunks import Chunk
    from andon.detection.sources.source import Found, Source


class LineReader:
    """Reads chunks of lines of one file with the `lines` of one source. Raises SourceError (reason "wrong_source") when it has none."""

    def __init__(self, source: Source, file: str) -> None:
        if source.lines is None:
            raise SourceError(reason="wrong_source", source=source.name, format="board")
        self.source, self.file = source, file
        self._lines = source.lines

    def batch(self, chunk: Chunk, index: int, bytes_read: int) -> PostBatch:
        """The posts of `chunk`; `index` is the number of the file."""
        found = Collector()
        for k in range(len(chunk.starts)):
            raw = chunk.raw(k)
            if raw.strip():
                place = Place(self.file, chunk.first_row + k)
                found.take(lambda raw=raw, place=place: self._read(raw, place), place, raw)  # type: ignore[misc]
        data, offsets = column(found.texts)
        position = Position(index, chunk.offset, chunk.row)
        rejects = chunk.rejects + found.rejects
        return PostBatch(self.file, self.source.name, data, offsets, rejects, found.skipped, position, bytes_read, found.posts.__getitem__)

    def _read(self, raw: bytes, place: Place) -> Iterator[Found]:
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            raise RowError(reason="encoding", detail=str(error.start)) from error
        yield from self._lines(raw, place)
