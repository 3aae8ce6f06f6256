"""Cutting a stream of text into chunks of whole lines or whole JSON values, with memory bounded whatever stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from andon.detection.records.batch import MOST_RAW, reject
from andon.detection.records.splitting import split_lines, split_values
from andon.detection.sources.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from andon.detection.records.encodings import TextStream
    from andon.domain.posts import Reject

MOST_LINE = 32 << 20  # bytes of one line or value; beyond it nothing is kept but the beginning
_VALUES = 1 << 16  # values per chunk
_LEAST = 9  # bytes
_USUAL_LINE = 64  # bytes; shorter lines only cost a second count

Spans = npt.NDArray[np.int64]


@dataclass(slots=True)
class Chunk:
    """Whole rows of text: row k is `data[starts[k]:ends[k]]` and has the number `first_row + k`.

    The rows stand in the first `size` bytes; what follows belongs to the next chunk. `data` holds a line feed at or behind the end of the last row.
    `offset` and `row` say where the file goes on behind the chunk. `outers` holds what `Place.outer` is from a row (of the chunk, from 0) on.
    """

    data: bytes
    size: int
    starts: Spans
    ends: Spans
    first_row: int
    offset: int
    row: int
    rejects: list[Reject] = field(default_factory=list)
    outers: Sequence[tuple[int, Mapping[str, Any]]] = ()

    def place(self, file: str, k: int) -> Place:
        """Where row `k` (from 0) stands."""
        if not self.outers:
            return Place(file, self.first_row + k)
        return Place(file, self.first_row + k, self.outers[bisect_right(self.outers, k, key=itemgetter(0)) - 1][1])

    def raw(self, k: int) -> bytes:
        """Bytes of row `k` (from 0)."""
        return self.data[self.starts[k] : self.ends[k]]

    def arrays(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        """The bytes, and for each of them the eight from there on as one number, without copying."""
        return _arrays(self.data)


def _arrays(data: bytes) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    # Numbers that overlap, one beginning at every byte. At least two, lest numpy calls them aligned and the kernels are compiled once more.
    padded = data if len(data) > _LEAST else data + b"\n" * _LEAST
    return np.frombuffer(padded, np.uint8), np.ndarray((len(padded) - 7,), np.int64, padded, strides=(1,))


def _no_spans() -> Spans:
    return np.empty(0, np.int64)


def _line_chunk(data: bytes, size: int, offset: int, row: int) -> Chunk:
    content, eights = _arrays(data)
    room = size // _USUAL_LINE + 16
    while True:
        starts, ends = np.empty(room, np.int64), np.empty(room, np.int64)
        count = int(split_lines(content[:size], eights, starts, ends))
        if count <= room:
            return Chunk(data, size, starts[:count], ends[:count], row + 1, offset, row + count)
        room = count


def _end(text: TextStream, file: str, rest: bytes, offset: int, row: int) -> Iterator[Chunk]:
    """What remains at the end: the last line without a line feed, or the word that the archive was cut (its last, unfinished row is dropped)."""
    if text.stream.truncated:
        cut = reject(Place(file, row), "truncated", rest)
        yield Chunk(b"\n", 1, _no_spans(), _no_spans(), row + 1, offset + len(rest), row, [cut])
    elif rest.strip():
        ends = np.array([len(rest)], np.int64)
        yield Chunk(rest + b"\n", len(rest) + 1, np.zeros(1, np.int64), ends, row + 1, offset + len(rest), row + 1)


class _LongLine:
    """A line over the limit: its beginning is kept, the rest is read past."""

    def __init__(self, begin: bytes) -> None:
        self.begin = begin[:MOST_RAW]
        self.size = len(begin)

    def pass_over(self, text: TextStream, chunk_bytes: int) -> bytes:
        """Read up to the next line feed; return what stands behind it."""
        while piece := text.read(chunk_bytes):
            place = piece.find(b"\n")
            self.size += len(piece) if place < 0 else place + 1
            if place >= 0:
                return piece[place + 1 :]
        return b""


def line_chunks(text: TextStream, file: str, *, offset: int, row: int, chunk_bytes: int) -> Iterator[Chunk]:
    """Chunks of whole lines from `offset` on, where `row` lines are behind. A line over 32 MiB becomes a reject ("line_too_long")."""
    rest = b""
    while piece := text.read(max(chunk_bytes, len(rest))):
        data = rest + piece
        cut = data.rfind(b"\n", len(rest)) + 1
        rest = data[cut:]
        if cut:
            chunk = _line_chunk(data, cut, offset + cut, row)
            offset, row = chunk.offset, chunk.row
            yield chunk
        if len(rest) > MOST_LINE:
            long = _LongLine(rest)
            behind = long.pass_over(text, chunk_bytes)
            offset, row, rest = offset + long.size, row + 1, b""
            too_long = reject(Place(file, row), "line_too_long", long.begin, str(long.size))
            yield Chunk(b"\n", 1, _no_spans(), _no_spans(), row, offset, row, [too_long])
            if behind:
                text.put_back(behind)
    yield from _end(text, file, rest, offset, row)


def value_chunks(text: TextStream, file: str, *, offset: int, row: int, chunk_bytes: int) -> Iterator[Chunk]:
    """Chunks of whole JSON values of one array, or of values that follow each other over any number of lines; rows count values.

    A value over 32 MiB becomes a reject ("line_too_long") that ends the file, because nothing marks where the next one begins.
    """
    rest = b""
    while piece := text.read(max(chunk_bytes, len(rest))):
        data = rest + piece + b"\n"
        reached, full = 0, True
        while full:
            starts, ends = np.empty(_VALUES, np.int64), np.empty(_VALUES, np.int64)
            count, place = split_values(np.frombuffer(data, np.uint8), reached, starts, ends)
            reached, full = min(int(place), len(data) - 1), count == _VALUES
            yield Chunk(data, reached, starts[:count], ends[:count], row + 1, offset + reached, row + count)
            row += count
        offset += reached
        rest = data[reached:-1]
        if len(rest) > MOST_LINE:
            too_long = reject(Place(file, row + 1), "line_too_long", rest, str(len(rest)))
            while piece := text.read(chunk_bytes):
                offset += len(piece)
            yield Chunk(b"\n", 1, _no_spans(), _no_spans(), row + 2, offset + len(rest), row + 1, [too_long])
            return
    yield from _end(text, file, rest, offset, row)
