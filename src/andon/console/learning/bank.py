"""The bank of wordings that people said are not recruitment, as a table in memory that says quickly which texts are near one of them.

Near means what confirms a tie between two posts (0.85 alike, 24 characters and more), or the very same wording, whatever its length. Every wording of
the bank is looked at, none is missed by a hash: lengths and letter counts rule out nearly all of them before an edit distance is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.campaigns.edit_kernels import BLOCKS, MOST_COMPARED, edit_distance, mark_symbols
from andon.detection.campaigns.near_index import codes_of
from andon.detection.campaigns.ties import CONFIRMED_LENGTH, CONFIRMED_WORDING, Standing, wording_standing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

_SYMBOLS = 16
_HASH, _SHIFT = 40503, 9  # letters as the window of recent wordings has them (campaigns.kernels)


@dataclass(frozen=True, slots=True)
class _Wordings:
    """Texts as the edit distance reads them: two letters a byte from `starts` on, `lengths`, counts of each symbol, and the whole as a key."""

    packed: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int16]
    keys: tuple[bytes, ...]

    def joined(self, other: _Wordings) -> _Wordings:
        """These and the others."""
        return _Wordings(
            np.concatenate([self.packed, other.packed]), np.concatenate([self.starts, other.starts + len(self.packed)]),
            np.concatenate([self.lengths, other.lengths]), np.concatenate([self.counts, other.counts]), self.keys + other.keys,
        )  # fmt: skip

    def part(self, places: npt.NDArray[np.int64]) -> _Wordings:
        """Those at `places`."""
        return _Wordings(self.packed, self.starts[places], self.lengths[places], self.counts[places], tuple(self.keys[k] for k in places.tolist()))


def _read(texts: Sequence[str]) -> _Wordings:
    """The texts, letters of all of them at once: a bank of 20,000 is read in a fraction of a second."""
    codes = codes_of(texts)
    whole = np.diff(codes.offsets)
    lengths, size = np.minimum(whole, MOST_COMPARED), (np.minimum(whole, MOST_COMPARED) + 1) // 2
    starts = np.zeros(len(texts), np.int64)
    np.cumsum(size[:-1], out=starts[1:])
    place = np.arange(len(codes.codes)) - np.repeat(codes.offsets[:-1], whole)
    compared = place < MOST_COMPARED
    place, row = place[compared], np.repeat(np.arange(len(texts)), whole)[compared]
    letters = (((codes.codes[compared].astype(np.int64) * _HASH) >> _SHIFT) & (_SYMBOLS - 1)).astype(np.uint8)
    packed = np.zeros(int(size.sum()) + 1, np.uint8)
    for odd in (0, 1):  # no two letters of one parity share a byte
        own = (place & 1) == odd
        packed[starts[row[own]] + (place[own] >> 1)] |= letters[own] << np.uint8(4 * odd)
    counts = np.bincount(row * _SYMBOLS + letters, minlength=_SYMBOLS * len(texts)).reshape(len(texts), _SYMBOLS).astype(np.int16)
    bounds = codes.offsets.tolist()
    return _Wordings(packed, starts, lengths, counts, tuple(codes.codes[a:b].tobytes() for a, b in pairwise(bounds)))


_NOTHING = _Wordings(np.zeros(1, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, _SYMBOLS), np.int16), ())


class Bank:
    """Wordings by the number they have in the database, the shortest first. A bank does not change: coming and going make another."""

    def __init__(self, wordings: Sequence[tuple[int, str]] = ()) -> None:
        read = _read([text for _, text in wordings]) if wordings else _NOTHING
        self._hold(np.array([number for number, _ in wordings], np.int64), read)

    def _hold(self, numbers: npt.NDArray[np.int64], wordings: _Wordings) -> None:
        order = np.argsort(wordings.lengths, kind="stable")
        self.numbers, self._wordings = numbers[order], wordings.part(order)
        self._exact: dict[bytes, int] = dict(zip(self._wordings.keys, self.numbers.tolist(), strict=True))

    def changed(self, *, come: Sequence[tuple[int, str]] = (), gone: Collection[int] = ()) -> Bank:
        """The bank with more wordings and without those of these numbers; nothing that stays is read again."""
        more, result = Bank(come), Bank()
        stay = np.flatnonzero(~np.isin(self.numbers, list(gone)))
        result._hold(np.concatenate([self.numbers[stay], more.numbers]), self._wordings.part(stay).joined(more._wordings))
        return result

    def near(self, texts: Sequence[str]) -> list[int | None]:
        """For each text the number of a wording that it nearly equals, None for none."""
        if not len(self.numbers) or not texts:
            return [None] * len(texts)
        asked = _read(texts)
        return [self._near_one(asked, place) for place in range(len(texts))]

    def _near_one(self, asked: _Wordings, place: int) -> int | None:
        key, length = asked.keys[place], int(asked.lengths[place])
        if key and key in self._exact:
            return self._exact[key]
        own = self._wordings
        first = int(np.searchsorted(own.lengths, max(CONFIRMED_LENGTH, int(CONFIRMED_WORDING * length)), "left"))
        last = int(np.searchsorted(own.lengths, int(length / CONFIRMED_WORDING) + 1, "right")) if length >= CONFIRMED_LENGTH else first
        limits = ((1.0 - CONFIRMED_WORDING) * np.maximum(own.lengths[first:last], length) + 1e-9).astype(np.int64)
        apart = np.abs(own.counts[first:last] - asked.counts[place]).sum(axis=1)  # one edit changes two counts by one at most
        possible = np.flatnonzero(apart <= 2 * limits) + first
        if not len(possible):
            return None
        equal, plus, minus = np.empty(_SYMBOLS * BLOCKS, np.uint64), np.empty(BLOCKS, np.uint64), np.empty(BLOCKS, np.uint64)
        mark_symbols(_unpacked(asked, place), length, equal)
        for other in possible.tolist():
            limit, size = int(limits[other - first]), int(own.lengths[other])
            edits = int(edit_distance(length, equal, own.packed, int(own.starts[other]), size, limit, plus, minus))
            if edits <= limit and wording_standing(1.0 - edits / max(size, length), min(size, length)) is Standing.CONFIRMED:
                return int(self.numbers[other])
        return None


def _unpacked(asked: _Wordings, place: int) -> npt.NDArray[np.uint8]:
    start, length = int(asked.starts[place]), int(asked.lengths[place])
    both = asked.packed[start : start + (length + 1) // 2]
    letters = np.empty(2 * len(both), np.uint8)
    letters[::2], letters[1::2] = both & 15, both >> 4
    return letters[:length]
