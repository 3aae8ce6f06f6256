"""The disclosure list of a case: on the screen, on paper, as a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.casework.views.lists import csv_answer, plain_cell
from andon.console.doors import actor_of
from andon.console.evidence.exhibits.queries.disclosed import DECISIONS, ORIGINS, PER_PAGE, Wanted, counted, of_case
from andon.console.frame.templatetags.desk import jst, language
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.hooks import Line

MOST_PRINTED = 5_000  # lines of one page for paper; more are a table
COLUMNS = ("exhibit", "origin", "name", "sha256", "size", "at", "by", "made_by", "born", "disclosable", "reason")


@case_page(event="exhibits.disclosure_opened")
@require_GET
def listing(request: HttpRequest, case: Case) -> HttpResponse:
    """Everything of the case, a page at a time; with `print` on one sheet."""
    wanted, every = Wanted.read(request.GET), of_case(case)
    found = [line for line in every if wanted.fits(line)]
    is_printed = "print" in request.GET
    codes = list(dict.fromkeys(line.exhibit.code for line in every))
    about: dict[str, Any] = {
        "case": case, "wanted": wanted, "counted": counted(every), "found": len(found), "all": len(every), "origins": ORIGINS, "codes": codes,
        "decisions": DECISIONS, "is_printed": is_printed, "now": jst(timezone.now()),
        "page_obj": Paginator(found, MOST_PRINTED if is_printed else PER_PAGE).get_page(request.GET.get("page")),
        "query": "&".join(part for part in request.GET.urlencode().split("&") if part and not part.startswith(("page=", "print="))),
    }  # fmt: skip
    return render(request, "exhibits/disclosures.html", about)


@case_page(event="exhibits.disclosure_opened")
@require_GET
def table(request: HttpRequest, case: Case) -> HttpResponse:
    """The same as CSV, whole or as it was narrowed."""
    wanted = Wanted.read(request.GET)
    found = [line for line in of_case(case) if wanted.fits(line)]
    gate.saw(actor_of(request), "exhibits.disclosure_listed", f"case:{case.pk}", {"items": len(found), **wanted.facts()})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"exhibits.list.{one}", language()) for one in COLUMNS])
    writer.writerows([plain_cell(str(cell)) for cell in _cells(line)] for line in found)
    return csv_answer(out.getvalue(), f"disclosure-{case.code}.csv")


def _cells(line: Line) -> tuple[object, ...]:
    said = language()
    word = _word(line.now)
    now = f"{word} ({say('exhibits.withdrawn', said)})" if line.is_withdrawn else word
    origin = say(f"exhibits.origin.{line.origin}", said)
    return (
        line.exhibit.code, origin, line.name, line.sha256, line.size, jst(line.at), line.by, line.made_by, _word(line.born), now, line.reason
    )  # fmt: skip


def _word(decision: bool | None) -> str:  # noqa: FBT001 - as decided
    return say("exhibit.word.undecided" if decision is None else "exhibit.word.yes" if decision else "exhibit.word.no", language())
