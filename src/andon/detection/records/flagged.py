"""Flagged posts read back: what `andon scan --out` wrote, as JSON lines, CSV or Parquet (the first two also packed)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from andon.detection.records.opening import STDIN, ByteStream
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NESTED = ("kinds", "reasons", "contacts", "pay", "missing_items")
_GUARDED = re.compile("'[=+@\\t\\r-]")
_PIECE = 1 << 20
_STRETCH = 2_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is no record: its number in the file (from 1) and the reason's code."""

    row: int
    reason: str


def read_flagged(path: str) -> Iterator[dict[str, Any] | Broken]:
    """The records of one file, in order, told by its content. Raises SourceError for a file that cannot be read at all."""
    stream = ByteStream(path)
    try:
        yield from _read(stream, path)
    except SourceError as error:
        error.data.setdefault("path", path)
        raise
    finally:
        stream.close()


def _read(stream: ByteStream, path: str) -> Iterator[dict[str, Any] | Broken]:
    head = stream.read(_PIECE)
    if head.startswith(b"PAR1"):
        yield from _parquet(path)
        return
    if not head.strip(b"\xef\xbb\xbf \t\r\n") and not stream.truncated:
        return
    lines = _lines(stream, head)
    yield from _json(lines) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) else _table(lines)
    if stream.truncated:
        yield Broken(0, "truncated")


def _lines(stream: ByteStream, head: bytes) -> Iterator[bytes]:
    rest = head.removeprefix(b"\xef\xbb\xbf")
    while piece := stream.read(_PIECE):
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    yield from rest.split(b"\n")


def _json(lines: Iterator[bytes]) -> Iterator[dict[str, Any] | Broken]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            yield Broken(number, "json")
            continue
        yield value if isinstance(value, dict) else Broken(number, "not_object")


def _table(lines: Iterator[bytes]) -> Iterator[dict[str, Any] | Broken]:
    reader = csv.DictReader(io.TextIOWrapper(io.BufferedReader(_Joined(lines)), encoding="utf-8", errors="replace", newline=""))
    if "text" not in (reader.fieldnames or ()):
        raise SourceError(reason="no_flagged")
    for number, row in enumerate(reader, 1):
        record: dict[str, Any] = {name: value for name, value in row.items() if name}
        try:
            record |= {name: orjson.loads(record[name]) for name in _NESTED if record.get(name)}
            record["score"] = float(record.get("score") or 0.0)
        except (orjson.JSONDecodeError, ValueError):
            yield Broken(number, "json")
            continue
        # What the writer put before a leading sign, so that no spreadsheet takes the cell for a formula, goes again.
        yield {name: value[1:] if isinstance(value, str) and _GUARDED.match(value) else value for name, value in record.items()}


class _Joined(io.RawIOBase):
    """Lines as a binary file, so that csv may find line ends inside of cells."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - whatever offers its memory
        """Fill `buffer`; 0 at the end."""
        while len(self._rest) < len(buffer):
            line = next(self._lines, None)
            if line is None:
                break
            self._rest += line + b"\n"
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _parquet(path: str) -> Iterator[dict[str, Any] | Broken]:
    if path == STDIN:
        raise SourceError(reason="parquet_needs_file", path=path)
    try:
        file = pq.ParquetFile(Path(path))
        for batch in file.iter_batches(batch_size=_STRETCH):
            yield from batch.to_pylist()
    except (pa.ArrowInvalid, OSError) as error:
        raise SourceError(reason="unreadable", path=path, detail=str(error)) from error
