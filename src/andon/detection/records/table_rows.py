"""Tables (CSV, TSV) to batches. Rows count as a spreadsheet shows them: the header is row 1."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING

from andon.detection.records.batch import Position, PostBatch, column, only_post, reject
from andon.detection.records.chunks import line_chunks
from andon.detection.records.formats import read_header
from andon.detection.scoring.posts import MOST_BYTES
from andon.detection.sources.fields import plain_name
from andon.detection.sources.source import Place
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.detection.records.encodings import TextStream
    from andon.detection.sources.source import Source
    from andon.domain.posts import Post, Reject

_ROWS = 16384  # rows per batch


def text_name(source: Source, header: Sequence[str]) -> str:
    """Name of the column of `header` that holds the texts for `source`.

    Raises SourceError: reason "wrong_source" for a source that reads no tables, "unknown_column" (with the columns there are) for one that a person
    named and that is not there, "no_text_column" (with the columns) when none holds texts.
    """
    if source.table is None:
        raise SourceError(reason="wrong_source", source=source.name, format="table")
    there = {plain_name(name) for name in header}
    for name in source.table.needs:
        if plain_name(name) not in there:
            raise SourceError(reason="unknown_column", name=name, columns=[one for one in header if one])
    text = source.table.find("text", header)
    if text is None:
        raise SourceError(reason="no_text_column", columns=[one for one in header if one])
    return text


class _Feed:
    """Lines for the csv module, which can be given back: a quotation mark that is never closed must not swallow the rows behind it."""

    def __init__(self, text: TextStream, file: str, chunk_bytes: int) -> None:
        self._chunks = line_chunks(text, file, offset=0, row=0, chunk_bytes=chunk_bytes)
        self._lines: deque[str] = deque()
        self.taken: list[str] = []
        self.rejects: list[Reject] = []
        self.broken = False  # whether any line so far had bytes that are no UTF-8
        self.ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        while not self._lines:
            chunk = next(self._chunks, None)
            if chunk is None:
                self.ended = True
                raise StopIteration
            self.rejects += chunk.rejects
            if len(chunk.starts):
                self._lines.extend(line + "\n" for line in self._decode(chunk.data[: chunk.size]).split("\n")[:-1])
        self.taken.append(self._lines.popleft())
        return self.taken[-1]

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            self.broken = True
            return data.decode("utf-8", "surrogateescape")

    def give_back(self) -> None:
        """Have all lines of the last row but its first read again."""
        self._lines.extendleft(reversed(self.taken[1:]))
        self.ended = False

    @property
    def open_quote(self) -> bool:
        """Whether the last row ran over several lines because of a quotation mark without its partner."""
        return len(self.taken) > 1 and sum(line.count('"') for line in self.taken) % 2 == 1


class _Rows:
    """The rows of a table with their numbers: good ones in `rows`, the others in `rejects`."""

    def __init__(self, table: TableReader, feed: _Feed, reader: Iterator[list[str]], number: int) -> None:
        self.feed, self.reader, self.number = feed, reader, number
        self.header, self.file, self.text_at, self.textless = table.header, table.file, table.text_at, table.textless
        self.skipped, self.private = 0, table.private
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.texts: list[bytes] = []
        self.rejects: list[Reject] = []

    def read_one(self) -> bool:
        """Read one row; False at the end."""
        self.feed.taken.clear()
        try:
            row = next(self.reader)
        except StopIteration:
            return False
        except csv.Error as error:
            row, reason, detail = [], "csv", str(error)
        else:
            reason, detail = self._fault(row)
        self.number += 1
        if reason == "missing_text" and self.textless:
            self.skipped += 1
        elif reason:
            self._refuse(reason, detail)
        elif row:
            self.rows.append(row)
            self.numbers.append(self.number)
            self.texts.append(row[self.text_at].encode())
        return True

    def _fault(self, row: list[str]) -> tuple[str, str]:
        """Reason and detail of why a row cannot be a post, or two empty strings (also for a blank row)."""
        if not row:
            return "", ""
        if self.feed.open_quote:
            return "csv", "open quotation mark"
        if len(row) != len(self.header):
            return "column_count", f"{len(row)}/{len(self.header)}"
        if self.feed.broken and not _good("".join(row)):
            return "encoding", ""
        text = row[self.text_at]
        if not text:
            return "missing_text", ""
        size = len(text) if len(text) * 4 <= MOST_BYTES else len(text.encode())
        return ("text_too_long", str(size)) if size > MOST_BYTES else ("", "")

    def _refuse(self, reason: str, detail: str) -> None:
        raw = b"" if self.private else "".join(self.feed.taken).encode("utf-8", "surrogateescape")
        self.rejects.append(reject(Place(self.file, self.number), reason, raw, detail))
        if reason in ("csv", "column_count") and len(self.feed.taken) > 1:
            self.feed.give_back()


def _good(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def unique_names(header: list[str]) -> list[str]:
    """Names of columns, a repeated one with its number behind it, so that a row can be a dict."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


class TableReader:
    """Reads a table with one source. Raises SourceError as `text_name` does."""

    def __init__(self, source: Source, file: str, text: TextStream, chunk_bytes: int, *, whole: bool) -> None:
        self.source, self.file, self.text = source, file, text
        header, delimiter = read_header(text.head, whole=whole)
        self._feed = _Feed(text, file, chunk_bytes)
        self._reader = csv.reader(self._feed, delimiter=delimiter or ",")
        self._chunk_bytes = chunk_bytes
        self.header = unique_names([cell.strip() for cell in next(self._reader, header)])
        self.text_at = self.header.index(text_name(source, self.header))
        self.textless = source.table is not None and source.table.textless
        self.private = source.table is not None and source.table.private

    def batches(self, index: int, row: int) -> Iterator[PostBatch]:
        """Batches of the rows behind `row` (0 or 1: from the first); `index` is the number of the file."""
        rows = _Rows(self, self._feed, self._reader, 1)
        more = True
        while more and rows.number < row:
            more = rows.read_one()
        while more:
            rows = _Rows(self, self._feed, self._reader, rows.number)
            size = 0
            while more and len(rows.rows) < _ROWS and size < self._chunk_bytes:
                more = rows.read_one()
                size += len(self._feed.taken[0]) if self._feed.taken else 0
            if rows.rows or rows.rejects or rows.skipped or self._feed.rejects:
                yield self._batch(rows, index)

    def _batch(self, rows: _Rows, index: int) -> PostBatch:
        data, offsets = column(rows.texts)
        rejects = rows.rejects + self._feed.rejects
        self._feed.rejects = []

        def make(i: int) -> Post:
            place = Place(self.file, rows.numbers[i])
            return only_post(self.source.posts(dict(zip(self.header, rows.rows[i], strict=True)), place), place)

        position = Position(index, 0, rows.number)
        return PostBatch(self.file, self.source.name, data, offsets, rejects, rows.skipped, position, self.text.stream.consumed, make)
