"""Signals, folding table and model together: what scoring one post or a column of posts needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from andon.detection.scoring.kernels import MOST_HITS, mask_numbers
from andon.detection.scoring.lexicon import WORDS, Lexicon, compile_lexicon
from andon.detection.scoring.model import FLOOR, SHIFT, Model, shipped_model
from andon.detection.scoring.posts import ngram_parts, score_column, score_one
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


def _numbers(words: npt.NDArray[np.int64]) -> tuple[int, ...]:
    """The signals set in a row of `WORDS` words."""
    found = []
    for k, word in enumerate(words.tolist()):
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
        self.lexicon: Lexicon = compile_lexicon(signals)
        self.fold: Fold = folding()
        self.look = dict(zip(model.look_names, model.look_weights.tolist(), strict=True))

    def raw_scores(self, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Raw scores (float64) of the UTF-8 texts `data[offsets[i]:offsets[i + 1]]`."""
        raw = np.empty(len(offsets) - 1, np.float64)
        model = self.model
        score_column(
            data, offsets, self.fold, self.lexicon, model.anchors, model.weights, model.slots, model.prints, SHIFT, model.bias, model.step, FLOOR, raw
        )
        return raw

    def read(self, text: str) -> Reading:
        """Read one post with everything needed to explain it; its raw score equals the screen's."""
        data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
        room = len(text) * _EXPANSION + 64
        codes, masked = np.empty(room, np.uint16), np.empty(room + 2, np.uint16)
        first, last, place = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room + 2, np.int32)
        row = np.zeros(measured.COUNT, np.int32)
        hit_term, hit_at = np.empty(MOST_HITS, np.int32), np.empty(MOST_HITS, np.int32)
        hit_bits, bits = np.empty((MOST_HITS, WORDS), np.int64), np.zeros(WORDS, np.int64)
        places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
        model = self.model
        n, found, amounts, raw = score_one(
            data, self.fold, self.lexicon, model.anchors, model.weights, model.slots, model.prints, SHIFT, model.bias, model.step, FLOOR,
            codes, masked, place, first, last, row, hit_term, hit_at, hit_bits, bits, places, yens, periods,
        )  # fmt: skip
        lengths = self.lexicon.lengths
        hits = tuple(
            Hit(_numbers(hit_bits[h]), int(hit_at[h]), int(hit_at[h] + lengths[hit_term[h]])) for h in range(found) if hit_bits[h].any()
        )
        sums = tuple(Amount(int(places[k, 0]), int(places[k, 1]), int(yens[k]), int(periods[k])) for k in range(amounts))
        return Reading(NormalText(codes[:n], first[:n], last[:n], row), hits, sums, _numbers(bits), float(raw))

    def wording(self, normal: NormalText) -> list[tuple[int, int, float]]:
        """The n-grams of the post that the model knows: half-open range in the normal form and contribution to the raw score."""
        n = len(normal.codes)
        masked, place = np.empty(n + 2, np.uint16), np.empty(n + 2, np.int32)
        m = mask_numbers(normal.codes, n, self.fold.classes, self.fold.numerals, masked, place)
        starts, ends, values = np.empty(4 * m, np.int32), np.empty(4 * m, np.int32), np.empty(4 * m, np.int32)
        found = ngram_parts(masked, m, self.model.slots, self.model.prints, SHIFT, starts, ends, values)
        unit = self.model.step / float(np.sqrt(np.float64(m)))
        parts = []
        for k in range(found):
            start = max(int(place[starts[k]]), 0)
            following = int(place[ends[k]]) if ends[k] < m else n
            parts.append((start, min(max(following, start + 1), n), float(values[k]) * unit))
        return parts


@lru_cache(maxsize=1)
def shipped_engine() -> Engine:
    """The engine with all signals and the model that andon ships."""
    return Engine(all_signals(), shipped_model())
