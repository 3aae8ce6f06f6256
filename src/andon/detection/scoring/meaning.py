"""What the words of a post mean, taken together: a small convolution over word vectors, for the few posts above the gate.

N-grams know letters, not meaning: a word that recruitment of the corpus never used says nothing to them. Here every word stands for a vector in
which words of like use lie near each other, so that what was learned of 荷物 counts for 小包 as well. A text is parted into the common words of
Japanese so that the whole is as likely as can be; each filter looks at three neighbouring words; of every filter the strongest place and the sum over
all places count. The value is added to the raw score of a post that reached the gate.

Vectors and filters are whole numbers, and so is every product of the two: added in whatever order they are the same on every machine.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from andon.detection.scoring.meaning_kernels import fill_slots

if TYPE_CHECKING:
    from andon.detection.scoring.model import Meaning

PLACE = Path(__file__).with_name("words.npz")
WIDE = 3  # words that a filter looks at
_BEGINS = 1 << 22  # bits: half a megabyte


class Words(NamedTuple):
    """The common words by the hash of their codes.

    `begins` (uint8): bit set over the hashes of all words and their beginnings; `slots` (int64: hashes, 0 for none) and `found` (int32: word numbers)
    are an open table. By word number `lengths` (int32, in codes), `costs` (int32, -100 times the logarithm of the word's share of running text) and
    `rows` (int32: its vector).
    """

    begins: npt.NDArray[np.uint8]
    slots: npt.NDArray[np.int64]
    found: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]
    costs: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]


class MeaningTable(NamedTuple):
    """What the kernel adds up: `words`, and for every word and each of the three places in a window its product with all filters.

    `parts` (float32, vectors by `WIDE` by filters; whole numbers), `scales` and `biases` (float32, one a filter), `weights` (float64: of every
    filter's strongest place, then of its sum, then what every post is given). No filters: nothing is added.
    """

    words: Words
    parts: npt.NDArray[np.float32]
    scales: npt.NDArray[np.float32]
    biases: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def common_words() -> tuple[Words, npt.NDArray[np.int8]]:
    """The words that andon ships and their vectors (int8, one a row)."""
    with np.load(PLACE, allow_pickle=False) as stored:
        codes, lengths = stored["codes"], stored["lengths"].astype(np.int32)
        rows, costs, vectors = stored["rows"].astype(np.int32), stored["costs"].astype(np.int32), stored["vectors"]
    size = 1 << (2 * len(lengths)).bit_length()
    slots, found = np.zeros(size, np.int64), np.zeros(size, np.int32)
    begins = np.zeros(_BEGINS // 8, np.uint8)
    fill_slots(codes, lengths, slots, found, begins)
    return Words(begins, slots, found, lengths, costs, rows), vectors


@lru_cache(maxsize=1)
def words_name() -> str:
    """A name for the words that andon ships; a model fitted on other words is refused."""
    return hashlib.sha256(PLACE.read_bytes()).hexdigest()[:16]


def meaning_table(meaning: Meaning | None) -> MeaningTable:
    """The numbers for the kernel; those of no filters for a model without any."""
    words, vectors = common_words()
    filters = meaning.filters if meaning is not None else np.zeros((WIDE, vectors.shape[1], 0), np.int8)
    # Whole numbers below 2 ** 24: exact in float32, in whatever order a library adds them.
    parts = vectors.astype(np.float32) @ filters.astype(np.float32).transpose(1, 0, 2).reshape(vectors.shape[1], -1)
    shaped = np.ascontiguousarray(parts.reshape(len(vectors), WIDE, filters.shape[2]))
    if meaning is None:
        nothing = np.empty(0, np.float32)
        return MeaningTable(words, shaped, nothing, nothing, np.zeros(1))
    return MeaningTable(words, shaped, meaning.scales, meaning.biases, meaning.weights)
