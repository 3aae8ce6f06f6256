"""Files to batches of posts: the door of the reading half."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.records.batch import Position, PostBatch, column, reject
from andon.detection.records.board_rows import LineReader
from andon.detection.records.chunks import line_chunks, value_chunks
from andon.detection.records.encodings import TextStream
from andon.detection.records.formats import Format, complete_lines, ending, guess_format, parse_or_none, read_header
from andon.detection.records.json_rows import JsonReader
from andon.detection.records.opening import STDIN, ByteStream
from andon.detection.records.parquet_rows import ParquetReader
from andon.detection.records.splitting import split_values
from andon.detection.records.table_rows import TableReader
from andon.detection.sources.registry import sniff_source, source_named
from andon.detection.sources.source import Place, Sample
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from andon.detection.sources.source import Source

__all__ = ["AUTO", "Position", "PostBatch", "read_batches", "total_bytes"]

AUTO = "auto"
STDIN_NAME = "stdin"
_TABLES = "generic"  # the source of tables, whatever they hold
_SAMPLE = 1 << 16
_RECORDS = 50
_SPOOL = 64 << 20  # bytes of an unpacked Parquet file that stay in memory


def read_batches(paths: Sequence[str], *, source: str = AUTO, start: Position | None = None, chunk_bytes: int = 4 << 20) -> Iterator[PostBatch]:
    """Batches of the posts of all files, one file after the other, from `start` on.

    `source` names the kind of source for all files, or "auto" to have it told from the content of each. About `chunk_bytes` of text make a batch.
    Raises SourceError for a file that cannot be used at all; its data name the `path` and the index `file`, so that reading can go on with
    `Position(file + 1)`. Rows that cannot be read never raise: they are in the batches' `rejects`.
    """
    named = None if source == AUTO else source_named(source)
    begin = start or Position()
    for index in range(begin.file, len(paths)):
        try:
            yield from _read_file(paths[index], index, named, begin if index == begin.file else Position(index), chunk_bytes)
        except SourceError as error:
            error.data.setdefault("path", paths[index])
            error.data.setdefault("file", index)
            raise


def total_bytes(paths: Sequence[str]) -> int | None:
    """Bytes of all files as they lie on the disk, or None when standard input is among them."""
    if STDIN in paths:
        return None
    return sum(Path(path).stat().st_size for path in paths)


def _read_file(path: str, index: int, named: Source | None, begin: Position, chunk_bytes: int) -> Iterator[PostBatch]:
    stream = ByteStream(path)
    try:
        text = TextStream(stream, max(chunk_bytes, _SAMPLE))
        if not text.head.strip():
            yield _nothing(path, index, stream)
        elif text.raw_head.startswith(b"PAR1"):
            yield from _read_parquet(text, path, index, named, begin)
        else:
            yield from _read_text(text, path, index, named, begin, chunk_bytes)
    finally:
        stream.close()


def _file_name(path: str) -> str:
    return STDIN_NAME if path == STDIN else Path(path).name


def _nothing(path: str, index: int, stream: ByteStream) -> PostBatch:
    """The one batch of a file without content: empty, so that the caller can say so."""
    data, offsets = column([])
    fault = reject(Place(_file_name(path), 0), "truncated" if stream.truncated else "empty_file")
    return PostBatch(_file_name(path), "", data, offsets, [fault], 0, Position(index + 1), stream.consumed, [].__getitem__)


def _sample(text: TextStream, kind: Format, suffix: str, *, whole: bool) -> Sample:
    """What sources are shown of a file."""
    records: list[Any] = []
    if kind is Format.JSON_LINES:
        records = [value for line in complete_lines(text.head, whole=whole) if (value := parse_or_none(line)) is not None]
    elif kind is Format.JSON_VALUES:
        data = text.head + b"\n"
        starts, ends = np.empty(_RECORDS, np.int64), np.empty(_RECORDS, np.int64)
        count, _ = split_values(np.frombuffer(data, np.uint8), 0, starts, ends)
        records = [value for k in range(count) if (value := parse_or_none(data[starts[k] : ends[k]])) is not None]
    header = read_header(text.head, whole=whole)[0] if kind is Format.TABLE else []
    return Sample(text.head[:_SAMPLE], records, header, suffix)


def _choose(named: Source | None, sample: Sample, kind: Format) -> Source:
    """The source to read with. Raises SourceError when the named one does not read this format, or when none fits."""
    if kind is Format.TABLE:
        if named is not None and named.name != _TABLES:
            raise SourceError(reason="wrong_source", source=named.name, format=str(kind))
        return source_named(_TABLES)
    found = named or sniff_source(sample)
    if found is None:
        raise SourceError(reason="unknown_format")
    return found


def _read_text(text: TextStream, path: str, index: int, named: Source | None, begin: Position, chunk_bytes: int) -> Iterator[PostBatch]:
    whole = text.whole
    kind = guess_format(text.head, ending(path), whole=whole)
    if named is not None and named.lines is not None:
        kind = Format.BOARD
    if kind in (Format.UNKNOWN, Format.PARQUET):
        raise SourceError(reason="unknown_format")
    file, stream = _file_name(path), text.stream
    source = _choose(named, _sample(text, kind, ending(path), whole=whole), kind)
    if kind is Format.TABLE:
        yield from TableReader(source, file, text, chunk_bytes, whole=whole).batches(index, begin.row)
        return
    reader = LineReader(source, file) if kind is Format.BOARD else JsonReader(source, file)
    chunks = value_chunks if kind is Format.JSON_VALUES else line_chunks
    text.skip(begin.offset)
    for chunk in chunks(text, file, offset=begin.offset, row=begin.row, chunk_bytes=chunk_bytes):
        yield reader.batch(chunk, index, stream.consumed)


def _read_parquet(text: TextStream, path: str, index: int, named: Source | None, begin: Position) -> Iterator[PostBatch]:
    """A Parquet file by its path; a packed one is unpacked into a temporary file, because Parquet is read from its end."""
    if path == STDIN:
        raise SourceError(reason="parquet_needs_file")
    source = _choose(named, Sample(b"", [], [], ""), Format.TABLE)
    size = Path(path).stat().st_size
    if not text.stream.packed:
        yield from ParquetReader(source, _file_name(path), path, size).batches(index, begin.row)
        return
    with tempfile.SpooledTemporaryFile(_SPOOL) as spool:
        spool.write(text.raw_head)
        while piece := text.stream.read(1 << 20):
            spool.write(piece)
        spool.seek(0)
        yield from ParquetReader(source, _file_name(path), spool, size).batches(index, begin.row)
