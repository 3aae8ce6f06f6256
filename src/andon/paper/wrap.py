"""Breaking Japanese and Latin text into lines of a given width, without a line that begins with a closing mark or ends with an opening one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOT_FIRST = set("、。，．・：；？！゛゜ヽヾゝゞ々ー」』）】〕〉》”’ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ,.:;?!)]}%％")
_NOT_LAST = set("「『（【〔〈《“‘([{")
_WORD = re.compile(r"[!-~]+|\s|[^!-~\s]")  # a run of ASCII holds together, anything else breaks between characters


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a text; its own line breaks are kept. `measure` gives the width of one character."""
    return [line for part in text.split("\n") for line in _lines(part, width, measure)]


def _lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    found, line, filled = [], "", 0.0
    for piece in _pieces(text, width, measure):
        size = sum(map(measure, piece))
        if filled + size > width and line:
            head, carried = _cut(line, piece)
            found.append(head.rstrip())
            line, filled = carried, sum(map(measure, carried))
        if not line and piece.isspace():
            continue
        line, filled = line + piece, filled + size
    return [*found, line.rstrip()]


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """What must not be broken; a word that fills more than a line (an address) is broken after all."""
    for piece in _WORD.findall(text):
        if len(piece) > 1 and sum(map(measure, piece)) > width / 2:
            yield from piece
        else:
            yield piece


def _cut(line: str, piece: str) -> tuple[str, str]:
    """Where a full line ends before `piece`: one or two characters go down with it when it may not begin a line, or the line would end badly."""
    at = len(line)
    while at > max(len(line) - 3, 1) and ((piece[:1] if at == len(line) else line[at : at + 1]) in _NOT_FIRST or line[at - 1] in _NOT_LAST):
        at -= 1
    return (line, "") if at <= 1 and len(line) > 1 else (line[:at], line[at:])
