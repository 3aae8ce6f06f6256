"""What a Parquet file says of single rows beside their texts, read late: the screen needs all texts, and only a few rows ever become a record."""

from __future__ import annotations

from collections import deque
from threading import Lock
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from andon.domain.errors import RowError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow.parquet as pq

_KEPT = 4  # stretches of rows that stay decoded: as many as batches are usually under way at once

BROKEN = (pa.ArrowException, OSError)  # what Arrow raises for a damaged file


def _micro(array: pa.Array[Any]) -> pa.Array[Any]:
    """Times in microseconds: Python has no finer ones."""
    return array.cast(pa.timestamp("us", tz=array.type.tz), safe=False) if pa.types.is_timestamp(array.type) else array


class RowFields:
    """The values of `columns` in single rows of one file. Safe to share between threads.

    Parquet can only be read forwards within a row group. Rows that are asked for in about the order of the file cost one pass over these columns;
    a row far behind the last one costs its row group up to there. No more than a few stretches of `stretch` rows are in memory.
    """

    def __init__(self, file: pq.ParquetFile, columns: Sequence[str], stretch: int) -> None:
        self._file, self._columns, self._stretch = file, list(columns), stretch
        self._kept: deque[tuple[int, list[pa.Array[Any]], int]] = deque(maxlen=_KEPT)  # first row, columns, rows
        self._rest: Iterator[pa.RecordBatch] = iter(())
        self._next = -1  # row at which `_rest` goes on
        self._lock = Lock()

    def values(self, row: int) -> dict[str, Any]:
        """The values of row `row` (from 0) by column. Raises RowError: reason "broken" for a damaged file, "encoding" for bytes that are no UTF-8."""
        if not self._columns:
            return {}
        with self._lock:
            try:
                first, columns = self._stretch_of(row)
            except BROKEN as error:
                self._rest, self._next = iter(()), -1
                raise RowError(reason="broken", detail=str(error)) from error
        try:
            return {name: column[row - first].as_py() for name, column in zip(self._columns, columns, strict=True)}
        except UnicodeDecodeError as error:
            raise RowError(reason="encoding") from error

    def _stretch_of(self, row: int) -> tuple[int, list[pa.Array[Any]]]:
        """The stretch that holds `row`, and its first row."""
        for first, columns, rows in self._kept:
            if first <= row < first + rows:
                return first, columns
        group, first = self._group_of(row)
        if not first <= self._next <= row:  # behind us, or whole row groups ahead
            groups = list(range(group, self._file.metadata.num_row_groups))
            self._rest, self._next = self._file.iter_batches(self._stretch, row_groups=groups, columns=self._columns, use_threads=False), first
        for table in self._rest:
            first, self._next = self._next, self._next + table.num_rows
            columns = [_micro(table.column(name)) for name in self._columns]
            self._kept.append((first, columns, table.num_rows))
            if row < self._next:
                return first, columns
        raise OSError("rows are missing")

    def _group_of(self, row: int) -> tuple[int, int]:
        """The row group that holds `row`, and its first row."""
        metadata, first = self._file.metadata, 0
        for group in range(metadata.num_row_groups):
            rows = metadata.row_group(group).num_rows
            if row < first + rows:
                return group, first
            first += rows
        raise OSError("rows are missing")
