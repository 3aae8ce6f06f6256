"""Patterns over the normal form of a message, sentence by sentence, with the way back to the words as they were written.

What raises words is a list of patterns that people can read, not a score: the coordinator sees which rule, and which words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.language.normal import NormalText

_SENTENCE = re.compile(r"[^。．！!？?\n]+[。．！!？?\n]*")
_TAIL = re.compile("[うすんかねよ]{0,3}")
_LETTERS = re.compile(r"[ぁ-ヿ一-鿿々ー]+")


@dataclass(frozen=True, slots=True)
class Raised:
    """Words that a rule raised: characters of the original."""

    start: int
    end: int
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in its normal form, and where it begins in the message."""

    text: str
    normal: NormalText
    offset: int
    is_question: bool

    def span(self, found: re.Match[str]) -> tuple[int, int]:
        """Where in the message the found words stand, with the end of their last verb."""
        tail = _TAIL.match(self.text, found.end())
        end = tail.end() if tail else found.end()
        first, last = self.normal.span(found.start(), max(end, found.start() + 1))
        return self.offset + first, self.offset + last


def folded(pattern: str) -> re.Pattern[str]:
    """A pattern written in ordinary Japanese, its letters folded as messages are (width, katakana, small kana)."""
    return re.compile(_LETTERS.sub(lambda letters: normalise(letters.group()).text, pattern))


_ASKS = folded("(か|かね|かな|の)[。!?]*$")


def sentences(message: str) -> Iterator[Sentence]:
    """The sentences of a message."""
    for found in _SENTENCE.finditer(message):
        normal = normalise(found.group())
        text = normal.text
        if text:
            asks = "?" in text or _ASKS.search(text) is not None
            yield Sentence(text, normal, found.start(), asks)
