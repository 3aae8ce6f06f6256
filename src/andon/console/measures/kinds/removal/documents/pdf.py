"""The letter as PDF: A4, one Japanese typeface, every character that it lacks written out by its number."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from andon.console.measures.kinds.removal.documents.blocks import Block, Points, Record, Text, blocks, title
from andon.paper import typeface
from andon.paper.typeface import FAMILY, FONT, Measure
from andon.paper.wrap import wrap
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.wording.say import Language

_STYLES = {"title": (15.0, "C"), "right": (10.0, "R"), "head": (11.5, "L"), "body": (10.0, "L"), "small": (8.5, "L")}
_MARGIN, _INDENT, _LABEL = 20.0, 6.0, 30.0  # millimetres


class _Letter(FPDF):
    """Pages with the number of the letter and of the page at the foot."""

    number = ""

    def footer(self) -> None:
        """At the foot of each page."""
        self.set_y(-15)
        self.set_font(FAMILY, size=8)
        self.cell(0, 5, f"{self.number}　{self.page_no()} / {{nb}}", align="C")


def pdf(packet: Mapping[str, Any]) -> bytes:
    """The letter in the provider's language first, then in the other one. The same packet gives the same bytes."""
    page = _Letter(format="A4")
    page.number = packet["number"]
    page.set_creation_date(datetime.fromisoformat(packet["date"]))
    page.set_title(f"{packet['number']} {title(packet, packet['languages'][0])}")
    page.set_author(packet["from"]["unit"])
    page.set_lang(packet["languages"][0])
    page.set_margin(_MARGIN)
    page.set_auto_page_break(auto=True, margin=20)
    page.add_font(FAMILY, fname=FONT)
    for language in cast("list[Language]", packet["languages"]):
        page.add_page()
        page.set_font(FAMILY, size=10)
        for block in blocks(packet, language):
            _draw(page, block)
    return bytes(page.output())


def _draw(page: _Letter, block: Block) -> None:
    if isinstance(block, Text):
        size, align = _STYLES[block.style]
        page.ln({"title": 6, "head": 3}.get(block.style, 1))
        _text(page, block.text, size, align)
        page.ln({"title": 5, "head": 0.5}.get(block.style, 1))
    elif isinstance(block, Points):
        for point in block.points:
            _text(page, "・" + point, 10, "L", indent=2)
    else:
        _record(page, block)


def _record(page: _Letter, record: Record) -> None:
    """One post; its first lines stay together on a page."""
    page.ln(1.5)
    if page.will_page_break(16):
        page.add_page()
    _text(page, f"{record.number}. {record.address}", 9, "L")
    for label, value in record.rows:
        page.set_font(FAMILY, size=8)
        lines = wrap(shown(value), page.epw - _INDENT - _LABEL, Measure(page, 8))
        for at, line in enumerate(lines):
            page.set_x(page.l_margin + _INDENT)
            page.cell(_LABEL, 4, label if at == 0 else "")
            page.cell(0, 4, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _text(page: _Letter, text: str, size: float, align: str, indent: float = 0) -> None:
    page.set_font(FAMILY, size=size)
    for line in wrap(shown(text), page.epw - indent, Measure(page, size)):
        page.set_x(page.l_margin + indent)
        page.cell(0, size * 0.55, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def shown(text: str) -> str:
    """The text with every character that the typeface lacks, and every one that cannot be seen, as its number."""
    return typeface.shown(text, _sign)


def _sign(char: str) -> str:
    return say("removal.letter.sign", "ja", number=f"{ord(char):04X}")
