"""The transcript as PDF: A4, the footnotes of a line at the foot of its page, page numbers, one typeface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fpdf import FPDF

from andon.evidence.transcripts import frame
from andon.evidence.transcripts.inert import inert, sign
from andon.evidence.transcripts.model import DayLine, GapLine
from andon.paper.typeface import FAMILY, FONT, Measure, shown
from andon.paper.wrap import wrap
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from andon.evidence.transcripts.model import Block, Heading, Line, Tally
    from andon.wording.say import Language

_LEFT, _TOP, _WIDTH, _BOTTOM = 16.0, 15.0, 178.0, 283.0  # millimetres
_NUMBER, _WHEN, _SPEAKER = 9.0, 36.0, 25.0  # widths of columns
_BODY = _LEFT + _NUMBER + _WHEN + _SPEAKER
_STEP = 0.49  # height of a line in millimetres for every point of its size
_TEXT, _SMALL, _NOTE = 9.0, 8.0, 6.0  # points
_BLACK, _GREY = 0, 95
_PAGES = "{pages}"  # stands for how many there are, until they are known
_NOTES_MOST = 150.0  # millimetres of a page that footnotes may take; the rest goes to the next
_MARKS = {"mark": "― ", "differs": "◆ ", "old": "▷ ", "quote": "｜ ", "file": "□ "}
_BOX = {"proven": 0.6, "strong": 0.4, "weak": 0.2}  # how thick a gap is framed

Piece = tuple[str, float, int]  # a line of text, its size, its grey


class _Sheet(FPDF):
    """Pages that are filled from above with lines and from below with their footnotes."""

    foot = ""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(auto=False)
        self.add_font(FAMILY, fname=FONT)
        self.y_now = _TOP
        self.waiting: list[str] = []  # footnote lines of this page
        self.set_margin(0)
        self.alias_nb_pages(_PAGES)

    def size(self, points: float) -> None:
        """Write in this size from now on."""
        if self.font_size_pt != points or not self.font_family:
            self.set_font(FAMILY, size=points)

    def lines(self, text: str, points: float, width: float) -> list[str]:
        """A text as lines of a width; what the typeface lacks is written out."""
        self.size(points)
        return wrap(shown(text, sign), width, Measure(self, points))

    def notes_height(self, more: int = 0) -> float:
        """What the footnotes of this page take."""
        count = len(self.waiting) + more
        return min(count * _NOTE * _STEP + 2.5, _NOTES_MOST) if count else 0.0

    def room(self, more: int = 0) -> float:
        """What is left on this page when `more` footnote lines come to it."""
        return _BOTTOM - self.notes_height(more) - self.y_now

    def put(self, x: float, text: str, points: float, grey: int = _BLACK) -> None:
        """A line of text at the height where we are."""
        if text:
            self.size(points)
            self.set_text_color(grey)
            self.text(x, self.y_now + points * 0.36, text)

    def turn(self) -> None:
        """Footnotes to the foot of this page, and a new one."""
        self.close_page()
        self.add_page()
        self.y_now = _TOP

    def close_page(self) -> None:
        """Draw the footnotes; what does not fit waits for the next page."""
        if not self.waiting:
            return
        most = int((_NOTES_MOST - 2.5) / (_NOTE * _STEP))
        notes, self.waiting = self.waiting[:most], self.waiting[most:]
        self.y_now = _BOTTOM - len(notes) * _NOTE * _STEP
        self.set_draw_color(_GREY)
        self.set_line_width(0.1)
        self.line(_LEFT, self.y_now - 1, _LEFT + 50, self.y_now - 1)
        for note in notes:
            self.put(_LEFT, note, _NOTE, _GREY)
            self.y_now += _NOTE * _STEP

    def footer(self) -> None:
        """At the foot of each page."""
        self.size(7)
        self.set_text_color(_GREY)
        self.set_xy(_LEFT, 287)
        self.cell(_WIDTH, 4, f"{self.foot}　{self.page_no()} / {_PAGES}", align="C")

    def paragraph(self, text: str, points: float, *, indent: float = 0.0, width: float = _WIDTH) -> None:
        """Lines one below the other, over as many pages as they take."""
        for line in self.lines(text, points, width - indent):
            if self.room() < points * _STEP:
                self.turn()
            self.put(_LEFT + indent, line, points)
            self.y_now += points * _STEP


def write(target: BinaryIO, heading: Heading, blocks: Iterable[Block], tally: Tally, language: Language) -> None:
    """The whole document."""
    page = _Sheet()
    page.set_creation_date(heading.made_at)
    page.set_title(inert(frame.title_of(heading, language)))
    page.set_author(inert(heading.made_by))
    page.set_lang(language)
    codes = [source.code for source in heading.sources]
    page.foot = shown(inert(" · ".join(filter(None, (heading.case, *dict.fromkeys(codes)))))[:100], sign)
    page.add_page()
    _front(page, heading, language)
    for block in blocks:
        if isinstance(block, DayLine):
            _day(page, block)
        elif isinstance(block, GapLine):
            _gap(page, block, language)
        else:
            _line(page, block)
    _back(page, heading, tally, language)
    while page.waiting:
        page.close_page()
        if page.waiting:
            page.add_page()
    target.write(page.output())


def _front(page: _Sheet, heading: Heading, language: Language) -> None:
    page.paragraph(frame.title_of(heading, language), 15)
    page.y_now += 4
    for name, value in frame.facts_of(heading, language):
        label, lines = page.lines(name, _SMALL, 30), page.lines(value, _SMALL, _WIDTH - 32)
        for at in range(max(len(label), len(lines))):
            if page.room() < _SMALL * _STEP:
                page.turn()
            page.put(_LEFT, label[at] if at < len(label) else "", _SMALL, _GREY)
            page.put(_LEFT + 32, lines[at] if at < len(lines) else "", _SMALL)
            page.y_now += _SMALL * _STEP
    _points(page, say("transcript.legend", language), frame.legend_of(language))
    _points(page, say("transcript.people", language), frame.people_of(heading, language))
    _head(page, say("transcript.lines", language))
    names = ("number", "when", "speaker", "words")
    for x, name in zip((_LEFT, _LEFT + _NUMBER, _LEFT + _NUMBER + _WHEN, _BODY), names, strict=True):
        page.put(x, say(f"transcript.column.{name}", language), 7, _GREY)
    page.y_now += 5


def _back(page: _Sheet, heading: Heading, tally: Tally, language: Language) -> None:
    page.y_now += 3
    page.paragraph(frame.end_of(tally, language), 10)
    _points(page, say("transcript.sources", language), frame.sources_of(heading, tally, language))


def _head(page: _Sheet, text: str) -> None:
    page.y_now += 5
    if page.room() < 20:  # noqa: PLR2004 - a heading does not stand alone at the foot
        page.turn()
    page.put(_LEFT, text, 11)
    page.y_now += 6
    page.set_draw_color(_GREY)
    page.set_line_width(0.2)
    page.line(_LEFT, page.y_now - 0.8, _LEFT + _WIDTH, page.y_now - 0.8)
    page.y_now += 0.8


def _points(page: _Sheet, name: str, points: Iterable[str]) -> None:
    for at, point in enumerate(points):
        if at == 0:
            _head(page, name)
        if page.room() < _SMALL * _STEP:
            page.turn()
        page.put(_LEFT, "・", _SMALL)
        page.paragraph(point, _SMALL, indent=4)
        page.y_now += 0.6


def _day(page: _Sheet, day: DayLine) -> None:
    page.y_now += 2
    if page.room() < 25:  # noqa: PLR2004 - the first line of the day stays with it
        page.turn()
    page.set_fill_color(235)
    page.rect(_LEFT, page.y_now, _WIDTH, 5.4, style="F")
    page.y_now += 1
    page.put(_LEFT + 2, day.text, _TEXT)
    page.y_now += 6


def _gap(page: _Sheet, gap: GapLine, language: Language) -> None:
    """A framed sentence; how thick, goes with how surely it holds."""
    lines = page.lines(f"{say('transcript.gap', language, word=gap.word)}　{gap.text}", _TEXT, _WIDTH - 8)
    most = int((_BOTTOM - _TOP) / (_TEXT * _STEP)) - 4
    for begin in range(0, len(lines), most):
        part = lines[begin : begin + most]
        height = len(part) * _TEXT * _STEP + 2.4
        if page.room() < height + 2:
            page.turn()
        page.y_now += 1
        page.set_draw_color(40)
        page.set_line_width(_BOX.get(gap.strength, 0.2))
        page.rect(_LEFT, page.y_now, _WIDTH, height)
        page.y_now += 1.2
        for text in part:
            page.put(_LEFT + 4, text, _TEXT)
            page.y_now += _TEXT * _STEP
        page.y_now += 2.2


def _line(page: _Sheet, line: Line) -> None:
    """One message: the whole of it on one page where that is possible, its footnotes with its beginning."""
    body = _pieces(page, line)
    notes = [piece for note in line.notes for piece in page.lines(f"{line.number}) {note}", _NOTE, _WIDTH)]
    speaker, when = page.lines(line.speaker, _SMALL, _SPEAKER - 2), page.lines(line.when, 7.5, _WHEN - 2)
    height = max(sum(size for _, size, _ in body) * _STEP, len(speaker) * _SMALL * _STEP, len(when) * 7.5 * _STEP)
    if page.room(len(notes)) < min(height, 60.0):
        page.turn()
    page.waiting += notes
    _side(page, line, speaker, when)
    rest = height - sum(size for _, size, _ in body) * _STEP
    for text, size, grey in body:
        if page.room() < size * _STEP:
            page.turn()
        page.put(_BODY, text, size, grey)
        page.y_now += size * _STEP
    page.y_now += min(max(rest, 0.0), max(page.room(), 0.0)) + 1.2


def _side(page: _Sheet, line: Line, speaker: list[str], when: list[str]) -> None:
    """Number, time and speaker beside the words; a name that takes a page is cut there."""
    begin = page.y_now
    page.put(_LEFT, str(line.number), 7, _GREY)
    for x, lines, size in ((_LEFT + _NUMBER, when, 7.5), (_LEFT + _NUMBER + _WHEN, speaker, _SMALL)):
        page.y_now = begin
        for text in lines:
            if page.y_now + size * _STEP > _BOTTOM - page.notes_height():
                break
            page.put(x, text, size, _GREY if line.is_quiet else _BLACK)
            page.y_now += size * _STEP
    page.y_now = begin


def _pieces(page: _Sheet, line: Line) -> list[Piece]:
    """The words of a line, cut to the width of their column."""
    width, pieces = _LEFT + _WIDTH - _BODY, list[Piece]()
    for part in line.parts:
        size = _TEXT if part.style == "text" else _SMALL
        grey = _GREY if part.style == "quote" or line.is_quiet else _BLACK
        pieces += [(text, size, grey) for text in page.lines(_MARKS.get(part.style, "") + part.text, size, width)]
    return pieces
