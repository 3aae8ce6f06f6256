"""The letter as DOCX, for offices that put their own head on it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt

from andon.console.measures.kinds.removal.documents.blocks import Block, Points, Record, Text, blocks, title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

    from andon.wording.say import Language

_FONT = "BIZ UDGothic"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say
_ALIGN = {"title": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_INDENT = Pt(18)
_SIZE = {"title": 15, "head": 11.5, "small": 8.5}


def docx_file(packet: Mapping[str, Any]) -> bytes:
    """The letter in both languages. The same packet gives the same bytes."""
    letter = docx.Document()
    normal = letter.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    about, made = letter.core_properties, datetime.fromisoformat(packet["date"])
    about.title, about.author = f"{packet['number']} {title(packet, packet['languages'][0])}", packet["from"]["unit"]
    about.created = about.modified = made.replace(tzinfo=None)
    about.language = packet["languages"][0]
    for number, language in enumerate(cast("list[Language]", packet["languages"])):
        if number:
            letter.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in blocks(packet, language):
            _write(letter, block)
    out = io.BytesIO()
    letter.save(out)
    return _without_times(out.getvalue())


def _write(letter: Document, block: Block) -> None:
    if isinstance(block, Text):
        paragraph = letter.add_paragraph()
        run = paragraph.add_run(_clean(block.text))
        run.font.size, run.bold = Pt(_SIZE.get(block.style, 10)), block.style in ("title", "head")
        if block.style in _ALIGN:
            paragraph.alignment = _ALIGN[block.style]
    elif isinstance(block, Points):
        for point in block.points:
            letter.add_paragraph(_clean(point), style="List Bullet")
    else:
        _record(letter, block)


def _record(letter: Document, record: Record) -> None:
    """One post: a paragraph of lines (as tables, two hundred posts took half a minute)."""
    letter.add_paragraph().add_run(_clean(f"{record.number}. {record.address}")).bold = True
    paragraph = letter.add_paragraph(_clean("\n".join(f"{label}: {value}" for label, value in record.rows)))
    paragraph.paragraph_format.left_indent = _INDENT


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def _without_times(content: bytes) -> bytes:
    """The same archive with no times of its making in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _OLDEST), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
