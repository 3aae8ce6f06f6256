"""From texts to the numbers that the model is fitted on: signals as 0 or 1, and hashed n-grams scaled by the length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import sparse

from andon.detection.scoring.engine import packed
from andon.detection.scoring.lexicon import WORDS, Lexicon
from andon.detection.scoring.lexicon_cache import cached_lexicon
from andon.detection.scoring.posts import describe_column
from andon.language.fold import folding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.signals.signal import Signal


_ORDERS = 4


@dataclass(frozen=True, slots=True)
class Described:
    """Texts as the kernels see them: `signals` (bool, texts by signals), `lengths` (of the masked streams), and the n-grams of each text.

    `hashes` (int64) and `rows` (the text each belongs to) stand in the order of the text: for every place its n-grams of one, two, … characters.
    """

    signals: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]

    @property
    def orders(self) -> npt.NDArray[np.int64]:
        """How many characters each of `hashes` covers: 2, 3, … at every place, fewer near the end of a text."""
        tails = {m: [order for p in range(max(m - _ORDERS + 1, 0), m) for order in range(2, m - p + 1)] for m in range(2, _ORDERS + 1)}
        full = np.arange(2, _ORDERS + 1)
        parts = [np.concatenate([np.tile(full, max(m - _ORDERS + 1, 0)), tails[min(m, _ORDERS)]]) for m in self.lengths.tolist() if m > 1]
        return np.concatenate(parts).astype(np.int64) if parts else np.empty(0, np.int64)

    def ngrams(self, vocabulary: npt.NDArray[np.int64]) -> sparse.csr_matrix:
        """Counts over root of length, for the n-grams of `vocabulary` (sorted hashes)."""
        column = np.searchsorted(vocabulary, self.hashes)
        column[column == len(vocabulary)] = 0
        known = vocabulary[column] == self.hashes
        rows, columns = self.rows[known], column[known]
        values = 1.0 / np.sqrt(self.lengths[rows])
        return sparse.csr_matrix((values, (rows, columns)), shape=(len(self.lengths), len(vocabulary)))


def describe(texts: Sequence[str], signals: Sequence[Signal], lexicon: Lexicon | None = None) -> Described:
    """Read `texts` with the same kernels that screen posts."""
    compiled = lexicon or cached_lexicon(signals)
    data, offsets = packed(texts)
    bits, lengths = np.zeros((len(texts), WORDS), np.int64), np.zeros(len(texts), np.int64)
    hashes = np.empty(4 * 5 * len(data) + 8 * len(texts) + 64, np.int64)
    written = describe_column(data, offsets, folding(), compiled, bits, lengths, hashes)
    fired = np.zeros((len(texts), len(signals)), np.bool_)
    for index in range(len(signals)):
        fired[:, index] = (bits[:, index // 63] >> (index % 63)) & 1
    per_text = np.array([sum(min(_ORDERS, m - p) - 1 for p in range(m - 1)) for m in lengths.tolist()], np.int64)
    rows = np.repeat(np.arange(len(texts)), per_text)
    return Described(fired, lengths, hashes[:written].copy(), rows)


def vocabulary(described: Described, families: npt.NDArray[np.int64], *, least: int) -> npt.NDArray[np.int64]:
    """Hashes (sorted) of the n-grams seen in at least `least` different families."""
    pairs = np.unique(np.stack([described.hashes, families[described.rows]], axis=1), axis=0)
    found, counts = np.unique(pairs[:, 0], return_counts=True)
    return found[counts >= least]
