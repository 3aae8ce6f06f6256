"""Rows of JSON to batches: the compiled scanner takes what is plain, orjson and the source decide on the rest.

Both ways give the same texts and the same rejects; the scanner only leaves rows to the careful way, it never refuses one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

from andon.detection.records.batch import Collector, Position, PostBatch, column, only_post, reject
from andon.detection.records.chunks import MOST_LINE
from andon.detection.records.kernels import CAREFUL, TAKEN, scan_values
from andon.detection.records.pieces import CLASSES, HEX
from andon.detection.records.shapes import compile_shapes
from andon.detection.scoring.posts import MOST_BYTES
from andon.detection.sources.source import Place
from andon.domain.errors import RowError

if TYPE_CHECKING:
    from andon.detection.records.chunks import Chunk
    from andon.detection.sources.source import Source
    from andon.domain.posts import Post

# An escaped surrogate: either a pair, which stays, or half of one (a text that was cut in the middle of an emoji), which becomes U+FFFD.
_SURROGATE = re.compile(rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL)


def _is_utf8(data: bytes, size: int) -> bool:
    """Whether the first `size` bytes are good UTF-8 (by Arrow: several times as fast as decoding)."""
    array = pa.Array.from_buffers(pa.large_string(), 1, [None, pa.py_buffer(np.array([0, size], np.int64).tobytes()), pa.py_buffer(data)])
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _no_number(_name: str) -> None:
    """What NaN and Infinity mean here: nothing."""


def _repaired(line: bytes) -> Any:
    """The value of a line that orjson refuses and Python's own writer makes: half surrogates, NaN, Infinity. Raises ValueError for others."""
    if b"\\u" in line:
        line = _SURROGATE.sub(lambda found: b"\\ufffd" if found[1] else found[0], line)
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        if b"NaN" not in line and b"Infinity" not in line:
            raise
    return json.loads(line, parse_constant=_no_number)


def parse_json(line: bytes) -> Any:
    """The JSON value of `line`. Raises RowError: reason "encoding" for bytes that are no UTF-8, "json" for anything else that is broken."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        detail = str(error)
    try:
        line.decode()
        return _repaired(line)
    except UnicodeDecodeError as error:
        raise RowError(reason="encoding", detail=str(error.start)) from error
    except (ValueError, RecursionError) as error:
        raise RowError(reason="json", detail=detail) from error


class _Maker:
    """Makes the full record of a post of one batch: of a scanned row by parsing it now, of a careful one from memory."""

    def __init__(self, chunk: Chunk, taken: npt.NDArray[np.int64], source: Source, file: str, careful: list[Post]) -> None:
        self.chunk, self.taken, self.source, self.file, self.careful = chunk, taken, source, file, careful

    def __call__(self, i: int) -> Post:
        if i >= len(self.taken):
            return self.careful[i - len(self.taken)]
        k = int(self.taken[i])
        place = Place(self.file, self.chunk.first_row + k)
        return only_post(self.source.posts(parse_json(self.chunk.raw(k)), place), place)


class JsonReader:
    """Reads chunks of JSON rows of one file with one source."""

    def __init__(self, source: Source, file: str) -> None:
        self.source, self.file = source, file
        self._tables = compile_shapes(source.shapes)

    def batch(self, chunk: Chunk, index: int, bytes_read: int) -> PostBatch:
        """The posts of `chunk`: those that were scanned first, then those that were parsed. `index` is the number of the file."""
        data, offsets, status = self._scan(chunk)
        found = self._parse(chunk, np.flatnonzero(status == CAREFUL))
        if found.texts:
            more, more_offsets = column(found.texts)
            data, offsets = np.concatenate([data, more]), np.concatenate([offsets, more_offsets[1:] + offsets[-1]])
        return PostBatch(
            file=self.file,
            source=self.source.name,
            data=data,
            offsets=offsets,
            rejects=chunk.rejects + found.rejects,
            skipped=found.skipped,
            position=Position(index, chunk.offset, chunk.row),
            bytes_read=bytes_read,
            make=_Maker(chunk, np.flatnonzero(status == TAKEN), self.source, self.file, found.posts),
        )

    def _scan(self, chunk: Chunk) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
        """Texts that the scanner takes, their offsets, and the state of every row."""
        status = np.full(len(chunk.starts), CAREFUL, np.uint8)
        rows = self._scannable(chunk)
        out, offsets, states = np.empty(chunk.size, np.uint8), np.empty(len(rows) + 1, np.int64), np.empty(len(rows), np.uint8)
        starts, ends = chunk.starts[rows], chunk.ends[rows]
        taken = scan_values(*chunk.arrays(), starts, ends, self._tables, CLASSES, HEX, MOST_BYTES, out, offsets, states)
        status[rows] = states
        return out[: offsets[taken]], offsets[: taken + 1], status

    def _scannable(self, chunk: Chunk) -> npt.NDArray[np.int64]:
        """Rows of good UTF-8. One check of the whole chunk is nearly always enough."""
        if _is_utf8(chunk.data, chunk.size):
            return np.arange(len(chunk.starts))
        return np.array([k for k in range(len(chunk.starts)) if _is_utf8(raw := chunk.raw(k), len(raw))], np.int64)

    def _parse(self, chunk: Chunk, rows: npt.NDArray[np.int64]) -> Collector:
        """What the careful way makes of `rows`."""
        found = Collector()
        posts = self.source.posts
        for k in rows.tolist():
            raw, place = chunk.raw(k), Place(self.file, chunk.first_row + k)
            if len(raw) > MOST_LINE:
                found.rejects.append(reject(place, "line_too_long", raw, str(len(raw))))
            elif raw.strip(b" \t\r\n"):
                found.take(lambda raw=raw, place=place: posts(parse_json(raw), place), place, raw)  # type: ignore[misc]
        return found
