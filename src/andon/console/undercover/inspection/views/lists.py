"""The lists, as pages and as CSV; an error's own page."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.errors import all_errors
from andon.console.undercover.inspection.actions.seeing import may_read, see
from andon.console.undercover.inspection.lists import LISTS
from andon.console.undercover.inspection.lists.errors import standing
from andon.console.undercover.inspection.views.common import file_answer
from andon.detection.records.writing import safe_cell
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.inspection.lists.listing import Cell, Listing

_PER_PAGE = 50


def _listing(name: str) -> Listing:
    if name not in LISTS:
        raise Http404
    return LISTS[name]


@page(Right.INSPECT)
@require_GET
def one_list(request: HttpRequest, name: str) -> HttpResponse:
    """One of the lists."""
    actor, listing = actor_of(request), _listing(name)
    rows = listing.rows(timezone.now())
    found = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor, "inspection.listed", f"list:{name}", {"rows": len(rows)})
    sampled = set(visible.cases(actor.person).values_list("pk", flat=True))
    lines = [(row, row.case is not None and row.case.pk in sampled, list(zip(listing.columns, row.cells, strict=True))) for row in found]
    context = {"listing": listing, "lists": LISTS, "page_obj": found, "lines": lines, "total": len(rows)}
    return render(request, "inspection/list.html", context)


@page(Right.INSPECT)
@require_GET
def export(request: HttpRequest, name: str) -> HttpResponse:
    """The same as CSV: all of it, codes and dates only."""
    listing = _listing(name)
    rows = listing.rows(timezone.now())
    gate.saw(actor_of(request), "inspection.exported", f"list:{name}", {"rows": len(rows)})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"inspection.column.{column}", language()) for column in ("case", *listing.columns)])
    writer.writerows([row.case.code if row.case else "", *map(_text, row.cells)] for row in rows)
    return file_answer("\ufeff" + out.getvalue(), f"inspection-{name}.csv", "text/csv; charset=utf-8")


def _text(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    if isinstance(cell, list):
        return safe_cell("; ".join(cell))
    return "" if cell is None else safe_cell(cell)


@page(Right.INSPECT)
@require_GET
def error(request: HttpRequest, error_id: int) -> HttpResponse:
    """One error; its texts only where its case is in the sample."""
    actor = actor_of(request)
    one = all_errors().filter(pk=error_id).first()
    if one is None:
        raise Http404
    reads = may_read(actor.person, one)
    gate.saw(actor, "inspection.error_opened", f"error:{error_id}", {"texts": reads})
    steps = {step.what: step.at for step in one.steps.all()}
    return render(request, "inspection/error.html", {"error": one, "reads": reads, "standing": f"authority.error_state.{standing(steps)}"})


@page(Right.INSPECT)
@require_POST
def seen(request: HttpRequest, error_id: int) -> HttpResponse:
    """Keep that the inspector has seen it."""
    see(actor_of(request), error_id)
    messages.success(request, say("inspection.done.seen", language()))
    return redirect("inspection:error", error_id)
