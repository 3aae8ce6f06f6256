"""Over a whole case: search, people, notes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.casework.views.lists import csv_answer, plain_cell
from andon.console.doors import actor_of
from andon.console.evidence.conversations import exported, finding, notes, visible
from andon.console.evidence.conversations import people as participants
from andon.console.evidence.conversations.views.common import keep_search, may_work
from andon.console.frame.templatetags.desk import language
from andon.evidence.chats.model import Kind
from andon.wording.say import say

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case

NOTES_PER_PAGE = 50


@case_page(event="conversations.search_opened")
@require_GET
def search(request: HttpRequest, case: Case) -> HttpResponse:
    """What all conversations of the case hold."""
    wanted = finding.Wanted.read(request.GET)
    conversations = list(visible.current(case).order_by("reading__exhibit__code", "-length"))
    groups = finding.find_in_case(conversations, wanted, language()) if wanted.form else []
    total = sum(group.total for group in groups)
    if wanted.form:
        keep_search(actor_of(request), f"case:{case.pk}", wanted.facts() | {"hits": total, "conversations": len(groups)})
    about = {
        "case": case, "wanted": wanted, "groups": groups, "total": total, "kinds": [kind.value for kind in Kind], "searched": len(conversations),
        "asked": bool(wanted.query),
    }  # fmt: skip
    return render(request, "conversations/search.html", about)


@case_page(event="conversations.people_opened")
@require_GET
def people(request: HttpRequest, case: Case) -> HttpResponse:
    """Who takes part where."""
    words = request.GET.get("q", "").replace("\0", "").strip()[: participants.WORDS_LENGTH]
    tab = request.GET.get("tab", "")
    tab = tab if tab in ("handles", "everybody") else "shared"
    if words:
        keep_search(actor_of(request), f"case:{case.pk}", {"q": words, "where": "people"})
    if tab == "everybody":
        found: QuerySet[Any] = participants.talkers(case, words)
    else:
        found = participants.handles(case, words, several=tab == "shared")
    page_obj = Paginator(found, participants.PER_PAGE).get_page(request.GET.get("page"))
    shared = [] if tab == "everybody" else participants.filled(case, list(page_obj))
    return render(request, "conversations/people.html", {"case": case, "tab": tab, "words": words, "page_obj": page_obj, "shared": shared})


@case_page(event="conversations.notes_opened")
@require_GET
def notes_table(request: HttpRequest, case: Case) -> HttpResponse:
    """The notes as CSV with what they stand on; with `disclosable` only those that may be disclosed and were not withdrawn, as they read now."""
    only = "disclosable" in request.GET
    every = notes.all_read(notes.of_case(case).select_related("exhibit", "by__unit").prefetch_related("changes__by__unit"))
    found = [one for one in every if not only or (one.is_disclosable and not one.withdrawn)]
    gate.saw(actor_of(request), "conversations.notes_exported", f"case:{case.pk}", {"notes": len(found), "only_disclosable": only})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"conversations.export.{one}", language()) for one in exported.COLUMNS])
    writer.writerows([plain_cell(cell) for cell in row] for row in exported.table(found, with_changes=not only))
    return csv_answer(out.getvalue(), f"notes-{case.code}{'-disclosable' if only else ''}.csv")


@case_page(event="conversations.notes_opened")
@require_GET
def listed_notes(request: HttpRequest, case: Case) -> HttpResponse:
    """The notes of the case."""
    page_obj = Paginator(notes.of_case(case), NOTES_PER_PAGE).get_page(request.GET.get("page"))
    about = {"case": case, "page_obj": page_obj, "notes": notes.all_read(page_obj), "may_work": may_work(actor_of(request).person, case)}
    return render(request, "conversations/notes.html", about)
