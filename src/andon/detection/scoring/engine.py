"""Signals, folding table and model together: what scoring one post or a column of posts needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from andon.detection.scoring.kernels import MOST_HITS
from andon.detection.scoring.lexicon import WORDS, Lexicon
from andon.detection.scoring.lexicon_cache import cached_lexicon
from andon.detection.scoring.model import Model, shipped_model
from andon.detection.scoring.posts import score_column, score_one, wording_shares
from andon.detection.signals.registry import all_signals
from andon.domain.errors import ModelError
from andon.language import measures as measured
from andon.language.fold import Fold, folding
from andon.language.normal import NormalText
from andon.language.yen import MOST_AMOUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.signals.signal import Signal

_EXPANSION = 16  # one code point folds to at most fifteen codes


@dataclass(frozen=True, slots=True)
class Hit:
    """One term found: the signals it fires (after guards) and its half-open range in the normal form."""

    signals: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of money: half-open range in the normal form, yen, and the measure (period) it belongs to."""

    start: int
    end: int
    yen: int
    period: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the kernels found in one post. `signals` are the numbers of all that fire; `raw` is the screen's raw score."""

    normal: NormalText
    hits: tuple[Hit, ...]
    amounts: tuple[Amount, ...]
    signals: tuple[int, ...]
    raw: float


def _numbers(words: list[int]) -> tuple[int, ...]:
    """The signals set in a row of `WORDS` words."""
    found = []
    for k, word in enumerate(words):
        rest = word
        while rest:
            low = rest & -rest
            found.append(k * 63 + low.bit_length() - 1)
            rest ^= low
    return tuple(found)


class Engine:
    """Scores texts. Safe to share between threads: reading one post uses buffers of its own, columns are handled inside the kernel."""

    def __init__(self, signals: Sequence[Signal], model: Model) -> None:
        names = tuple(signal.name for signal in signals)
        if names != model.signals:
            raise ModelError(path="", reason=", ".join(sorted(set(names) ^ set(model.signals))[:3]) or "order")
        self.signals = tuple(signals)
        self.number = {name: index for index, name in enumerate(names)}
        self.model = model
        self.lexicon: Lexicon = cached_lexicon(signals)
        self.fold: Fold = folding()
        self.table = model.table
        self.look = dict(zip(model.look_names, model.look_weights.tolist(), strict=True))

    def raw_scores(self, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Raw scores (float64) of the UTF-8 texts `data[offsets[i]:offsets[i + 1]]`."""
        raw = np.empty(len(offsets) - 1, np.float64)
        score_column(data, offsets, self.fold, self.lexicon, self.table, raw)
        return raw

    def read(self, text: str) -> Reading:
        """Read one post with everything needed to explain it; its raw score equals the screen's."""
        data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
        room = len(text) * _EXPANSION + 64
        codes, masked = np.empty(room, np.uint16), np.empty(room + 2, np.uint16)
        first, last, place = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room + 2, np.int32)
        states = np.empty(room + 2, np.int64)
        row = np.zeros(measured.COUNT, np.int32)
        hit_term, hit_at = np.empty(MOST_HITS, np.int32), np.empty(MOST_HITS, np.int32)
        hit_bits, bits = np.empty((MOST_HITS, WORDS), np.int64), np.zeros(WORDS, np.int64)
        places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
        n, found, amounts, raw = score_one(
            data, self.fold, self.lexicon, self.table, codes, masked, place, states, first, last, row, hit_term, hit_at, hit_bits, bits,
            places, yens, periods,
        )  # fmt: skip
        terms, places_found = hit_term[:found], hit_at[:found].tolist()
        lengths = self.lexicon.lengths[terms].tolist()
        hits = tuple(
            Hit(_numbers(words), at, at + length)
            for words, at, length in zip(hit_bits[:found].tolist(), places_found, lengths, strict=True)
            if any(words)
        )
        sums = tuple(Amount(int(places[k, 0]), int(places[k, 1]), int(yens[k]), int(periods[k])) for k in range(amounts))
        return Reading(NormalText(codes[:n], first[:n], last[:n], row), hits, sums, _numbers(bits.tolist()), float(raw))

    def wording(self, normal: NormalText) -> tuple[list[float], float]:
        """What the known n-grams add to the raw score: each code's share, and the sum of all (which also holds what stands at the ends alone)."""
        n = len(normal.codes)
        masked, place, shares = np.empty(n + 2, np.uint16), np.empty(n + 2, np.int32), np.empty(n, np.float64)
        total = wording_shares(normal.codes, n, self.fold, self.table, masked, place, shares)
        return shares.tolist(), float(total)


@lru_cache(maxsize=1)
def shipped_engine() -> Engine:
    """The engine with all signals and the model that andon ships."""
    return Engine(all_signals(), shipped_model())
