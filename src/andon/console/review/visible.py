"""Posts are strangers' texts: what steers a screen or cannot be seen is shown as what it is, never sent as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Controls, marks without width, directions, half surrogates. Not: line ends, and what holds emoji together (see `_JOINER`).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]+"
)
_RETURNS = str.maketrans({"\r": "\n", "\t": " "})
_JOINER = "\u200d"


_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # what changes the direction of writing
_FEW = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or (with an empty text) the name of characters that cannot be seen: "U+200B", "U+202E ×3"; `sign` stands for them."""

    text: str
    unseen: str = ""
    sign: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    """`text` cut where something stands that cannot be seen. Nothing of the original is lost; runs are counted, so that a flood stays small."""
    return tuple(_pieces(text.replace("\r\n", "\n").translate(_RETURNS)))


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for match in _UNSEEN.finditer(text):
        if match.group() == _JOINER and _joins_emoji(text, match.start()):
            continue
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield Piece("", _name(match.group()), _sign(match.group()))
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])


def _joins_emoji(text: str, at: int) -> bool:
    """Whether the joiner stands between two signs of a picture; between letters it hides a word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before >= "\u2190" and after >= "\u2190" and not ("\u2e80" <= before <= "\uff00" or "\u2e80" <= after <= "\uff00")


def _name(run: str) -> str:
    first = f"U+{ord(run[0]):04X}"
    kinds = len(set(run))
    more = f" +{kinds - 1}" if kinds > 1 else ""
    return f"{first}{more} ×{len(run)}" if len(run) > 1 else first


def _sign(run: str) -> str:
    """Small, since a disguised word may have one between every two letters."""
    sign = "⇄" if _TURNS.search(run) else "·"
    return f"{sign}×{len(run)}" if len(run) > _FEW else sign


def unseen_in(text: str) -> int:
    """How many characters that cannot be seen stand in `text`."""
    return sum(len(match.group()) for match in _UNSEEN.finditer(text.replace("\r", "")) if _kept(match) != _JOINER)


def plain(text: str, most: int = 0) -> str:
    """One line for lists and attributes: white space made one, what cannot be seen left out, cut after `most` characters."""
    line = " ".join(_UNSEEN.sub(_kept, text).split())
    return line[: most - 1] + "…" if most and len(line) > most else line


def _kept(match: re.Match[str]) -> str:
    joins = match.group() == _JOINER and _joins_emoji(match.string, match.start())
    return _JOINER if joins else ""
