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

from andon.detection.records.batch import Collector, Position, PostBatch, column, only_post, reject
from andon.detection.records.chunks import MOST_LINE
from andon.detection.records.kernels import CAREFUL, TAKEN, scan_values
from andon.detection.records.pieces import CLASSES, HEX, good_utf8
from andon.detection.records.shapes import compile_shapes
from andon.detection.scoring.posts import MOST_BYTES
from andon.domain.errors import RowError

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.detection.records.chunks import Chunk
    from andon.detection.sources.source import Source
    from andon.domain.posts import Post

# An escaped surrogate: either a pair, which stays, or half of one (a text that was cut in the middle of an emoji), which becomes U+FFFD. And the
# escape \x0B, which is none in JSON: Telegram Desktop writes control characters so.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|x([0-9a-fA-F]{2})|.)", re.DOTALL
)
_CONTROL = re.compile(rb"[\x00-\x1f]")


def _no_number(_name: str) -> None:
    """What NaN and Infinity mean here: nothing."""


def _mended(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return b"\\ufffd"
    return b"\\u00" + found[2] if found[2] else found[0]


def _repaired(line: bytes) -> Any:
    r"""The value of a line that orjson refuses and that known writers make. Raises ValueError for others.

    Python's own writer makes half surrogates, NaN and Infinity; Telegram Desktop escapes like \x0B; careless ones bare control characters.
    """
    if b"\\u" in line or b"\\x" in line:
        line = _ESCAPE.sub(_mended, line)
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        if b"NaN" not in line and b"Infinity" not in line and not _CONTROL.search(line):
            raise
    return json.loads(line, parse_constant=_no_number, strict=False)


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
    """Makes the full record of a post of one batch: of a row whose text alone was taken by parsing it now, of others from memory."""

    def __init__(self, chunk: Chunk, taken: npt.NDArray[np.int64], source: Source, file: str, careful: list[Post]) -> None:
        self.chunk, self.taken, self.source, self.file, self.careful = chunk, taken, source, file, careful

    def __call__(self, i: int) -> Post:
        if i >= len(self.taken):
            return self.careful[i - len(self.taken)]
        k = int(self.taken[i])
        place = self.chunk.place(self.file, k)
        return only_post(self.source.posts(parse_json(self.chunk.raw(k)), place), place)


class _Parsed(Collector):
    """What the careful way makes of rows. `later` are the rows of which only the text was taken."""

    def __init__(self, source: Source, file: str) -> None:
        super().__init__()
        self.source, self.file = source, file
        self.later: list[int] = []
        self.later_texts: list[bytes] = []

    def read(self, chunk: Chunk, rows: npt.NDArray[np.int64]) -> None:
        """Read `rows` of `chunk`."""
        posts, text_alone = self.source.posts, self.source.text
        starts, ends, data = chunk.starts.tolist(), chunk.ends.tolist(), chunk.data
        for k in rows.tolist():
            raw = data[starts[k] : ends[k]]
            if len(raw) > MOST_LINE:
                self.rejects.append(reject(chunk.place(self.file, k), "line_too_long", raw, str(len(raw))))
            elif raw.strip(b" \t\r\n;") and not (text_alone and self._take_text(text_alone, raw, k)):  # a semicolon ends the arrays of an X archive
                place = chunk.place(self.file, k)
                self.take(lambda raw=raw, place=place: posts(parse_json(raw), place), place, raw)  # type: ignore[misc]

    def _take_text(self, text_alone: Callable[[Any], str | None], raw: bytes, k: int) -> bool:
        """Take the text of row `k` without making a record, when it is in order."""
        try:
            text = text_alone(orjson.loads(raw))
            coded = None if text is None else text.encode()
        except ValueError:  # broken JSON, or half a surrogate: the careful way's matter
            return False
        if coded is None or len(coded) > MOST_BYTES:
            return False
        self.later.append(k)
        self.later_texts.append(coded)
        return True


class JsonReader:
    """Reads chunks of JSON rows of one file with one source."""

    def __init__(self, source: Source, file: str) -> None:
        self.source, self.file = source, file
        self._tables = compile_shapes(source.shapes)

    def batch(self, chunk: Chunk, index: int, bytes_read: int) -> PostBatch:
        """The posts of `chunk`: scanned ones, then those whose text alone was taken, then the others. `index` is the number of the file."""
        data, offsets, status = self._scan(chunk)
        found = _Parsed(self.source, self.file)
        found.read(chunk, np.flatnonzero(status == CAREFUL))
        texts = found.later_texts + found.texts
        if texts:
            more, more_offsets = column(texts)
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
            make=_Maker(chunk, np.append(np.flatnonzero(status == TAKEN), np.array(found.later, np.int64)), self.source, self.file, found.posts),
        )

    def _scan(self, chunk: Chunk) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
        """Texts that the scanner takes, their offsets, and the state of every row."""
        status = np.full(len(chunk.starts), CAREFUL, np.uint8)
        if not self.source.shapes:
            return np.empty(0, np.uint8), np.zeros(1, np.int64), status
        rows = self._scannable(chunk)
        out, offsets, states = np.empty(chunk.size, np.uint8), np.empty(len(rows) + 1, np.int64), np.empty(len(rows), np.uint8)
        starts, ends = chunk.starts[rows], chunk.ends[rows]
        taken = scan_values(*chunk.arrays(), starts, ends, self._tables, CLASSES, HEX, MOST_BYTES, out, offsets, states)
        status[rows] = states
        return *self._plain(out[: offsets[taken]], offsets[: taken + 1]), status

    def _plain(self, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        """The scanned texts with their markup taken off, and their offsets."""
        plain, marked = self.source.plain, self.source.plain_if
        if plain is None or len(offsets) == 1:
            return data, offsets
        content, borders = data.tobytes(), offsets.tolist()
        rows = range(len(borders) - 1)
        if marked:
            table = np.isin(np.arange(256), np.frombuffer(marked, np.uint8))
            rows = np.unique(np.searchsorted(offsets, np.flatnonzero(table[data]), "right") - 1).tolist()
        pieces: list[bytes] = []
        lengths, behind = np.diff(offsets), 0
        for k in rows:
            text = plain(content[borders[k] : borders[k + 1]].decode()).encode()
            pieces += (content[behind : borders[k]], text)
            lengths[k], behind = len(text), borders[k + 1]
        pieces.append(content[behind:])
        return np.frombuffer(b"".join(pieces), np.uint8), np.concatenate([[0], np.cumsum(lengths)])

    def _scannable(self, chunk: Chunk) -> npt.NDArray[np.int64]:
        """Rows of good UTF-8. One check of the whole chunk is nearly always enough."""
        data, _ = chunk.arrays()
        if good_utf8(data, 0, chunk.size):
            return np.arange(len(chunk.starts))
        spans = zip(chunk.starts.tolist(), chunk.ends.tolist(), strict=True)
        return np.array([k for k, (start, end) in enumerate(spans) if good_utf8(data, start, end)], np.int64)
