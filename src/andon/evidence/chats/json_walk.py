"""Large JSON files in pieces: the outer structure as it passes, and the records of chosen arrays with the bytes they lie on.

Memory is bounded by one record (at most `MOST_RECORD`) whatever the size of the file. Nothing is judged here but brackets and quotes, so that
exports whose strings are no valid JSON are cut all the same.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass
from enum import Enum
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import orjson

from andon.evidence.chats.kernels import CLOSED, as_array, elements, skip, value_end

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

CHUNK = 1 << 20
MOST_RECORD = 64 << 20  # bytes of one record; messages with pictures inside (base64) reach some ten million
_MOST_VALUE = 4 << 20  # bytes of one value beside the records (names, settings) that is kept
_ROOM = 4096
_WHITE = b" \t\r\n"
_MOST_KEY = 1 << 16
Path = tuple[str, ...]


class Step(Enum):
    """What the walk comes by."""

    ENTER = "enter"  # an object or array on the way to the records
    LEAVE = "leave"
    VALUE = "value"  # a value beside the records, whole
    RECORD = "record"  # an element that was asked for
    LARGE = "large"  # something too large to hold: `raw` is its beginning
    BROKEN = "broken"  # from here on the structure makes no sense
    CUT = "cut"  # the file ends in the middle: `raw` is the unfinished record (or empty)


_RECORD = Step.RECORD  # looked up once: an enumeration's own look-up is slow


@dataclass(slots=True)
class Passed:
    """One step. `path` holds keys, "*" for the elements of an array; `offset` and `raw` are the bytes, `value` what the caller parsed them to."""

    step: Step
    path: Path
    offset: int
    raw: bytes = b""
    value: Any = None


class Walk:
    """Walk over `stream`, which stands at byte `offset` of its file. `records`: paths of records, for example ("messages", "*")."""

    def __init__(self, stream: IO[bytes], records: frozenset[Path], *, offset: int = 0) -> None:
        self._stream, self._records = stream, records
        self._ways = frozenset(path[:length] for path in records for length in range(len(path)))
        self._data, self._base, self._at, self._ended = b"", offset, 0, False
        self._starts, self._ends = np.empty(_ROOM, np.int64), np.empty(_ROOM, np.int64)

    def __iter__(self) -> Iterator[Passed]:
        """All steps in the order of the file. A byte order mark is passed over; several values one after the other are several roots."""
        while len(self._data) < len(BOM_UTF8) and self._more():
            pass
        if self._data.startswith(BOM_UTF8):
            self._at = len(BOM_UTF8)
        if () in self._records:
            yield from self._array((), root=True)
            return
        while self._byte():
            if (yield from self._value(())):
                return

    def _more(self) -> bool:
        """Read on, dropping what is done with; False at the end of the file."""
        if self._ended:
            return False
        raw = self._stream.read(max(CHUNK, len(self._data) - self._at))
        self._ended = not raw
        self._data, self._base, self._at = self._data[self._at :] + raw, self._base + self._at, 0
        return not self._ended

    def _byte(self) -> bytes:
        """The next byte that is no white space, or b"" at the end. It is not taken."""
        while True:
            while self._at < len(self._data) and self._data[self._at] in _WHITE:
                self._at += 1
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            if not self._more():
                return b""

    def _stop(self, path: Path) -> Passed:
        """Why the walk cannot go on here."""
        step = Step.BROKEN if self._at < len(self._data) else Step.CUT
        return Passed(step, path, self._base + self._at, self._data[self._at : self._at + MOST_RECORD] if step is Step.CUT else b"")

    def _value(self, path: Path) -> Generator[Passed, None, bool]:
        """One value. Returns (as generator) whether the walk is over."""
        first = self._byte()
        if first in {b"", b"}", b"]", b",", b":"}:
            yield self._stop(path)
            return True
        if path in self._ways and first in {b"{", b"["}:
            at = self._base + self._at
            self._at += 1
            yield Passed(Step.ENTER, path, at)
            over = yield from self._object(path) if first == b"{" else self._list(path)
            if not over:
                yield Passed(Step.LEAVE, path, self._base + self._at)
            return over
        return (yield from self._whole(path))

    def _whole(self, path: Path) -> Generator[Passed, None, bool]:
        """A value beside the records: kept when small, passed over when large."""
        while (end := value_end(as_array(self._data), self._at)) < 0:
            if len(self._data) - self._at > _MOST_VALUE:
                return (yield from self._large(path))
            if not self._more():
                end = len(self._data)
                if self._data[self._at] in b'"{[' or path:
                    yield Passed(Step.CUT, path, self._base + self._at, self._data[self._at :])
                    return True
                break
        yield Passed(Step.VALUE, path, self._base + self._at, self._data[self._at : end])
        self._at = end
        return False

    def _large(self, path: Path) -> Generator[Passed, None, bool]:
        """Pass over a value that is too large, without holding it."""
        yield Passed(Step.LARGE, path, self._base + self._at, self._data[self._at : self._at + 256])
        depth, quoted, escaped, done = 0, False, False, False
        while not done:
            self._at, depth, quoted, escaped, done = skip(as_array(self._data), self._at, depth, quoted, escaped)
            if not done and not self._more():
                yield Passed(Step.CUT, path, self._base + self._at)
                return True
        return False

    def _object(self, path: Path) -> Generator[Passed, None, bool]:
        """The members of an object whose brace was taken."""
        while True:
            first = self._byte()
            if first == b",":
                self._at += 1
                continue
            if first == b"}":
                self._at += 1
                return False
            key = self._key() if first == b'"' else None
            if key is None or self._byte() != b":":
                yield self._stop(path)
                return True
            self._at += 1
            if (yield from self._value((*path, key))):
                return True

    def _key(self) -> str | None:
        while (end := value_end(as_array(self._data), self._at)) < 0:
            if len(self._data) - self._at > _MOST_KEY or not self._more():
                return None
        raw = self._data[self._at : end]
        self._at = end
        try:
            return str(orjson.loads(raw))
        except orjson.JSONDecodeError:
            return raw.decode("utf-8", "replace")

    def _list(self, path: Path) -> Generator[Passed, None, bool]:
        """The elements of an array whose bracket was taken."""
        inner = (*path, "*")
        if inner in self._records:
            return (yield from self._array(inner))
        while True:
            first = self._byte()
            if first == b",":
                self._at += 1
            elif first == b"]":
                self._at += 1
                return False
            elif (yield from self._value(inner)):
                return True

    def _array(self, path: Path, *, root: bool = False) -> Generator[Passed, None, bool]:
        """The records of an array whose bracket was taken (`root`: the values of the file itself)."""
        while True:
            count, at, state = elements(as_array(self._data), self._at, self._starts, self._ends)
            data, base = self._data, self._base
            for start, end in zip(self._starts[:count].tolist(), self._ends[:count].tolist(), strict=True):
                yield Passed(_RECORD, path, base + start, data[start:end])
            self._at = at
            if state == CLOSED:
                return False
            if count == 0 and len(self._data) - at > MOST_RECORD:
                if (yield from self._large(path)):
                    return True
            elif count < _ROOM and not self._more():
                if self._at < len(self._data) or not root:
                    yield Passed(Step.CUT, path, self._base + self._at, self._data[self._at :])
                return True
