"""A post's original text with the places lit that its reasons rest on: cut at every border, the strongest reason of a stretch gives the colour."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from andon.console.review.visible import Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

FOR, AGAINST = "for", "against"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a reason rests on: half-open code points of the original, the reason's number and its weight."""

    start: int
    end: int
    number: int
    weight: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that the same reasons rest on. `reasons`: their numbers, the strongest first; `side` is that of the strongest."""

    pieces: tuple[Piece, ...]
    reasons: tuple[int, ...] = ()
    side: str = ""
    is_contact: bool = False

    @property
    def first(self) -> int:
        """The strongest reason."""
        return self.reasons[0]


def stretches(text: str, marks: Sequence[Mark], contacts: Sequence[tuple[int, int]] = ()) -> list[Stretch]:
    """`text` cut at all borders of `marks` and `contacts`. What lies outside the text is ignored."""
    length = len(text)
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= length]
    places = [(start, end) for start, end in contacts if 0 <= start < end <= length]
    borders = sorted({0, length, *(at for mark in inside for at in (mark.start, mark.end)), *(at for place in places for at in place)})
    by_strength = sorted(inside, key=lambda mark: (-abs(mark.weight), mark.number))
    found = []
    for start, end in pairwise(borders):
        over = [mark for mark in by_strength if mark.start <= start and end <= mark.end]
        side = "" if not over else FOR if over[0].weight > 0 else AGAINST
        contact = any(a <= start and end <= b for a, b in places)
        found.append(Stretch(pieces(text[start:end]), tuple(mark.number for mark in over), side, contact))
    return found
