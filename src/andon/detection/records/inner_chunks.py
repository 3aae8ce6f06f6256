"""Chunks of the elements of arrays inside a large JSON object, such as the messages of a chat: the object is never in memory as a whole.

What stands outside those arrays is walked through token by token; inside them the compiled splitter finds the elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from andon.detection.records.batch import reject
from andon.detection.records.chunks import MOST_LINE, Chunk
from andon.detection.records.json_rows import parse_json
from andon.detection.records.splitting import split_elements, value_end
from andon.detection.sources.source import Place
from andon.domain.errors import RowError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.detection.records.chunks import Spans
    from andon.detection.records.encodings import TextStream

_VALUES = 1 << 16  # elements per call of the splitter
_MOST_SCALAR = 1000  # bytes of a member of an outer object that is kept
_MOST_DEPTH = 200
# One token with the white space, commas and colons before it: a bracket, a string, or a number or word. Possessive, lest a string whose end is not
# there yet is tried again from every byte.
_TOKEN = re.compile(rb'[\s,:]*+(?:([{}\[\]])|("[^"\\]*+(?:\\.[^"\\]*+)*+")|([^\s,:{}\[\]"]++(?=[\s,:{}\[\]"])))', re.DOTALL)


class Stretch(NamedTuple):
    """Neighbouring elements of one array, and the scalar members that the objects around it had before it (the inner ones win)."""

    starts: Spans
    ends: Spans
    outer: dict[str, Any]


class _Level:
    """One open bracket: of an object its last key and its scalar members, of an array the key under which it stands."""

    def __init__(self, *, is_object: bool, key: str) -> None:
        self.is_object = is_object
        self.key = key
        self.awaits_value = False
        self.members: dict[str, Any] = {}


class Walk:
    """Walks through JSON text piece by piece and finds the elements of the arrays under the keys `keys`."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = frozenset(keys)
        self._levels: list[_Level] = []
        self._in_array = False
        self.arrays = 0  # found so far
        self.broken = False  # no JSON (brackets that do not fit, endless nesting): the walk stands still

    @property
    def open(self) -> bool:
        """Whether brackets are open."""
        return bool(self._levels) or self._in_array

    def stretches(self, data: bytes) -> Iterator[Stretch | int]:
        """All stretches of elements in `data`, then the place up to which it was understood: what follows must be given again, with more.

        `data` ends with a line feed that is not part of the text (an object that ends with the text is complete, a number is not).
        """
        at, size, numbers = 0, len(data) - 1, np.frombuffer(data, np.uint8)
        while not self.broken:
            if self._in_array:
                starts, ends = np.empty(_VALUES, np.int64), np.empty(_VALUES, np.int64)
                count, place, closed = split_elements(numbers, at, starts, ends)
                at = int(place)
                if count:
                    yield Stretch(starts[:count], ends[:count], self._outer())
                self._in_array = not closed
                if not closed and count < _VALUES:
                    break
            else:
                found = _TOKEN.match(data, at, size)
                if found is None:
                    break
                at = found.end()
                self._take(found)
        yield at

    def _outer(self) -> dict[str, Any]:
        outer: dict[str, Any] = {}
        for level in self._levels:
            outer |= level.members
        return outer

    def _take(self, found: re.Match[bytes]) -> None:
        bracket = found[1]
        if bracket in (b"{", b"["):
            self._enter(is_object=bracket == b"{")
        elif bracket:
            if not self._levels or self._levels.pop().is_object != (bracket == b"}"):
                self.broken = True
        elif self._levels and self._levels[-1].is_object:
            self._member(self._levels[-1], found[2] or found[3])

    def _enter(self, *, is_object: bool) -> None:
        above = self._levels[-1] if self._levels else None
        key = ""
        if above is not None and above.is_object:
            key, above.awaits_value = above.key, False
        if key in self.keys and not is_object:
            self._in_array = True
            self.arrays += 1
        elif len(self._levels) >= _MOST_DEPTH:
            self.broken = True
        else:
            self._levels.append(_Level(is_object=is_object, key=key))

    @staticmethod
    def _member(level: _Level, token: bytes) -> None:
        """A key, or the scalar value of the last key. What is long or broken counts as null."""
        value = None
        if len(token) <= _MOST_SCALAR:
            try:
                value = parse_json(token)
            except RowError:
                value = None
        if not level.awaits_value:
            level.key, level.awaits_value = value if isinstance(value, str) else "", True
        else:
            level.members[level.key] = value
            level.awaits_value = False


def holds_inner(head: bytes, keys: Sequence[str]) -> bool:
    """Whether the text that begins with `head` is to be read by the elements of inner arrays.

    True when such an array begins in its first JSON value, or when that is an object larger than the head.
    """
    begin = len(head) - len(head.lstrip())
    end = int(value_end(np.frombuffer(head + b"\n", np.uint8), begin))
    walk = Walk(keys)
    for _ in walk.stretches(head[begin:end] + b"\n"):
        if walk.arrays:
            return True
    return end > len(head) and head[begin : begin + 1] == b"{" and not walk.broken


class _Gathering:
    """Stretches of one buffer on their way into one chunk, without the first `row` elements of the file."""

    def __init__(self, data: bytes, number: int, row: int) -> None:
        self.data, self.number, self.row = data, number, row
        self.stretches: list[Stretch] = []
        self.count = 0

    def add(self, found: Stretch) -> None:
        """Take a stretch, counting its elements; those that are to be left out are."""
        cut = min(max(self.row - self.number, 0), len(found.starts))
        self.number += len(found.starts)
        if cut < len(found.starts):
            self.stretches.append(Stretch(found.starts[cut:], found.ends[cut:], found.outer))
            self.count += len(found.starts) - cut

    def chunk(self) -> Chunk:
        """What was gathered, cut out of the buffer so that nothing else of it is looked at again."""
        starts, ends = (np.concatenate([getattr(one, name) for one in self.stretches]) for name in ("starts", "ends"))
        firsts = np.cumsum([0, *(len(one.starts) for one in self.stretches)]).tolist()
        outers = [(first, one.outer) for first, one in zip(firsts, self.stretches, strict=False)]
        begin, end = int(starts[0]), int(ends[-1])
        made = Chunk(
            self.data[begin:end] + b"\n", end - begin, starts - begin, ends - begin, self.number - self.count + 1, 0, self.number, outers=outers
        )
        self.stretches, self.count = [], 0
        return made


def inner_chunks(text: TextStream, file: str, keys: Sequence[str], *, row: int, chunk_bytes: int) -> Iterator[Chunk]:
    """Chunks of the elements of all arrays under `keys`; rows count elements over the whole file, and the first `row` of them are left out.

    Going on needs to know which object is open, so that a resumed file is walked through again from its beginning; offsets are therefore 0. The
    end of the file inside an array or object is a reject ("unfinished"), an element over 32 MiB one that ends the file ("line_too_long").
    """
    walk, rest, number = Walk(keys), b"", 0
    none = np.empty(0, np.int64)
    while not walk.broken and len(rest) <= MOST_LINE and (piece := text.read(max(chunk_bytes, len(rest)))):
        data = rest + piece + b"\n"
        gathering = _Gathering(data, number, row)
        for found in walk.stretches(data):
            if isinstance(found, int):
                rest = data[min(found, len(data) - 1) : -1]
                break
            gathering.add(found)
            if gathering.count >= _VALUES:
                yield gathering.chunk()
        if gathering.count:
            yield gathering.chunk()
        number = gathering.number
    if number >= row and (fault := _fault(text, walk, rest)):
        # The fault counts as a row, so that a run resumed behind it does not report it again.
        yield Chunk(b"\n", 1, none, none, number + 2, 0, number + 1, [reject(Place(file, number + 1), fault, rest)])
        number += 1
    while text.read(chunk_bytes):
        pass
    yield Chunk(b"\n", 1, none, none, number + 1, 0, number)  # without rows: it says that all bytes have been read


def _fault(text: TextStream, walk: Walk, rest: bytes) -> str:
    """Why the reading ended before the last bracket was closed, or the empty string."""
    if len(rest) > MOST_LINE:
        return "line_too_long"
    if text.stream.truncated:
        return "truncated"
    if walk.broken:
        return "json"
    return "unfinished" if walk.open or rest.strip() else ""
