"""The typeface of all printed documents (BIZ UDGothic, SIL Open Font License), what it can draw, and how wide its characters are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fpdf import FPDF

if TYPE_CHECKING:
    from collections.abc import Callable

FONT = Path(__file__).parent / "fonts" / "BIZUDGothic-Regular.ttf"
NAME = "BIZ UDGothic"  # as word processors know it
FAMILY = "andon"  # as our PDF documents call it
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class Measure:
    """Widths of single characters at a size, each asked of the font once."""

    _units: dict[str, float] = {}  # noqa: RUF012 - one typeface, so one table for all documents

    def __init__(self, page: FPDF, size: float) -> None:
        self._page, self._size = page, size

    def __call__(self, char: str) -> float:
        """The width of a character, in the unit of the page."""
        if char not in self._units:
            self._units[char] = self._page.get_string_width(char) / self._size
        return self._units[char] * self._size


def shown(text: str, sign: Callable[[str], str]) -> str:
    """The text with every character that the typeface lacks, and every one that cannot be seen, written as `sign` says."""
    known = characters()
    return "".join(char if char == "\n" or ord(char) in known else sign(char) for char in text)


@cache
def characters() -> frozenset[int]:
    """The code points that the typeface draws. Marks that join or turn text round are not among them, whatever it says."""
    page = FPDF()
    page.add_font(FAMILY, fname=FONT)
    known = cast("Any", page.fonts[FAMILY]).cmap
    return frozenset(code for code in known if not _UNSEEN.match(chr(code)))
