"""The window of recent wordings: for every post of a column, the earlier posts that it nearly equals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from andon.detection.campaigns.kernels import BANDS, MOST_PARTNERS, MOST_SLOTS, SEEN_BITS, WAYS, WORDS, Window, add_column, mask_column
from andon.detection.campaigns.large_pages import zeros
from andon.language.fold import folding

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOAD = 5  # entries per bucket of eight, on average, when the window is full
_BYTES_A_POST = 46  # for the letters, two in a byte: where posts are longer than 92 characters on average, the oldest are forgotten sooner
_LEAST_ROOM = 1 << 16
NEAR_COPY = 0.95  # similarity from which a post is not stored beside the one it repeats


@dataclass(frozen=True, slots=True)
class Near:
    """Near-identical pairs of one column: `post` (number of the later one), `partner` (of the earlier one), `similarity` (1 minus edits per
    character)."""  # noqa: D205, D209

    post: npt.NDArray[np.int64]
    partner: npt.NDArray[np.int64]
    similarity: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Codes:
    """Masked normal forms as one column of code units: text i is `codes[offsets[i]:offsets[i + 1]]`."""

    codes: npt.NDArray[np.uint16]
    offsets: npt.NDArray[np.int64]


def masked_codes(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> Codes:
    """Normal forms of the UTF-8 texts `data[offsets[i]:offsets[i + 1]]`, handles, addresses and numbers as one sign each."""
    room = 6 * int(offsets[-1] - offsets[0]) + 64 * len(offsets)
    codes, places = np.empty(room, np.uint16), np.zeros(len(offsets), np.int64)
    count = mask_column(data, offsets, folding(), codes, places)
    return Codes(codes[:count].copy(), places)


def codes_of(texts: Sequence[str]) -> Codes:
    """As `masked_codes`, of texts."""
    coded = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.zeros(len(coded) + 1, np.int64)
    np.cumsum([len(one) for one in coded], out=offsets[1:])
    return masked_codes(np.frombuffer(b"".join(coded), np.uint8), offsets)


class NearIndex:
    """A window over the last `capacity` different wordings (at most 16 million), of fixed size: at most 200 bytes for each.

    Posts are numbered from 0 in the order in which they come. The oldest wordings fall out; a wording that is seen again stays.
    """

    def __init__(self, capacity: int) -> None:
        if not 0 < capacity <= MOST_SLOTS:
            message = f"capacity must lie between 1 and {MOST_SLOTS}"
            raise ValueError(message)
        room = max(_LEAST_ROOM, capacity * _BYTES_A_POST)
        self._window = Window(
            buckets=zeros(BANDS * (capacity // _LOAD + 1) * WAYS, np.uint32), sketches=zeros(capacity * WORDS, np.uint64),
            starts=zeros(capacity, np.uint32), lengths=zeros(capacity, np.uint16), numbers=zeros(capacity, np.uint32),
            letters=zeros(room, np.uint8), seen=zeros(1 << SEEN_BITS, np.uint16), state=np.zeros(4, np.int64),
        )  # fmt: skip
        self.posts = 0

    @property
    def nbytes(self) -> int:
        """Bytes of all tables."""
        return sum(table.nbytes for table in self._window)

    @property
    def wordings(self) -> int:
        """Different wordings taken in so far, those that have fallen out included."""
        return int(self._window.state[0])

    def add(self, column: Codes) -> Near:
        """Look up every text of `column` among all earlier ones (those of the same column included), and take it in."""
        count = len(column.offsets) - 1
        counts = np.zeros(count, np.int64)
        partners = np.zeros((count, MOST_PARTNERS), np.int64)
        similarities = np.zeros((count, MOST_PARTNERS), np.float32)
        add_column(column.codes, column.offsets, self.posts, self._window, NEAR_COPY, counts, partners, similarities)
        first, self.posts = self.posts, self.posts + count
        wanted = np.arange(MOST_PARTNERS) < counts[:, None]
        return Near(np.repeat(np.arange(first, first + count), counts), partners[wanted], similarities[wanted])
