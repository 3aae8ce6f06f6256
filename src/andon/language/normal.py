"""The normal form of a text, with an exact map back to the original's code points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from andon.language import measures as measured
from andon.language.fold import folding
from andon.language.kernels import fold_text, join_letters

_WIDEST = 18  # one code point becomes at most this many codes (U+FDFA), so buffers of that width never run full


@dataclass(frozen=True, slots=True)
class NormalText:
    """The normal form of one text.

    `codes`: uint16, one per character of the normal form; `first`, `last`: int32, the half-open range of original code points that each
    stands for; `measures`: int32, indexed by `measures.M`.
    """

    codes: npt.NDArray[np.uint16]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    measures: npt.NDArray[np.int32]

    @property
    def text(self) -> str:
        """The normal form as a string (addresses and handles stand as single private-use characters)."""
        return self.codes.astype("<u2", copy=False).tobytes().decode("utf-16-le", "surrogatepass")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open code-point range behind `codes[start:end]`; `end` must be beyond `start`."""
        return int(self.first[start]), int(self.last[end - 1])


def normalise(text: str) -> NormalText:
    """Fold `text` to its normal form. Lone surrogates are folded like unknown characters; cost is linear."""
    data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    table = folding()
    room = len(text) * _WIDEST + 64
    codes, first, last = np.empty(room, np.uint16), np.empty(room, np.int32), np.empty(room, np.int32)
    row = np.zeros(measured.COUNT, np.int32)
    n = fold_text(data, 0, len(data), table.entry, table.pool, table.classes, codes, first, last, row)
    n = join_letters(codes, n, table.classes, first, last, row)
    return NormalText(codes[:n].copy(), first[:n].copy(), last[:n].copy(), row)
