"""Rows of JSON to batches: the compiled scanner takes what is plain, orjson and the source decide on the rest.

Both ways give the same texts and the same rejects; the scanner only leaves rows to the careful way, it never refuses one.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson

from andon.detection.records.batch import Collector, Position, PostBatch, column, only_post, reject
from andon.detection.records.chunks import MOST_LINE
from andon.detection.records.kernels import CAREFUL, WHOLE, scan_values
from andon.detection.records.pieces import CLASSES, HEX, good_utf8
from andon.detection.records.shapes import compile_shapes
from andon.detection.scoring.posts import MOST_BYTES
from andon.domain.errors import RowError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.records.batch import Bytes, Offsets
    from andon.detection.records.chunks import Chunk
    from andon.detection.sources.source import Page, Place, Source
    from andon.domain.posts import Post

Pairs = npt.NDArray[np.int64]  # rows of two: number of the row in its chunk, and of the item in its page

# An escaped surrogate: either a pair, which stays, or half of one (a text that was cut in the middle of an emoji), which becomes U+FFFD. And the
# escape \x0B, which is none in JSON: Telegram Desktop writes control characters so.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|x([0-9a-fA-F]{2})|.)", re.DOTALL
)
_CONTROL = re.compile(rb"[\x00-\x1f]")
_NONE: Pairs = np.empty((0, 2), np.int64)
_MOST_ITEMS = 1 << 14  # of one page that the scanner takes; a larger one goes the careful way
_LEAST_ITEM = 3  # bytes


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
    """Makes the full record of a post of one batch: of a row whose text alone was taken by parsing it now, of others from memory.

    `taken` holds row and item of the former, WHOLE in place of the item where the row is one post.
    """

    def __init__(self, chunk: Chunk, taken: Pairs, source: Source, file: str, careful: list[Post]) -> None:
        self.chunk, self.taken, self.source, self.file, self.careful = chunk, taken, source, file, careful
        self._last: tuple[int, Page | None] = (-1, None)  # the page opened last: its other posts are likely to be asked for next

    def __call__(self, i: int) -> Post:
        if i >= len(self.taken):
            return self.careful[i - len(self.taken)]
        k, item = self.taken[i].tolist()
        place = self.chunk.place(self.file, k)
        if item == WHOLE:
            return only_post(self.source.posts(parse_json(self.chunk.raw(k)), place), place)
        page = self._page(k, place)
        return only_post(iter(() if page is None else (page.post(item),)), place)

    def _page(self, k: int, place: Place) -> Page | None:
        row, page = self._last
        if row != k and self.source.page is not None:
            page = self.source.page(parse_json(self.chunk.raw(k)), place)
            self._last = k, page
        return page


class _Parsed(Collector):
    """What the careful way makes of rows and items. `later` are those of which only the text was taken (as in `_Maker`)."""

    def __init__(self, source: Source, file: str) -> None:
        super().__init__()
        self.source, self.file = source, file
        self.later: list[tuple[int, int]] = []
        self.later_texts: list[bytes] = []

    def read(self, chunk: Chunk, rows: npt.NDArray[np.int64]) -> None:
        """Read `rows` of `chunk`."""
        starts, ends, data = chunk.starts.tolist(), chunk.ends.tolist(), chunk.data
        for k in rows.tolist():
            raw = data[starts[k] : ends[k]]
            if len(raw) > MOST_LINE:
                self.rejects.append(reject(chunk.place(self.file, k), "line_too_long", raw, str(len(raw))))
            elif raw.strip(b" \t\r\n;"):  # a semicolon ends the arrays of an X archive
                self._read_row(raw, chunk, k)

    def read_items(self, chunk: Chunk, items: Pairs) -> None:
        """Read the `items` (row, item; in their order) of pages of `chunk` that the scanner found in order and whose other items it took."""
        for k, pairs in groupby(items.tolist(), itemgetter(0)):
            raw, place = chunk.raw(k), chunk.place(self.file, k)
            page = None if self.source.page is None else self.source.page(parse_json(raw), place)
            if page is not None:
                numbers = [item for _, item in pairs]
                if numbers[0] == WHOLE:
                    self.skipped += page.skipped
                self._take_items(page, [item for item in numbers if item != WHOLE], k, place, raw)

    def _read_row(self, raw: bytes, chunk: Chunk, k: int) -> None:
        source, place = self.source, chunk.place(self.file, k)
        try:
            value = orjson.loads(raw)
        except ValueError:
            self.take(lambda: source.posts(parse_json(raw), place), place, raw)
            return
        page = None if source.page is None else source.page(value, place)
        if page is not None:
            self._take_items(page, range(len(page)), k, place, raw)
            self.skipped += page.skipped or not len(page)
        elif source.text is None or not self._take_text(source.text(value), k, WHOLE):
            self.take(lambda: source.posts(value, place), place, raw)

    def _take_items(self, page: Page, numbers: Sequence[int], k: int, place: Place, raw: bytes) -> None:
        """Take the texts of items of a page, and whole records of those that give none."""
        for item, text in zip(numbers, page.texts(numbers), strict=True):
            if not self._take_text(text, k, item):
                self.take(lambda item=item: iter((page.post(item),)), place, raw)  # type: ignore[misc]

    def _take_text(self, text: str | None, k: int, item: int) -> bool:
        """Take a text without making a record, when it is in order."""
        if text is None:
            return False
        try:
            coded = text.encode()
        except UnicodeEncodeError:  # half a surrogate: the careful way's matter
            return False
        if len(coded) > MOST_BYTES:
            return False
        self.later.append((k, item))
        self.later_texts.append(coded)
        return True


class _Scanned(NamedTuple):
    """What the scanner made of a chunk: the texts that it took and whose they are, the items of pages that it left, the state of every row."""

    data: Bytes
    offsets: Offsets
    owners: Pairs
    left: Pairs
    status: npt.NDArray[np.uint8]


def _joined(scanned: _Scanned, later: Pairs, texts: Sequence[bytes]) -> tuple[Bytes, Offsets, Pairs]:
    """The scanned texts with those taken `later`: behind them, but where pages were scanned all in the order of rows and items."""
    if not len(scanned.left):
        data, offsets = column(texts)
        owners = np.concatenate([scanned.owners, later])
        return np.concatenate([scanned.data, data]), np.concatenate([scanned.offsets, offsets[1:] + scanned.offsets[-1]]), owners
    order = np.lexsort((later[:, 1], later[:, 0]))
    later = later[order]
    places = np.searchsorted(_keys(scanned.owners), _keys(later))
    content, borders, behind = scanned.data.tobytes(), scanned.offsets[places].tolist(), 0
    pieces: list[bytes] = []
    for border, k in zip(borders, order.tolist(), strict=True):
        pieces += (content[behind:border], texts[k])
        behind = border
    pieces.append(content[behind:])
    lengths = np.insert(np.diff(scanned.offsets), places, [len(texts[k]) for k in order.tolist()])
    return np.frombuffer(b"".join(pieces), np.uint8), np.concatenate([[0], np.cumsum(lengths)]), np.insert(scanned.owners, places, later, axis=0)


def _keys(owners: Pairs) -> npt.NDArray[np.int64]:
    """Numbers in the order of rows and items."""
    return (owners[:, 0] << 32) + owners[:, 1]


class JsonReader:
    """Reads chunks of JSON rows of one file with one source."""

    def __init__(self, source: Source, file: str) -> None:
        self.source, self.file = source, file
        self._tables = compile_shapes(source.shapes)
        self._pages = any(shape.items for shape in source.shapes)

    def batch(self, chunk: Chunk, index: int, bytes_read: int) -> PostBatch:
        """The posts of `chunk`: scanned ones, then those whose text alone was taken, then the others. `index` is the number of the file."""
        scanned = self._scan(chunk)
        found = _Parsed(self.source, self.file)
        found.read(chunk, np.flatnonzero(scanned.status == CAREFUL))
        found.read_items(chunk, scanned.left)
        data, offsets, taken = scanned.data, scanned.offsets, scanned.owners
        if found.later:
            data, offsets, taken = _joined(scanned, np.array(found.later, np.int64), found.later_texts)
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
            make=_Maker(chunk, taken, self.source, self.file, found.posts),
        )

    def _scan(self, chunk: Chunk) -> _Scanned:
        """What the scanner takes of the chunk."""
        status = np.full(len(chunk.starts), CAREFUL, np.uint8)
        if not self.source.shapes:
            return _Scanned(np.empty(0, np.uint8), np.zeros(1, np.int64), _NONE, _NONE, status)
        rows = self._scannable(chunk)
        count = len(rows)
        items = np.empty((_MOST_ITEMS if self._pages else 0, 4), np.int64)
        room = chunk.size // _LEAST_ITEM if self._pages else 0  # memory that is not written to is not taken
        out, offsets, states = np.empty(chunk.size, np.uint8), np.empty(count + room + 1, np.int64), np.empty(count, np.uint8)
        owners, left = np.empty((count + room, 2), np.int64), np.empty((room, 2), np.int64)
        starts, ends = chunk.starts[rows], chunk.ends[rows]
        tables = self._tables
        taken, behind = scan_values(*chunk.arrays(), starts, ends, tables, CLASSES, HEX, MOST_BYTES, out, offsets, states, owners, left, items)
        status[rows] = states
        owners, left = owners[:taken].copy(), left[:behind].copy()
        owners[:, 0], left[:, 0] = rows[owners[:, 0]], rows[left[:, 0]]
        return _Scanned(*self._plain(out[: offsets[taken]], offsets[: taken + 1]), owners, left, status)

    def _plain(self, data: Bytes, offsets: Offsets) -> tuple[Bytes, Offsets]:
        """The scanned texts with their markup taken off, and their offsets."""
        plain, marked = self.source.plain, self.source.plain_if
        if plain is None or len(offsets) == 1:
            return data, offsets
        if self.source.plain_column is not None:
            data, offsets, rows = self.source.plain_column(data, offsets)
        elif marked:
            table = np.isin(np.arange(256), np.frombuffer(marked, np.uint8))
            rows = np.unique(np.searchsorted(offsets, np.flatnonzero(table[data]), "right") - 1)
        else:
            rows = np.arange(len(offsets) - 1)
        if not len(rows):
            return data, offsets
        content, borders = data.tobytes(), offsets.tolist()
        pieces: list[bytes] = []
        lengths, behind = np.diff(offsets), 0
        for k in rows.tolist():
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
