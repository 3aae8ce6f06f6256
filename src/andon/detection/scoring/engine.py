"""Signals, folding table and model together: what scoring one post or a column of posts needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from andon.detection.scoring.kernels import MOST_HITS
from andon.detection.scoring.lexicon import WORDS, Lexicon
from andon.detection.scoring.lexicon_cache import cached_lexicon
from andon.detection.scoring.meaning import meaning_table, words_name
from andon.detection.scoring.model import Model, shipped_model
from andon.detection.scoring.posts import read_column, score_column
from andon.detection.signals.registry import all_signals
from andon.domain.errors import ModelError
from andon.language import measures as measured
from andon.language.fold import Fold, folding
from andon.language.normal import NormalText
from andon.language.yen import MOST_AMOUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.detection.signals.signal import Signal

_EXPANSION = 16  # one code point folds to at most fifteen codes
_AT_ONCE = 32  # posts that are read together


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
class Stretch:
    """A stretch of wording that the n-grams pull one way: half-open range in the normal form, and what it adds to the raw score."""

    start: int
    end: int
    worth: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the kernels found in one post.

    `signals` are the numbers of all that fire; `raw` is the screen's raw score, `contrast` what the second look took off it (zero or negative),
    `meaning` what the words taken together add to it (either sign) and `meant` the range of those that pull most; `wording` what all n-grams
    add to it, `stretches` the places that most of that comes from. A post that does not pass the screen's gate has none of them.
    """

    normal: NormalText
    hits: tuple[Hit, ...]
    amounts: tuple[Amount, ...]
    signals: tuple[int, ...]
    raw: float
    contrast: float
    meaning: float
    meant: tuple[int, int]
    wording: float
    stretches: tuple[Stretch, ...]


@lru_cache(maxsize=1 << 14)
def _numbers(words: tuple[int, ...]) -> tuple[int, ...]:
    """The signals set in a row of `WORDS` words."""
    found = []
    for k, word in enumerate(words):
        rest = word
        while rest:
            low = rest & -rest
            found.append(k * 63 + low.bit_length() - 1)
            rest ^= low
    return tuple(found)


class _Buffers:
    """What `read_column` writes for some texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        posts = len(texts)
        self.rooms = np.zeros(posts + 1, np.int64)
        np.cumsum([len(text) * _EXPANSION + 64 for text in texts], out=self.rooms[1:])
        room, hits, sums = int(self.rooms[-1]), posts * MOST_HITS, posts * MOST_AMOUNTS
        self.codes, self.first, self.last = np.empty(room, np.uint16), np.empty(room, np.int32), np.empty(room, np.int32)
        self.measures, self.counts = np.zeros((posts, measured.COUNT), np.int32), np.zeros((posts, 6), np.int64)
        self.bits, self.scores = np.zeros((posts, WORDS), np.int64), np.empty((posts, 4), np.float64)
        self.hits = np.empty(hits, np.int32), np.empty(hits, np.int32), np.empty((hits, WORDS), np.int64)
        self.amounts = np.empty((sums, 2), np.int32), np.empty(sums, np.int64), np.empty(sums, np.int64)
        self.wording = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.float64)

    def fill(self, texts: Sequence[str], engine: Engine) -> None:
        """Have the kernel read the texts."""
        coded = [text.encode("utf-8", "replace") for text in texts]
        offsets = np.zeros(len(texts) + 1, np.int64)
        np.cumsum([len(one) for one in coded], out=offsets[1:])
        data = np.frombuffer(b"".join(coded) or b"\0", np.uint8)
        text = self.codes, self.first, self.last, self.measures, self.counts, self.bits, self.scores
        tables = engine.table, engine.contrast_table, engine.meaning, engine.limits
        read_column(data, offsets, engine.fold, engine.lexicon, *tables, self.rooms, text, self.hits, self.amounts, self.wording)

    def readings(self, lengths: npt.NDArray[np.int32]) -> Iterator[Reading]:
        """What was found, text by text; `lengths` are the codes of every term."""
        _, hits, sums, pulls, *_ = self.counts.sum(axis=0).tolist()
        terms, ats, fires = (array[:hits] for array in self.hits)
        found = zip(fires.tolist(), ats.tolist(), lengths[terms].tolist(), strict=True)
        money = zip(*(array[:sums].tolist() for array in self.amounts), strict=True)
        wording = zip(*(array[:pulls].tolist() for array in self.wording), strict=True)
        rows = zip(self.counts.tolist(), self.rooms.tolist(), self.bits.tolist(), self.scores.tolist(), strict=False)
        for i, ((n, hits, sums, pulls, *meant), a, bits, (raw, worth, contrast, meaning)) in enumerate(rows):
            yield Reading(
                NormalText(self.codes[a : a + n], self.first[a : a + n], self.last[a : a + n], self.measures[i]),
                tuple(Hit(_numbers(tuple(words)), at, at + length) for words, at, length in islice(found, hits) if any(words)),
                tuple(Amount(start, end, yen, period) for (start, end), yen, period in islice(money, sums)),
                _numbers(tuple(bits)),
                raw,
                contrast,
                meaning,
                (meant[0], meant[1]),
                worth,
                tuple(Stretch(*stretch) for stretch in islice(wording, pulls)),
            )


def packed(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Texts as one UTF-8 buffer (uint8) and the offsets (int64, one more than texts) between them."""
    encoded = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=offsets[1:])
    return np.frombuffer(b"".join(encoded) or b"\0", np.uint8), offsets


class Engine:
    """Scores texts. Safe to share between threads: reading one post uses buffers of its own, columns are handled inside the kernel."""

    def __init__(self, signals: Sequence[Signal], model: Model) -> None:
        names = tuple(signal.name for signal in signals)
        if names != model.signals:
            raise ModelError(path="", reason=", ".join(sorted(set(names) ^ set(model.signals))[:3]) or "order")
        if model.meaning is not None and model.meaning.words != words_name():
            raise ModelError(path="", reason="words")
        self.signals = tuple(signals)
        self.number = {name: index for index, name in enumerate(names)}
        self.model = model
        self.lexicon: Lexicon = cached_lexicon(signals)
        self.fold: Fold = folding()
        self.table, self.contrast_table, self.limits = model.table, model.contrast_table, model.limits
        self.meaning = meaning_table(model.meaning)
        self.points = [int(weight) / 1000.0 for weight in model.weights]  # what each signal adds to the raw score

    def raw_scores(self, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Raw scores (float64) of the UTF-8 texts `data[offsets[i]:offsets[i + 1]]`."""
        raw = np.empty(len(offsets) - 1, np.float64)
        score_column(data, offsets, self.fold, self.lexicon, self.table, self.contrast_table, self.meaning, self.limits, raw)
        return raw

    def scores(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """The calibrated score (0 to 1) of every text."""
        return self.model.calibration.scores(self.raw_scores(*packed(texts)))

    def read(self, text: str) -> Reading:
        """Read one post with everything needed to explain it; its raw score equals the screen's."""
        return self.read_many([text])[0]

    def read_many(self, texts: Sequence[str]) -> list[Reading]:
        """As `read`, for several posts at less cost each: calling compiled code with all these arrays costs as much as reading ten posts."""
        readings: list[Reading] = []
        for start in range(0, len(texts), _AT_ONCE):
            part = texts[start : start + _AT_ONCE]
            buffers = _Buffers(part)
            buffers.fill(part, self)
            readings += buffers.readings(self.lexicon.lengths)
        return readings


@lru_cache(maxsize=1)
def shipped_engine() -> Engine:
    """The engine with all signals and the model that andon ships."""
    return Engine(all_signals(), shipped_model())
