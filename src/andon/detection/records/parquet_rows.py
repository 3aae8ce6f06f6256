"""Parquet files to batches: texts stay in Arrow's buffers; the other columns are read for the few rows that are asked for (`parquet_fields`)."""

from __future__ import annotations

from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from andon.detection.records.arrow import is_text, text_column
from andon.detection.records.batch import Position, PostBatch, only_post, reject
from andon.detection.records.parquet_fields import BROKEN, RowFields
from andon.detection.records.pieces import good_utf8
from andon.detection.records.table_rows import text_name
from andon.detection.scoring.posts import MOST_BYTES
from andon.detection.sources.fields import NAMES, find_field
from andon.detection.sources.source import Place
from andon.domain.errors import RowError, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.detection.sources.source import Source
    from andon.domain.posts import Post, Reject

_ROWS = 16384  # rows per batch
_LEADS, _GOES_ON = 0xC0, 0x80  # bits of a byte that say whether it goes on with a character, and their value when it does


class ParquetReader:
    """Reads one Parquet file with one source.

    Raises SourceError: reason "broken" (no readable Parquet), "no_text_column" (with the columns), "column_type" (the text is no string).
    """

    def __init__(self, source: Source, file: str, content: str | IO[bytes], size: int) -> None:
        self.source, self.file, self._size = source, file, size
        try:
            # One open file for both: posts are made while the texts are read, and afterwards; Arrow keeps such reads apart.
            opened = pa.OSFile(content, "r") if isinstance(content, str) else pa.PythonFile(content, "r")  # type: ignore[arg-type]
            self._parquet, beside = pq.ParquetFile(opened), pq.ParquetFile(opened)
            schema = self._parquet.schema_arrow
        except BROKEN as error:
            raise SourceError(reason="broken", format="parquet", detail=str(error)) from error
        text = text_name(source, schema.names)
        if not is_text(schema.field(text).type):
            raise SourceError(reason="column_type", column=text, type=str(schema.field(text).type))
        self._text = text
        find = source.table.find if source.table else find_field
        known = {name for field in NAMES if (name := find(field, schema.names))}
        self._names = sorted(known | {text})
        self._fields = RowFields(beside, [name for name in self._names if name != text], _ROWS)

    def batches(self, index: int, row: int) -> Iterator[PostBatch]:
        """Batches of the rows behind `row`; `index` is the number of the file."""
        groups, first = self._groups_from(row)
        total = max(self._parquet.metadata.num_rows, 1)
        for table in self._tables(groups):
            behind = min(max(row - first, 0), table.num_rows)
            if behind < table.num_rows:
                yield self._batch(table.slice(behind), first + behind, Position(index, 0, first + table.num_rows), total)
            first += table.num_rows

    def _tables(self, groups: list[int]) -> Iterator[pa.RecordBatch]:
        tables = self._parquet.iter_batches(_ROWS, row_groups=groups, columns=[self._text], use_threads=False)
        while True:
            try:
                table = next(tables, None)
            except BROKEN as error:
                raise SourceError(reason="broken", format="parquet", detail=str(error)) from error
            if table is None:
                return
            yield table

    def _groups_from(self, row: int) -> tuple[list[int], int]:
        """Row groups that hold rows behind `row`, and the number of rows before them."""
        metadata, first = self._parquet.metadata, 0
        for group in range(metadata.num_row_groups):
            rows = metadata.row_group(group).num_rows
            if first + rows > row:
                return list(range(group, metadata.num_row_groups)), first
            first += rows
        return [], first

    def _batch(self, table: pa.RecordBatch, first: int, position: Position, total: int) -> PostBatch:
        """Posts of `table`, before which `first` rows stand in the file."""
        texts = table.column(self._text)
        if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)):
            texts = texts.cast(pa.large_string())  # Arrow cannot pick rows of a view
        rejects = self._rejects(texts, first)
        kept = np.arange(table.num_rows)
        if rejects:
            kept = np.setdiff1d(kept, [item.row - first - 1 for item in rejects])
            texts = texts.take(kept)
        data, offsets = text_column(texts)
        read = self._size * position.row // total
        return PostBatch(self.file, self.source.name, data, offsets, rejects, 0, position, read, self._maker(texts, kept, first))

    def _rejects(self, texts: pa.Array[Any], first: int) -> list[Reject]:
        data, offsets = text_column(texts)
        sizes = np.diff(offsets)
        rejects = [reject(Place(self.file, first + 1 + k), "missing_text") for k in np.flatnonzero(sizes == 0).tolist()]
        long = np.flatnonzero(sizes > MOST_BYTES).tolist()
        rejects += [reject(Place(self.file, first + 1 + k), "text_too_long", detail=str(sizes[k])) for k in long]
        # Good as a whole and no text beginning in the middle of a character: all are good.
        begins = data[offsets[:-1][sizes > 0]]
        if not good_utf8(data, offsets[0], offsets[-1]) or bool(((begins & _LEADS) == _GOES_ON).any()):
            rejects += self._badly_coded(data, offsets, first)
        return sorted(rejects, key=lambda item: item.row)

    def _badly_coded(self, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], first: int) -> list[Reject]:
        spans = enumerate(pairwise(offsets.tolist()), first + 1)
        return [reject(Place(self.file, row), "encoding", bytes(data[start:end])) for row, (start, end) in spans if not good_utf8(data, start, end)]

    def _maker(self, texts: pa.Array[Any], kept: npt.NDArray[np.int64], first: int) -> Callable[[int], Post]:
        def make(i: int) -> Post:
            row = first + int(kept[i])
            place = Place(self.file, row + 1)
            try:
                values = self._fields.values(row)
            except RowError as error:
                raise RowError(file=self.file, row=place.row, **error.data) from error
            whole = {name: texts[i].as_py() if name == self._text else values[name] for name in self._names}
            return only_post(self.source.posts(whole, place), place)

        return make
