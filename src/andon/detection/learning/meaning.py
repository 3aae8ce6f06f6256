"""Fit the filters over words: what their meaning adds to a score that knows letters only (`scoring/meaning.py` says how they are read).

The fit starts from each row's raw score by a model that did not see the row, and learns only what that score gets wrong. Adam (D. Kingma, J. Ba, ICLR
2015) with weight decay and dropout; windows with the strongest place of each filter as in Y. Kim, EMNLP 2014. The same rows give the same filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.scoring.meaning import WIDE, common_words, words_name
from andon.detection.scoring.meaning_kernels import MOST_WORDS, words_column
from andon.detection.scoring.model import Meaning
from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from andon.detection.learning.fitting import Flags, Floats, Plan

    Words = npt.NDArray[np.int32]
    Singles = npt.NDArray[np.float32]

_BATCH, _BUCKET = 256, 4
_RATE, _DECAY = 2e-3, 1e-3
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8  # of Adam
_WORDS_OUT, _FILTERS_OUT = 0.15, 0.4  # shares struck out while learning
_AT_ONCE = 2000
_SEED = 7


def words_of(texts: Sequence[str]) -> Words:
    """The vectors' rows of the words of every text (texts by `MOST_WORDS`), filled up with the number of vectors."""
    words, vectors = common_words()
    folded = [normalise(text).codes for text in texts]
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(codes) for codes in folded], out=offsets[1:])
    found, counts = np.full((len(texts), MOST_WORDS), len(vectors), np.int32), np.zeros(len(texts), np.int64)
    words_column(np.concatenate([*folded, np.zeros(1, np.uint16)]), offsets, words, found, counts)
    return found


@dataclass
class _Seen:
    """What the filters see of some rows: windows, answers, the strongest place of each, what goes into the sum, and the root of the length."""

    windows: Singles
    answers: Singles
    places: npt.NDArray[np.int64]
    pooled: Singles
    roots: Singles


class MeaningFit:
    """Filters while they are being fitted."""

    def __init__(self, filters: int) -> None:
        _, vectors = common_words()
        self._rng = np.random.default_rng(_SEED)
        self._nothing, self._wide = len(vectors), vectors.shape[1]
        # The last row is no word: zeros, as beyond both ends of a text.
        self._spread = float(vectors.std())
        self._vectors = np.vstack([vectors, np.zeros((1, self._wide), np.int8)]).astype(np.float32) / np.float32(self._spread)
        size = WIDE * self._wide
        self._filters = filters
        first = self._rng.normal(0, size**-0.5, (size, filters)).astype(np.float32)
        self._parts = [first, np.zeros(filters, np.float32), np.zeros((2 * filters, 1), np.float32), np.zeros(1, np.float32)]

    def _see(self, words: Words) -> _Seen:
        length = max(int((words != self._nothing).sum(axis=1).max(initial=0)), 1)
        words = words[:, :length]
        known = words != self._nothing
        padded = np.full((len(words), length + 2), self._nothing, np.int32)
        padded[:, 1:-1] = words
        vectors = self._vectors[padded]
        windows = np.concatenate([vectors[:, k : k + length] for k in range(WIDE)], axis=2)
        answers = windows.reshape(-1, windows.shape[2]) @ self._parts[0] + self._parts[1]
        answers = np.maximum(answers.reshape(len(words), length, -1), 0) * known[:, :, None]
        places = answers.argmax(axis=1)
        top = np.take_along_axis(answers, places[:, None], axis=1)[:, 0]
        roots = np.sqrt(known.sum(axis=1) + 1).astype(np.float32)[:, None]
        return _Seen(windows, answers, places, np.concatenate([top, answers.sum(axis=1) / roots], axis=1), roots)

    def _turns(self, words: Words, epochs: int) -> Iterator[npt.NDArray[np.int64]]:
        """Rows in batches of about the same length, each row once an epoch."""
        lengths = (words != self._nothing).sum(axis=1) // _BUCKET
        for _ in range(epochs):
            order = self._rng.permutation(len(words))
            order = order[np.argsort(lengths[order] + self._rng.random(len(order)), kind="stable")]
            batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
            for number in self._rng.permutation(len(batches)).tolist():
                yield batches[number]

    def fit(self, words: Words, truth: Flags, weights: Floats, start: Floats, epochs: int) -> None:
        """Learn what is to be added to `start` (raw scores as log-odds) for `truth` to come out."""
        steps = epochs * -(-len(words) // _BATCH)
        first, second = [np.zeros_like(part) for part in self._parts], [np.zeros_like(part) for part in self._parts]
        for step, rows in enumerate(self._turns(words, epochs), 1):
            rate = _RATE * (1 - (step - 1) / steps)
            for k, slope in enumerate(self._slopes(words[rows], truth[rows], weights[rows], start[rows])):
                first[k] += (1 - _FIRST) * (slope - first[k])
                second[k] += (1 - _SECOND) * (slope * slope - second[k])
                move = first[k] / (1 - _FIRST**step) / (np.sqrt(second[k] / (1 - _SECOND**step)) + _TINY)
                self._parts[k] -= np.float32(rate) * (move + _DECAY * self._parts[k])

    def _slopes(self, words: Words, truth: Flags, weights: Floats, start: Floats) -> list[Singles]:
        """The loss's slope in every part."""
        words = np.where(self._rng.random(words.shape) < _WORDS_OUT, self._nothing, words).astype(np.int32)
        seen = self._see(words)
        kept = ((self._rng.random(seen.pooled.shape) > _FILTERS_OUT) / (1 - _FILTERS_OUT)).astype(np.float32)
        pooled = seen.pooled * kept
        value = (pooled @ self._parts[2] + self._parts[3])[:, 0] + start
        wrong = ((1 / (1 + np.exp(-value)) - truth) * weights / len(words)).astype(np.float32)[:, None]
        back = (wrong @ self._parts[2].T) * kept
        inner = np.repeat((back[:, self._filters :] / seen.roots)[:, None], seen.answers.shape[1], axis=1)
        at_top = np.take_along_axis(inner, seen.places[:, None], axis=1) + back[:, None, : self._filters]
        np.put_along_axis(inner, seen.places[:, None], at_top, axis=1)
        inner *= seen.answers > 0
        windows, flat = seen.windows.reshape(-1, seen.windows.shape[2]), inner.reshape(-1, self._filters)
        return [windows.T @ flat, flat.sum(axis=0), pooled.T @ wrong, wrong.sum(axis=0)]

    def values(self, words: Words) -> Floats:
        """What is added to the score of every row; nothing where no word is known."""
        parts = [self._see(words[start : start + _AT_ONCE]).pooled @ self._parts[2] + self._parts[3] for start in range(0, len(words), _AT_ONCE)]
        found = np.concatenate([np.empty((0, 1), np.float32), *parts])[:, 0].astype(np.float64)
        return np.where(words[:, 0] == self._nothing, 0.0, found)

    def in_steps(self, scale: float) -> Meaning:
        """The filters as whole numbers; all that they add times `scale`."""
        filters, biases, weights, least = self._parts
        most = np.maximum(np.abs(filters).max(axis=0), _TINY)
        whole = np.round(filters * (127 / most)).astype(np.int8).reshape(WIDE, self._wide, self._filters)
        outer = np.concatenate([weights[:, 0], least]).astype(np.float64) * scale
        return Meaning(words_name(), whole, (most / 127 / self._spread).astype(np.float32), biases.copy(), outer)


def fit_meaning(words: Words, truth: Flags, weights: Floats, start: Floats, plan: Plan) -> MeaningFit:
    """Filters fitted on the rows that weigh anything; `start`: their raw scores by a model that did not see them."""
    rows = np.flatnonzero(weights > 0)
    fit = MeaningFit(plan.meaning_filters)
    low, high = plan.meaning_start
    fit.fit(words[rows], truth[rows], weights[rows], np.clip(start[rows], low, high), plan.meaning_epochs)
    return fit
