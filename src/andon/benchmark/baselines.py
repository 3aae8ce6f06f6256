"""What others would do: pandas with one regular expression, scikit-learn, and the best that plain wheels give. They need the dev extras."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

_BATCH = 4096
_SLOTS = 1 << 18


def _batches(path: Path, most: int) -> Iterator[list[str]]:
    with path.open("rb") as file:
        rows = islice(file, most)
        while lines := list(islice(rows, _BATCH)):
            yield [orjson.loads(line)["text"] for line in lines]


@dataclass(frozen=True, slots=True)
class PandasRegex:
    """`pandas.read_json` and one alternation of all terms."""

    terms: Sequence[str]

    def __call__(self, path: Path, most: int) -> int:
        """Posts of the first `most` that hold a term."""
        import pandas as pd  # noqa: PLC0415 - a dev extra; without it the other rows still run

        pattern = "|".join(map(re.escape, sorted(self.terms, key=len, reverse=True)))
        return sum(int(frame["text"].str.contains(pattern).sum()) for frame in pd.read_json(path, lines=True, nrows=most, chunksize=_BATCH))


class ScikitLearn:
    """Character TF-IDF of one to four characters and a logistic regression over JSON lines."""

    def __init__(self, training: Sequence[tuple[str, int]]) -> None:
        self.model: Any = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True), LogisticRegression(max_iter=300))
        self.model.fit([unicodedata.normalize("NFKC", text) for text, _ in training], [label for _, label in training])

    def __call__(self, path: Path, most: int) -> int:
        """Posts of the first `most` that score above one half."""
        return sum(
            int((self.model.predict_proba([unicodedata.normalize("NFKC", text) for text in texts])[:, 1] > 0.5).sum())  # noqa: PLR2004
            for texts in _batches(path, most)
        )


def _fold_table() -> dict[int, str]:
    """One table for `str.translate`: NFKC, lower case, katakana to hiragana."""
    table = {}
    for point in (*range(0x3400), *range(0xF900, 0xFFFF)):
        text = unicodedata.normalize("NFKC", chr(point)).lower()
        text = "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in text)
        if text != chr(point):
            table[point] = text
    return table


class PlainWheels:
    """orjson, `str.translate`, daachorse and n-grams hashed by numpy over whole batches."""

    def __init__(self, terms: Sequence[str]) -> None:
        import daachorse  # noqa: PLC0415 - a dev extra

        self.automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick(list(terms))
        self.table = _fold_table()
        self.weights = np.random.default_rng(1).normal(size=_SLOTS).astype(np.float32)

    def __call__(self, path: Path, most: int) -> int:
        """Posts of the first `most` that hold a term and score above zero."""
        return sum(self._flagged([text.translate(self.table) for text in texts]) for texts in _batches(path, most))

    def _flagged(self, texts: list[str]) -> int:
        held = np.array([len(self.automaton.find_overlapping(text)) > 0 for text in texts])
        return int((held & (self._scores(texts) > 0)).sum())

    def _scores(self, texts: list[str]) -> npt.NDArray[np.float64]:
        """Sum of the weights of all n-grams of one to four characters; those that cross into the next text are few and left in."""
        codes = np.frombuffer("\n".join(texts).encode("utf-32-le"), np.uint32)
        starts = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])[:-1]])
        state, total = np.zeros(len(codes), np.uint32), np.zeros(len(codes), np.float32)
        for order in range(4):
            state[: len(codes) - order] = (state[: len(codes) - order] ^ codes[order:]) * np.uint32(0x9E3779B1)
            total += self.weights[state >> np.uint32(14)]
        return np.add.reduceat(total, starts).astype(np.float64)
