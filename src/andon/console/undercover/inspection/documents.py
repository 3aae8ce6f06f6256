"""An edition as files: CSV for programs, PDF for paper. Each is in both languages, and the same content gives the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from andon.console.undercover.inspection.publishing import sha256_of
from andon.detection.records.writing import safe_cell
from andon.domain.times import JAPAN
from andon.paper.typeface import FONT
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.wording.say import Language

HIDDEN = "x"  # of a suppressed number: neither nought nor empty
_FAMILY = "table"
_LANGUAGES: tuple[Language, ...] = ("ja", "en")
_WIDTHS = (92.0, 24.0, 24.0, 30.0)  # millimetres
_MARGIN, _INDENT = 20.0, 5.0


def csv_of(content: Mapping[str, Any]) -> bytes:
    """The rows, then the words that belong under them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["year", "edition", "row", "ja", "en", "cases", "people", "of", "of_row"])
    for row in content["rows"]:
        numbers = [HIDDEN if row["hidden"] else row["cases"], people_of(row), row["of"], row["of_code"]]
        label = row["label"]
        writer.writerow([content["year"], content["edition"], row["code"], safe_cell(label["ja"]), safe_cell(label["en"]), *map(_cell, numbers)])
    for name in ("rule", "suppressed", "denominators"):
        writer.writerow(["", "", f"# {name}", safe_cell(content[name]["ja"]), safe_cell(content[name]["en"]), "", "", "", ""])
    if content["changes"]:
        writer.writerow(["", "", "# changes", safe_cell(content["changes"]), safe_cell(content["changes"]), "", "", "", ""])
    return ("\ufeff" + out.getvalue()).encode()


def people_of(row: Mapping[str, Any]) -> int | str | None:
    """The people of a row, where it counts any."""
    return HIDDEN if row["hidden"] and row["counts_people"] else row["people"]


def _cell(value: object) -> object:
    return "" if value is None else value


class _Table(FPDF):
    """Pages that say at the foot which edition they are of."""

    foot = ""

    def footer(self) -> None:
        """At the foot of each page."""
        self.set_y(-15)
        self.set_font(_FAMILY, size=7)
        self.cell(0, 5, f"{self.foot}　{self.page_no()} / {{nb}}", align="C")


def pdf_of(content: Mapping[str, Any]) -> bytes:
    """One page in Japanese, one in English."""
    page = _Table(format="A4")
    page.foot = f"SHA-256 {sha256_of(dict(content))}"
    page.set_creation_date(datetime.fromisoformat(content["made_at"]))
    page.set_title(content["title"]["ja"])
    page.set_lang("ja")
    page.set_margin(_MARGIN)
    page.set_auto_page_break(auto=True, margin=20)
    page.add_font(_FAMILY, fname=FONT)
    for language in _LANGUAGES:
        page.add_page()
        _sheet(page, content, language)
    return bytes(page.output())


def _sheet(page: _Table, content: Mapping[str, Any], language: Language) -> None:
    day = datetime.fromisoformat(content["made_at"]).astimezone(JAPAN).strftime("%Y-%m-%d")
    _text(page, content["title"][language], 15)
    _text(page, say("inspection.edition_of", language, number=content["edition"], day=day), 9)
    page.ln(4)
    _head(page, content["column"], language)
    for row in content["rows"]:
        _row(page, row, language)
    page.ln(5)
    for name in ("rule", "suppressed", "denominators"):
        _text(page, content[name][language], 9)
        page.ln(2)
    if content["changes"]:
        _changes(page, content, language)


def _head(page: _Table, column: Mapping[str, Any], language: Language) -> None:
    page.set_font(_FAMILY, size=9)
    for name, width in zip(("row", "cases", "people", "of"), _WIDTHS, strict=True):
        page.cell(width, 7, column[name][language], border="B", align="L" if name == "row" else "R")
    page.ln(8)


def _row(page: _Table, row: Mapping[str, Any], language: Language) -> None:
    page.set_font(_FAMILY, size=10)
    indent = _INDENT * row["depth"]
    of = f"{row['cases']} / {row['of']}" if row["of"] else ""
    page.cell(indent, 7, "")
    page.cell(_WIDTHS[0] - indent, 7, row["label"][language])
    numbers = (HIDDEN if row["hidden"] else row["cases"], people_of(row), of)
    for width, number in zip(_WIDTHS[1:], numbers, strict=True):
        page.cell(width, 7, "" if number is None else str(number), align="R")
    page.ln(7)


def _changes(page: _Table, content: Mapping[str, Any], language: Language) -> None:
    """What this edition puts right."""
    _text(page, say("inspection.changes", language), 11)
    _text(page, content["changes"], 9)
    for one in content["differences"]:
        _text(page, f"{one['label'][language]}: {told(one['before'])} → {told(one['after'])}", 9)


def told(numbers: list[int | None]) -> str:
    """Cases and people of a row as one text; suppressed or not there: a dash."""
    return " / ".join(str(number) for number in numbers if number is not None) or "–"


def _text(page: _Table, text: str, size: float) -> None:
    page.set_font(_FAMILY, size=size)
    wrap = cast("Any", "CHAR" if not text.isascii() else "WORD")
    page.multi_cell(0, size * 0.55, text, align="L", wrapmode=wrap, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
