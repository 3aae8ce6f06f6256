"""A batch: some posts of one file as a column of UTF-8 texts, with what could not be read beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from andon.detection.records.members import shown_name
from andon.detection.scoring.posts import MOST_BYTES
from andon.detection.sources.source import Skip
from andon.domain.errors import RowError
from andon.domain.posts import Post, Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from andon.detection.sources.source import Found, Place

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
MOST_RAW = 4096  # bytes of a rejected row that are kept


@dataclass(frozen=True, slots=True)
class Position:
    """Where to go on: index of the file, then bytes of its text (unpacked, UTF-8, without byte order mark) and rows that are behind.

    Tables and Parquet files go on by `row` alone; their `offset` stays 0.
    """

    file: int = 0
    offset: int = 0
    row: int = 0

    def to_json(self) -> dict[str, int]:
        """The position as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Position:
        """The position that `to_json` wrote."""
        return cls(int(value["file"]), int(value["offset"]), int(value["row"]))


@dataclass(frozen=True, slots=True)
class PostBatch:
    """Some posts of one file: text i is `data[offsets[i]:offsets[i + 1]]`.

    `rejects` are the rows of this stretch that could not be read, `skipped` counts its records that are no posts or are gone, `position` is where
    to go on after this batch, `bytes_read` counts the bytes of this file that have been read so far as they lie on the disk (packed).
    """

    file: str
    source: str
    data: Bytes
    offsets: Offsets
    rejects: list[Reject]
    skipped: int
    position: Position
    bytes_read: int
    make: Callable[[int], Post] = field(repr=False)

    def __len__(self) -> int:
        """Number of posts."""
        return len(self.offsets) - 1

    def post(self, i: int) -> Post:
        """The full record of post `i` (from 0), made on demand. May raise RowError, which then counts as a reject."""
        return self.make(i)

    def text(self, i: int) -> str:
        """Text of post `i`."""
        return bytes(self.data[self.offsets[i] : self.offsets[i + 1]]).decode()


def reject(place: Place, reason: str, raw: bytes = b"", detail: str = "") -> Reject:
    """A reject with no more than the first 4 KiB of the row."""
    return Reject(place.file, place.row, reason, detail, raw[:MOST_RAW])


def unusable(path: str, index: int, reason: str) -> PostBatch:
    """What stands for a file that cannot be used at all: no posts, one reject."""
    name = shown_name(path)
    data, offsets = column([])
    return PostBatch(name, "", data, offsets, [Reject(name, 0, reason)], 0, Position(index + 1), 0, [].__getitem__)


def column(texts: Sequence[bytes]) -> tuple[Bytes, Offsets]:
    """Texts as one buffer with offsets."""
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
    return np.frombuffer(b"".join(texts), np.uint8), offsets


class Collector:
    """Gathers what sources make of single values: posts with their texts, rejects, and the number of records skipped."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.texts: list[bytes] = []
        self.rejects: list[Reject] = []
        self.skipped = 0

    def take(self, make: Callable[[], Iterator[Found]], place: Place, raw: bytes) -> None:
        """Run `make` and keep all it gives. A value that gives nothing counts as one record skipped."""
        count = 0
        try:
            for found in make():
                count += 1
                self.keep(found, place, raw)
        except RowError as error:
            count += 1
            self._refuse(error, place, raw)
        self.skipped += count == 0

    def keep(self, found: Found, place: Place, raw: bytes) -> None:
        """Keep one thing that a source made; `raw` is what it was made of, for a reject."""
        if isinstance(found, RowError):
            self._refuse(found, place, raw)
        elif isinstance(found, Skip):
            self.skipped += 1
        else:
            try:
                text = found.text.encode()
            except UnicodeEncodeError:
                self.rejects.append(reject(place, "encoding", raw))
                return
            if len(text) > MOST_BYTES:
                self.rejects.append(reject(place, "text_too_long", raw, str(len(text))))
                return
            self.posts.append(found)
            self.texts.append(text)

    def _refuse(self, error: RowError, place: Place, raw: bytes) -> None:
        detail = error.data.get("detail") or error.data.get("place", "")
        self.rejects.append(reject(place, str(error.data.get("reason", error.code)), raw, str(detail)))


def only_post(found: Iterator[Found], place: Place) -> Post:
    """The one post of a value that is known to hold one. Raises RowError when it does not after all."""
    for item in found:
        if isinstance(item, Post):
            return item
        if isinstance(item, RowError):
            raise item
    raise RowError(reason="missing_text", place=place.name)
