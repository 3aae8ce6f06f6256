"""A stream in which some posts are edited copies of earlier ones: what the search for near-identical wording is measured on.

Base posts of 30 to 280 characters are joined from clauses of given real texts (any lines of Japanese). Half of them are like lawful adverts:
30 to 60 % of their characters is one of a few boiler-plates, word for word and in the same order, and the rest their own. One post in five is a
copy of an earlier base post, edited either in scattered places (of the edits, half replace a character, a quarter insert and a quarter delete one)
or in one block that is replaced, by 5, 10, 20 or 30 % of its characters.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

EDITS = (0.05, 0.1, 0.2, 0.3)
WAYS = ("scattered", "block")
_COPIES = 0.2  # of the stream
_ALONE = 0.9  # of what is drawn for a grouped stream: lawful adverts, which then are about half of its posts
_MOST_COPIES = 400
_BOILERPLATES = 40
_SHORTEST, _LONGEST = 30, 280
_LONGEST_CLAUSE = 18  # of a base post: no clause that two of them share makes them near-identical by itself
_CLAUSE = re.compile(r"[^。、\n！？!?\s]+[。、！？!?]?")


@dataclass(frozen=True, slots=True)
class CopyStream:
    """Texts with the number of the base post of each, and for copies the way and share of the edits ("" and 0.0 for base posts)."""

    texts: list[str]
    base: list[int]
    way: list[str]
    share: list[float]
    lawful: list[bool]


def clauses_of(lines: Iterable[str]) -> list[str]:
    """The different clauses of four to eighteen characters, in a fixed order."""
    return sorted({clause for line in lines for clause in _CLAUSE.findall(line) if 4 <= len(clause) <= _LONGEST_CLAUSE})  # noqa: PLR2004


class _Writer:
    """Makes the posts of one stream; the same seed gives the same posts."""

    def __init__(self, clauses: list[str], seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a benchmark, no secret
        self.clauses = clauses
        self.alphabet = "".join(self.random.choices(clauses, k=2000))
        self.boilerplates = [self._own(_LONGEST) for _ in range(_BOILERPLATES)]

    def _own(self, length: int) -> str:
        text = ""
        while len(text) < length:
            text += self.random.choice(self.clauses)
        return text[:length]

    def _length(self) -> int:
        return int(min(_LONGEST, max(_SHORTEST, self.random.lognormvariate(4.4, 0.5))))

    def plain(self) -> str:
        """A post of its own."""
        return self._own(self._length())

    def advert(self) -> str:
        """A lawful advert: own beginning, shared middle, own end."""
        length = max(self._length(), 60)
        shared = int(length * self.random.uniform(0.3, 0.6))
        front = self.random.randint(0, length - shared)
        return self._own(front) + self.random.choice(self.boilerplates)[:shared] + self._own(length - shared - front)

    def scattered(self, text: str, share: float) -> str:
        """Edits of single characters all over the text, as many as `share` of its length."""
        chars = list(text)
        for place in sorted(self.random.sample(range(len(chars)), round(share * len(chars))), reverse=True):
            lot = self.random.random()
            if lot < 0.5:  # noqa: PLR2004
                chars[place] = self.random.choice(self.alphabet)
            elif lot < 0.75:  # noqa: PLR2004
                chars.insert(place, self.random.choice(self.alphabet))
            else:
                del chars[place]
        return "".join(chars)

    def block(self, text: str, share: float) -> str:
        """One stretch of `share` of the text replaced by other clauses of the same length."""
        size = round(share * len(text))
        start = self.random.randint(0, len(text) - size)
        return text[:start] + self._own(size)[:size] + text[start + size :]


def make_grouped(clauses: list[str], posts: int, seed: int = 1) -> CopyStream:
    """A stream of campaigns as flagged posts show them: half of the posts are lawful adverts that stand alone and share boiler-plate, the others are
    lures posted 2 to some hundred times, each time with 5, 10 or 20 % of its characters edited, in the order of a shuffled stream.
    """  # noqa: D205
    writer = _Writer(clauses, seed)
    lot = writer.random
    rows: list[tuple[str, int, str, float, bool]] = []
    number = 0
    while len(rows) < posts:
        number += 1
        if lot.random() < _ALONE:
            rows.append((writer.advert(), number, "", 0.0, True))
            continue
        lure = writer.plain()
        for _ in range(min(2 + int(lot.paretovariate(0.9)), _MOST_COPIES)):
            way, share = lot.choice(WAYS), lot.choice(EDITS[:3])
            rows.append((writer.scattered(lure, share) if way == "scattered" else writer.block(lure, share), number, way, share, False))
    lot.shuffle(rows)
    seen = set[int]()
    for place, (text, base, _, _, lawful) in enumerate(rows):  # the first of a lure has nothing before it to be found by
        if base not in seen:
            rows[place] = (text, base, "", 0.0, lawful)
            seen.add(base)
    return CopyStream(*(list(values) for values in zip(*rows[:posts], strict=True)))


def make_copies(clauses: list[str], posts: int, seed: int = 1) -> CopyStream:
    """A stream of `posts` texts."""
    writer = _Writer(clauses, seed)
    lot = writer.random
    stream = CopyStream([], [], [], [], [])
    bases: list[int] = []
    for number in range(posts):
        if bases and lot.random() < _COPIES:
            base = bases[lot.randrange(len(bases))]
            way, share = lot.choice(WAYS), lot.choice(EDITS)
            text = writer.scattered(stream.texts[base], share) if way == "scattered" else writer.block(stream.texts[base], share)
            row = (text, base, way, share, stream.lawful[base])
        else:
            lawful = lot.random() < 0.5  # noqa: PLR2004
            row = (writer.advert() if lawful else writer.plain(), number, "", 0.0, lawful)
            bases.append(number)
        for values, value in zip((stream.texts, stream.base, stream.way, stream.share, stream.lawful), row, strict=True):
            values.append(value)  # type: ignore[attr-defined]
    return stream
