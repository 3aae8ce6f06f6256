"""Ordinary lines with other common words in their places: how a plain sentence may look about anything at all.

Nobody can write down every ordinary sentence. A common n-gram (な感じ, 他に, ではありません) that stands in recruitment and by chance in few
ordinary lines of the corpus would count as a trace of recruitment, and on a short line it would be all there is. So a line of the corpus is taken as
a frame: most of its nouns, verbs, adjectives and adverbs make way for others of the same sort, drawn about as often as Japanese uses them, endings
staying as they are. What comes out is mostly nonsense, but in the letters of everyday Japanese. It teaches the screen's weights and nothing else
(`Labelled.reworded`).

Words with their ranks and the places are files of the corpus (`corpus/words`, made by `corpus/make_words.py`), so that training needs no dictionary.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TIMES = 2  # made of one line
SHARE = 0.6  # of its places get another word
_NAME = 12
# A word of rank r is drawn in proportion to 1 / (r + 20) ** 0.8: flatter than use, so that rarer words come too.
_COMMON, _FLATNESS = 20, 0.8

Place = tuple[int, int, int]


def name_of(text: str) -> str:
    """The name of a text in the file of places."""
    return hashlib.sha256(text.encode()).hexdigest()[:_NAME]


@dataclass(frozen=True, slots=True)
class _Sort:
    words: Sequence[str]
    weights: Sequence[float]  # each with all before it

    def draw(self, rng: random.Random) -> str:
        """One of the words."""
        return rng.choices(self.words, cum_weights=self.weights)[0]


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words by sort, and where each known text holds one. A text that is not known, as it was changed since, gives nothing."""

    sorts: Mapping[int, _Sort]
    places: Mapping[str, Sequence[Place]]

    @classmethod
    def read(cls, folder: Path) -> Rewording:
        """From `words.txt` and `places.txt` of `folder`; without them one that knows no text."""
        if not (folder / "words.txt").exists() or not (folder / "places.txt").exists():
            return cls({}, {})
        return cls(_words(folder / "words.txt"), _places(folder / "places.txt"))

    def of(self, text: str) -> Iterator[str]:
        """Up to `TIMES` texts in the frame of `text`, the same at every call; none that is `text` itself."""
        name = name_of(text)
        places = self.places.get(name, ())
        for k in range(TIMES if places else 0):
            made = _put(text, places, self.sorts, random.Random(f"{name}/{k}"))  # noqa: S311 - reproducible texts, not secrets
            if made != text:
                yield made


def _put(text: str, places: Sequence[Place], sorts: Mapping[int, _Sort], rng: random.Random) -> str:
    parts, at = [], 0
    for begin, end, sort in places:
        if rng.random() < SHARE:
            parts += [text[at:begin], sorts[sort].draw(rng)]
            at = end
    return "".join([*parts, text[at:]])


def _words(path: Path) -> dict[int, _Sort]:
    words: dict[int, list[str]] = {}
    weights: dict[int, list[float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        rank, sort, word = line.split(" ", 2)
        if rank != "@":
            words.setdefault(int(sort), []).append(word)
            weights.setdefault(int(sort), []).append((int(rank) + _COMMON) ** -_FLATNESS)
    return {sort: _Sort(words[sort], list(accumulate(weights[sort]))) for sort in words}


def _places(path: Path) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, listed = line.split(" ")
        places = []
        for one in listed.split(";"):
            span, _, sort = one.partition(":")
            begin, _, end = span.partition("-")
            places.append((int(begin), int(end), int(sort)))
        found[name] = places
    return found
