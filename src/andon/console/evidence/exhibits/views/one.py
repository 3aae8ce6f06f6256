"""The page of one exhibit: what it is, its files, its custody, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.casework.visible import inspects
from andon.console.doors import actor_of
from andon.console.evidence.exhibits import forms, mirror, packing, showing, visible
from andon.console.evidence.exhibits.actions.disclosing import mark
from andon.console.evidence.exhibits.actions.verifying import order_check
from andon.console.evidence.exhibits.copying import job_of
from andon.console.evidence.exhibits.hooks import panels
from andon.console.evidence.exhibits.models import Handing
from andon.console.evidence.exhibits.people import keepers, may_hold
from andon.console.evidence.exhibits.progress import progress_of
from andon.console.evidence.exhibits.queries.items import PER_PAGE, items, narrowed
from andon.console.evidence.exhibits.queries.listing import rows
from andon.console.evidence.exhibits.verifying import job_of as job_of_check
from andon.console.evidence.exhibits.views.common import custody, did, may
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.evidence.custody.disclosure import as_csv

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import CustodyLine, Exhibit
    from andon.console.staff.models import Person

_ACTS = 8  # of the trail, shown at once
_DECISIONS = {"yes": True, "no": False}


@case_page(event="exhibits.opened")
@require_GET
def exhibit(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """The page."""
    row = visible.in_case(case, exhibit_id)
    gate.saw(actor_of(request), "exhibits.seen", f"exhibit:{row.pk}", {"case": case.pk, "code": row.code})
    return render(request, "exhibits/exhibit.html", _context(request, row))


@case_page(event="exhibits.opened")
@require_GET
def progress(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """The moving part of the page while it is copied or verified. When that is over, the page is drawn anew."""
    row = visible.in_case(case, exhibit_id)
    moving = _moving(row)
    answer = render(request, "exhibits/_moving.html", {"exhibit": row, "case": case} | moving)
    if not moving["is_moving"]:
        answer["HX-Refresh"] = "true"
    return answer


def _context(request: HttpRequest, row: Exhibit) -> dict[str, Any]:
    person, about = actor_of(request).person, _moving(row)
    about |= {"exhibit": row, "case": row.case, "may": may(person, row.case), "reads_only": inspects(person, row.case_id)}
    about |= {"problem": showing.problem(row.problem), "findings": showing.findings(row.findings) + showing.renamed(row)}
    if not row.is_taken:
        return about
    lines = mirror.lines_of(row)
    filled = [(panel, render_to_string(panel.template, context, request)) for panel, context in panels(row, person)]
    return about | _files(request, row, lines) | _custody(row, lines, person) | {"panels": filled, "same": rows([row])[0].same}


def _moving(row: Exhibit) -> dict[str, Any]:
    """The copying or the last check, and how far it is."""
    check = row.checks.select_related("by").order_by("-pk").first() if row.is_taken else None
    checking = check is not None and check.ended_at is None
    job = job_of_check(check) if checking and check is not None else job_of(row)
    return {
        "check": check, "check_findings": showing.findings(check.findings) if check else [], "is_moving": row.is_under_way or checking,
        "is_checking": checking, "progress": progress_of(job), "check_problem": showing.problem(check.problem) if check else "",
    }  # fmt: skip


def _files(request: HttpRequest, row: Exhibit, lines: list[CustodyLine]) -> dict[str, Any]:
    everything = items(row, lines)
    words, decision = request.GET.get("q", "").replace("\0", "").strip()[:100], request.GET.get("decided", "")
    found = Paginator(narrowed(everything, words, decision), PER_PAGE).get_page(request.GET.get("page"))
    counted = {"yes": 0, "no": 0, "open": 0}
    for one in everything:
        counted["open" if one.is_disclosable is None else "yes" if one.is_disclosable else "no"] += 1
    names = {one.sha256: one.name for one in everything} if any(line.event == "marked" for line in lines) else {}
    shown = lines if "all" in request.GET else lines[-_ACTS:]
    return {
        "page_obj": found, "words": words, "decision": decision, "counted": counted, "items": len(everything),
        "acts": showing.acts(shown, names), "more_acts": len(lines) - len(shown),
    }  # fmt: skip


def _custody(row: Exhibit, lines: list[CustodyLine], person: Person) -> dict[str, Any]:
    held = custody(person, row)
    handing = Handing.objects.filter(exhibit=row, ended_at=None).select_related("giver", "taker").first()
    people = [one for one in keepers(row.case) if one.pk != person.pk and may_hold(one, row.case)] if held.is_mine and handing is None else []
    return {
        "held": held, "handing": handing, "is_taker": handing is not None and handing.taker_id == person.pk, "last_line": lines[-1],
        "give": forms.GiveForm(people=people, prefix="give") if people else None, "give_out": forms.GiveOutForm(prefix="out"),
        "back": forms.TakeBackForm(prefix="back"), "seal": forms.SealForm(prefix="seal"), "unseal": forms.UnsealForm(prefix="unseal"),
        "sealed_line": next((line for line in reversed(lines) if line.event == "sealed"), None) if held.is_sealed else None,
    }  # fmt: skip


@case_page()
@require_POST
def verify(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Have it verified."""
    row = visible.in_case(case, exhibit_id)
    order_check(actor_of(request), row.pk)
    return redirect("exhibits:exhibit", case.pk, row.pk)


@case_page(Right.CASE_WORK)
@require_POST
def decide(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Decide on the disclosure of the items that are ticked."""
    row = visible.in_case(case, exhibit_id)
    chosen, word = request.POST.getlist("item"), request.POST.get("decision", "")
    if word not in _DECISIONS:
        return redirect("exhibits:exhibit", case.pk, row.pk)
    why = request.POST.get("why", "")
    work = lambda: mark(actor_of(request), row.pk, chosen, is_disclosable=_DECISIONS[word], why=why)  # noqa: E731 - one line
    return did(request, work, "exhibits.did.marked", "exhibits:exhibit", case.pk, row.pk, count=len(set(chosen)))


@case_page()
@require_GET
def disclosure(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """The disclosure list as a table."""
    row = visible.in_case(case, exhibit_id)
    if not row.is_taken:
        return redirect("exhibits:exhibit", case.pk, row.pk)
    found = items(row, mirror.lines_of(row))
    gate.saw(actor_of(request), "exhibits.disclosure_listed", f"exhibit:{row.pk}", {"case": case.pk, "items": len(found)})
    content = as_csv(found, packing.heading(language()), packing.words(language()))
    disposition = f'attachment; filename="disclosure-{row.code}.csv"'
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})
