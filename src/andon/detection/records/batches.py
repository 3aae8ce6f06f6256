"""Files to batches of posts: the door of the reading half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.detection.records.batch import Position, PostBatch, column, reject
from andon.detection.records.board_rows import LineReader
from andon.detection.records.chunks import line_chunks, value_chunks
from andon.detection.records.containers import is_container, kept_file, read_container
from andon.detection.records.document_rows import DocumentReader
from andon.detection.records.encodings import TextStream
from andon.detection.records.event_rows import event_chunks, event_data
from andon.detection.records.formats import Format, complete_lines, ending, guess_format, parse_or_none, read_header, script_prefix
from andon.detection.records.inner_chunks import holds_inner, inner_chunks
from andon.detection.records.json_rows import JsonReader
from andon.detection.records.members import STDIN_NAME, open_member, packed_size, shown_name
from andon.detection.records.opening import STDIN, ByteStream
from andon.detection.records.parquet_rows import ParquetReader
from andon.detection.records.splitting import split_values
from andon.detection.records.table_rows import TableReader
from andon.detection.sources.fields import plain_name
from andon.detection.sources.generic import mapped
from andon.detection.sources.registry import sniff_source, source_named
from andon.detection.sources.source import Place, Sample
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from andon.detection.sources.source import Source

__all__ = ["AUTO", "STDIN_NAME", "Position", "PostBatch", "read_batches", "total_bytes"]

AUTO = "auto"
_TABLES = "generic"  # the source of tables that no other knows, and of names that a person gives
_SAMPLE = 1 << 16
_RECORDS = 50


def read_batches(
    paths: Sequence[str], *, source: str = AUTO, columns: Mapping[str, str] | None = None, start: Position | None = None, chunk_bytes: int = 4 << 20
) -> Iterator[PostBatch]:
    """Batches of the posts of all files, one file after the other, from `start` on.

    `source` names the kind of source for all files, or "auto" to have it told from the content of each. `columns` says how the files call the
    fields of a post (field → column or key) and has all of them read by the generic source. About `chunk_bytes` of text make a batch.
    Raises SourceError for a file that cannot be used at all; its data name the `path` and the index `file`, so that reading can go on with
    `Position(file + 1)`; without `file` for wrong arguments (reasons "unknown_source", "unknown_field", "map_needs_generic").
    Rows that cannot be read never raise: they are in the batches' `rejects`.
    """
    if columns and source not in (AUTO, _TABLES):
        raise SourceError(reason="map_needs_generic", source=source)
    named = mapped(columns) if columns else None if source == AUTO else source_named(source)
    begin = start or Position()
    for index in range(begin.file, len(paths)):
        try:
            yield from _read_file(paths[index], index, named, begin if index == begin.file else Position(index), chunk_bytes)
        except SourceError as error:
            error.data.setdefault("path", paths[index])
            error.data.setdefault("file", index)
            raise


def total_bytes(paths: Sequence[str]) -> int | None:
    """Bytes of all files as they lie on the disk (members of archives: unpacked), or None when standard input is among them."""
    if STDIN in paths:
        return None
    return sum(packed_size(path) for path in paths)


def _read_file(path: str, index: int, named: Source | None, begin: Position, chunk_bytes: int) -> Iterator[PostBatch]:
    stream = ByteStream(path, open_member(path))
    try:
        text = TextStream(stream, max(chunk_bytes, _SAMPLE))
        if not text.head.strip():
            yield _nothing(path, index, stream)
        elif text.raw_head.startswith(b"PAR1"):
            yield from _read_parquet(text, path, index, named, begin)
        elif is_container(text.raw_head):
            yield from read_container(text, path, index, begin, lambda header: _choose(named, Sample(b"", [], header, ""), Format.TABLE))
        else:
            yield from _read_text(text, path, index, named, begin, chunk_bytes)
    finally:
        stream.close()


def _nothing(path: str, index: int, stream: ByteStream) -> PostBatch:
    """The one batch of a file without content: empty, so that the caller can say so."""
    data, offsets = column([])
    fault = reject(Place(shown_name(path), 0), "truncated" if stream.truncated else "empty_file")
    return PostBatch(shown_name(path), "", data, offsets, [fault], 0, Position(index + 1), stream.consumed, [].__getitem__)


def _sample(text: TextStream, kind: Format, suffix: str, *, whole: bool) -> Sample:
    """What sources are shown of a file."""
    records: list[Any] = []
    if kind in (Format.JSON_LINES, Format.EVENTS):
        lines = complete_lines(text.head, whole=whole)
        records = [value for line in (event_data(lines) if kind is Format.EVENTS else lines) if (value := parse_or_none(line)) is not None]
    elif kind is Format.JSON_VALUES:
        data = text.head + b"\n"
        starts, ends = np.empty(_RECORDS, np.int64), np.empty(_RECORDS, np.int64)
        count, _ = split_values(np.frombuffer(data, np.uint8), script_prefix(data), starts, ends)
        records = [value for k in range(count) if (value := parse_or_none(data[starts[k] : ends[k]])) is not None]
    header = read_header(text.head, whole=whole)[0] if kind is Format.TABLE else []
    return Sample(text.head[:_SAMPLE], records, header, suffix)


def _choose(named: Source | None, sample: Sample, kind: Format) -> Source:
    """The source to read with. Raises SourceError when the named one does not read this format, or when none fits."""
    if kind is Format.TABLE:
        if named is not None and named.table is None:
            raise SourceError(reason="wrong_source", source=named.name, format=str(kind))
        return named or sniff_source(sample, tables=True) or source_named(_TABLES)
    found = named or sniff_source(sample)
    if found is None or (named is None and kind is Format.MARKUP and found.document is None):
        raise SourceError(reason="unknown_format")
    return found


def _check_keys(source: Source, records: list[Any]) -> None:
    """Raises SourceError (reason "unknown_column", with the keys there are) when none of the first JSON values has a key that a person named."""
    objects = [one for record in records if isinstance(record, dict) for one in (record, *record.values()) if isinstance(one, dict)]
    objects += [item for record in records if isinstance(record, dict) for value in record.values() if isinstance(value, list) for item in value[:1]]
    keys = list(dict.fromkeys(key for one in objects if isinstance(one, dict) for key in one))
    there = {plain_name(key) for key in keys}
    for name in source.table.needs if source.table and keys else ():
        if plain_name(name) not in there:
            raise SourceError(reason="unknown_column", name=name, columns=keys)


def _read_text(text: TextStream, path: str, index: int, named: Source | None, begin: Position, chunk_bytes: int) -> Iterator[PostBatch]:
    whole = text.whole
    kind = guess_format(text.head, ending(path), whole=whole)
    if named is not None and named.lines is not None:
        kind = Format.BOARD
    elif named is not None and named.document is not None:
        kind = Format.MARKUP
    if kind in (Format.UNKNOWN, Format.PARQUET):
        raise SourceError(reason="unknown_format")
    file, stream = shown_name(path), text.stream
    sample = _sample(text, kind, ending(path), whole=whole)
    source = _choose(named, sample, kind)
    _check_keys(source, sample.records)
    if kind is Format.TABLE:
        yield from TableReader(source, file, text, chunk_bytes, whole=whole).batches(index, begin.row)
        return
    if kind is Format.MARKUP:
        yield from DocumentReader(source, file).batches(text.raw_head, stream, index, begin.row)
        return
    reader = LineReader(source, file) if kind is Format.BOARD else JsonReader(source, file)
    if source.inside and kind is not Format.BOARD and holds_inner(text.head, source.inside):
        for chunk in inner_chunks(text, file, source.inside, row=begin.row, chunk_bytes=chunk_bytes):
            yield reader.batch(chunk, index, stream.consumed)
        return
    chunks = value_chunks if kind is Format.JSON_VALUES else line_chunks
    offset = max(begin.offset, script_prefix(text.head))
    text.skip(offset)
    made = chunks(text, file, offset=offset, row=begin.row, chunk_bytes=chunk_bytes)
    for chunk in event_chunks(made) if kind is Format.EVENTS else made:
        yield reader.batch(chunk, index, stream.consumed)


def _read_parquet(text: TextStream, path: str, index: int, named: Source | None, begin: Position) -> Iterator[PostBatch]:
    """A Parquet file by its path; a packed one is unpacked into a temporary file, because Parquet is read from its end."""
    if path == STDIN:
        raise SourceError(reason="parquet_needs_file")
    if named is not None and named.name != _TABLES:  # nobody exports anything but plain tables so
        raise SourceError(reason="wrong_source", source=named.name, format="parquet")
    source = named or source_named(_TABLES)
    content = kept_file(text, path)
    yield from ParquetReader(source, shown_name(path), content, packed_size(path)).batches(index, begin.row)
