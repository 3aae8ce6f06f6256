"""The transcript as a Word document with real footnotes. The body is written as it comes, into the frame that python-docx makes."""

from __future__ import annotations

import io
import re
import zipfile
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from andon.evidence.transcripts import frame
from andon.evidence.transcripts.inert import inert
from andon.evidence.transcripts.model import DayLine, GapLine
from andon.paper.typeface import NAME
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from docx.text.paragraph import Paragraph

    from andon.evidence.transcripts.model import Block, Heading, Line, Tally
    from andon.wording.say import Language

    Put = Callable[[str], None]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say: the same content gives the same bytes
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SPOOL = 1 << 22  # bytes of footnotes held in memory
_GREY = '<w:color w:val="555555"/>'
_SMALL, _SMALL_TEXT = '<w:sz w:val="13"/>', '<w:sz w:val="17"/>'
_RUN = {"text": "", "quote": _GREY, "mark": _SMALL_TEXT, "differs": f"<w:b/>{_SMALL_TEXT}", "old": '<w:sz w:val="18"/>', "file": _SMALL_TEXT}
_MARKS = {"mark": "― ", "differs": "◆ ", "old": "▷ ", "quote": "｜ ", "file": "□ "}
_BORDER = {"proven": ("single", 12), "strong": ("dashed", 8), "weak": ("dotted", 8)}
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def write(target: BinaryIO, heading: Heading, blocks: Iterable[Block], tally: Tally, language: Language) -> None:
    """The whole document."""
    made = zipfile.ZipFile(io.BytesIO(_frame(heading, language)))
    before, after = _cut(made.read("word/document.xml").decode())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new, SpooledTemporaryFile(_SPOOL) as notes:
        with new.open(_entry("word/document.xml"), "w", force_zip64=True) as body:
            def put(text: str) -> None:
                body.write(text.encode())

            put(before)
            _front(put, heading, language)
            for block in blocks:
                put(_block(block, language, notes))
            _back(put, heading, tally, language)
            put(after)
        notes.seek(0)
        with new.open(_entry("word/footnotes.xml"), "w", force_zip64=True) as out:
            out.write(f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {_W}>{_SEPARATORS}'.encode())
            while piece := notes.read(1 << 16):
                out.write(piece)
            out.write(b"</w:footnotes>")
        for name in made.namelist():
            if name != "word/document.xml":
                new.writestr(_entry(name), _with_footnotes(name, made.read(name)), zipfile.ZIP_DEFLATED)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _with_footnotes(name: str, content: bytes) -> bytes:
    """The two parts that must know of the footnotes."""
    if name == "[Content_Types].xml":
        return content.replace(b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}"/></Types>'.encode())
    if name == "word/_rels/document.xml.rels":
        relation = f'<Relationship Id="rIdNotes" Type="{_RELATION}" Target="footnotes.xml"/></Relationships>'
        return content.replace(b"</Relationships>", relation.encode())
    return content


def _frame(heading: Heading, language: Language) -> bytes:
    """An empty document with our styles, page, footer and properties."""
    letter = docx.Document()
    normal = letter.styles["Normal"]
    normal.font.name, normal.font.size = NAME, Pt(9.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), NAME)
    normal.paragraph_format.space_after = Pt(3)
    section = letter.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(17)
    about = letter.core_properties
    about.title, about.author, about.language = _clean(frame.title_of(heading, language))[:200], _clean(inert(heading.made_by))[:200], language
    about.created = about.modified = heading.made_at.replace(tzinfo=None, microsecond=0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    codes = " · ".join(filter(None, (heading.case, *dict.fromkeys(source.code for source in heading.sources))))
    foot.add_run(_clean(inert(codes))[:100] + "　")
    for code, text in (("PAGE", " / "), ("NUMPAGES", "")):
        _field(foot, code)
        foot.add_run(text)
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue()


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in: the number of the page, of all pages."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - the library has no other way


def _cut(document: str) -> tuple[str, str]:
    """The document before and after its body."""
    at = document.index("<w:sectPr")
    begin = document.index("<w:body>") + len("<w:body>")
    return document[:begin], document[at:]


def _front(put: Put, heading: Heading, language: Language) -> None:
    put(_paragraph(frame.title_of(heading, language), run='<w:b/><w:sz w:val="30"/>', more='<w:spacing w:after="160"/>'))
    for name, value in frame.facts_of(heading, language):
        indent = '<w:tabs><w:tab w:val="left" w:pos="2200"/></w:tabs><w:spacing w:after="20"/><w:ind w:left="2200" w:hanging="2200"/>'
        put(f"<w:p><w:pPr>{indent}</w:pPr>{_run(name, _GREY)}<w:r><w:tab/></w:r>{_run(value)}</w:p>")
    _points(put, say("transcript.legend", language), frame.legend_of(language))
    _points(put, say("transcript.people", language), frame.people_of(heading, language))
    put(_heading(say("transcript.lines", language)))


def _back(put: Put, heading: Heading, tally: Tally, language: Language) -> None:
    put(_paragraph(frame.end_of(tally, language), run="<w:b/>", more='<w:spacing w:before="240"/>'))
    _points(put, say("transcript.sources", language), frame.sources_of(heading, tally, language))


def _points(put: Put, name: str, points: Iterable[str]) -> None:
    for at, point in enumerate(points):
        if at == 0:
            put(_heading(name))
        put(_paragraph(f"・{point}", run='<w:sz w:val="17"/>', more='<w:spacing w:after="20"/><w:ind w:left="180" w:hanging="180"/>'))


def _heading(text: str) -> str:
    border = '<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="888888"/></w:pBdr><w:spacing w:before="240" w:after="80"/>'
    return _paragraph(text, run='<w:b/><w:sz w:val="23"/>', more=border)


def _block(block: Block, language: Language, notes: SpooledTemporaryFile[bytes]) -> str:
    if isinstance(block, DayLine):
        shade = '<w:keepNext/><w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/><w:spacing w:before="160" w:after="80"/>'
        return _paragraph(block.text, run="<w:b/>", more=shade)
    if isinstance(block, GapLine):
        kind, width = _BORDER.get(block.strength, ("dotted", 8))
        sides = "".join(f'<w:{side} w:val="{kind}" w:sz="{width}" w:space="3" w:color="333333"/>' for side in ("top", "left", "bottom", "right"))
        box = f'<w:keepLines/><w:pBdr>{sides}</w:pBdr><w:ind w:left="80" w:right="80"/>'
        return _paragraph(f"{say('transcript.gap', language, word=block.word)}　{block.text}", more=box)
    return _line(block, notes)


def _line(line: Line, notes: SpooledTemporaryFile[bytes]) -> str:
    """Number, time, speaker with the footnote on one line, the words below."""
    number = line.number
    note = "".join(f"<w:r><w:br/></w:r>{_run(one, _SMALL)}" if at else _run(" " + one, _SMALL) for at, one in enumerate(line.notes))
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="13"/></w:rPr><w:footnoteRef/></w:r>'
    notes.write(f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{mark}{note}</w:p></w:footnote>'.encode())
    reference = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
    head = f"{_run(f'{number}　', _GREY)}{_run(line.when + '　', _SMALL_TEXT)}{_run(line.speaker, '<w:b/>')}{reference}"
    written = f'<w:p><w:pPr><w:keepNext/><w:spacing w:before="80" w:after="10"/></w:pPr>{head}</w:p>'
    for part in line.parts:
        style = (_GREY if line.is_quiet and part.style == "text" else "") + _RUN[part.style]
        written += _paragraph(_MARKS.get(part.style, "") + part.text, run=style, more='<w:spacing w:after="10"/><w:ind w:left="500"/>')
    return written


def _paragraph(text: str, *, run: str = "", more: str = "") -> str:
    return f"<w:p><w:pPr>{more}</w:pPr>{_run(text, run)}</w:p>"


def _run(text: str, style: str = "") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(_clean(line))}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{style}</w:rPr>{lines}</w:r>"


def _clean(text: str) -> str:
    """Without what XML cannot hold (`inert` has written most of it out before)."""
    return _NOT_XML.sub("\ufffd", text)
