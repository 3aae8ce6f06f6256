"""The list of cases, what moved in them, the field that completes, and the export. All of them start from `visible`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from andon.console import gate
from andon.console.casework.actions.life import open_case
from andon.console.casework.forms import OpenForm
from andon.console.casework.models import Case
from andon.console.casework.queries import feed as feeds
from andon.console.casework.queries.listing import TABS, Wanted, counts, found_by, listed, rows, with_moves
from andon.console.casework.views.common import did
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import jst, language
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest

PER_PAGE = 50
FOUND = 8
EXPORTED = ("code", "title", "kind", "state", "unit", "leaders", "opened_at", "moved_at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@page(Right.CASE_READ)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the person may know of."""
    actor = actor_of(request)
    counted = counts(actor.person, Wanted.read(request.GET))
    wanted = Wanted.read({"tab": _tab(counted)} | request.GET.dict())
    found = Paginator(listed(actor.person, wanted), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"tab": wanted.tab, "cases": len(found), **({"q": wanted.words} if wanted.words else {})}
    gate.saw(actor, "casework.listed", "", facts)
    context = {"page_obj": found, "rows": rows(found, actor.person), "wanted": wanted, "counts": counted, "tabs": TABS, "kinds": Case.Kind.values}
    return render(request, "casework/cases.html", context | {"feed": feeds.feed(actor.person), "may_open": actor.person.may(Right.CASE_WORK)})


def _tab(counted: dict[str, int]) -> str:
    """Proposals wait for somebody: they are shown first."""
    return "proposed" if counted["proposed"] else "open"


@page(Right.CASE_READ)
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """What moved last, for a page that asks from time to time."""
    return render(request, "casework/_feed.html", {"feed": feeds.feed(actor_of(request).person)})


@page(Right.CASE_READ)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Cases that complete what is typed."""
    actor, words = actor_of(request), Wanted.read(request.GET).words
    found = found_by(actor.person, words, FOUND)
    if words:
        gate.saw(actor, "casework.searched", "", {"q": words, "cases": len(found)})
    return render(request, "casework/_found.html", {"cases": found})


@page(Right.CASE_READ)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The list as CSV."""
    actor, wanted = actor_of(request), Wanted.read(request.GET)
    found = rows(with_moves(listed(actor.person, wanted)).select_related("unit"), actor.person)
    gate.saw(actor, "casework.exported", "", {"tab": wanted.tab, "cases": len(found), **({"q": wanted.words} if wanted.words else {})})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(f"casework.column.{column}", language()) for column in EXPORTED])
    for row in found:
        one = row.case
        kind, state = say(f"case.kind.{one.kind}", language()), say(f"case.state.{one.state}", language())
        cells = [one.code, one.title, kind, state, one.unit.name, " ".join(row.leaders), jst(one.opened_at), jst(row.moved_at)]
        writer.writerow([plain_cell(cell) for cell in cells])
    return csv_answer(out.getvalue(), "cases.csv")


def csv_answer(text: str, name: str) -> HttpResponse:
    """A CSV file that spreadsheet programs read as UTF-8."""
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def plain_cell(cell: str) -> str:
    """No formula when it is opened."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@page(Right.CASE_WORK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    made: list[Case] = []
    if form.is_valid() and did(form, lambda: made.append(_open(request, form))):
        messages.success(request, say("casework.done.opened", language(), case=made[0].code))
        return redirect("casework:case", made[0].pk)
    return render(request, "casework/new.html", {"form": form}, status=422 if form.errors else 200)


def _open(request: HttpRequest, form: OpenForm) -> Case:
    given = form.cleaned_data
    return open_case(actor_of(request), given["title"], given["kind"], ground=given["ground"])
