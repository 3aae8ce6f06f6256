"""What is done with an exhibit: handed on, sealed, opened, handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.doors import actor_of
from andon.console.evidence.exhibits import packing, visible
from andon.console.evidence.exhibits.actions import handing as handings
from andon.console.evidence.exhibits.actions.handing_over import order_package
from andon.console.evidence.exhibits.actions.sealing import seal as seal_it
from andon.console.evidence.exhibits.actions.sealing import unseal as open_it
from andon.console.evidence.exhibits.forms import PackageForm
from andon.console.evidence.exhibits.models import Exhibit, Handing, Package
from andon.console.evidence.exhibits.progress import progress_of
from andon.console.evidence.exhibits.queries.listing import rows
from andon.console.evidence.exhibits.showing import problem
from andon.console.evidence.exhibits.views.common import did, may
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case

_OFFERED = 500  # exhibits to tick for a package


def _said(request: HttpRequest, prefix: str, *names: str) -> dict[str, str]:
    """What a small form says: texts of these names; the verbs say what is missing."""
    return {name: request.POST.get(f"{prefix}-{name}", "") for name in names}


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def give(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Begin a transfer to another person of the case."""
    row, taker = visible.in_case(case, exhibit_id), request.POST.get("give-taker", "")
    number = int(taker) if taker.isascii() and taker.isdecimal() and len(taker) < 10 else 0  # noqa: PLR2004 - no number that a database refuses
    return _act(request, row, lambda: handings.give(actor_of(request), row.pk, number, **_said(request, "give", "place", "how")), "given")


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def give_out(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """It went to somebody outside."""
    row = visible.in_case(case, exhibit_id)
    return _act(request, row, lambda: handings.give_out(actor_of(request), row.pk, **_said(request, "out", "to", "place", "how")), "given_out")


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def take_back(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """It came from somebody outside."""
    row = visible.in_case(case, exhibit_id)
    return _act(request, row, lambda: handings.take_back(actor_of(request), row.pk, **_said(request, "back", "place", "how")), "taken_back")


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def confirm(request: HttpRequest, case: Case, exhibit_id: int, handing_id: int) -> HttpResponse:
    """The taker has it."""
    row = visible.in_case(case, exhibit_id)
    return _act(request, row, lambda: handings.confirm(actor_of(request), _of(row, handing_id)), "confirmed")


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def leave(request: HttpRequest, case: Case, exhibit_id: int, handing_id: int) -> HttpResponse:
    """The transfer comes to nothing."""
    row = visible.in_case(case, exhibit_id)
    return _act(request, row, lambda: handings.leave(actor_of(request), _of(row, handing_id)), "left")


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def seal(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Seal it."""
    row, said = visible.in_case(case, exhibit_id), _said(request, "seal", "place", "seal")
    return _act(request, row, lambda: seal_it(actor_of(request), row.pk, place=said["place"], number=said["seal"]), "sealed")


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def unseal(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Open it."""
    row = visible.in_case(case, exhibit_id)
    return _act(request, row, lambda: open_it(actor_of(request), row.pk, **_said(request, "unseal", "place", "why")), "unsealed")


def _act(request: HttpRequest, row: Exhibit, work: Callable[[], object], sentence: str) -> HttpResponse:
    return did(request, work, f"exhibits.did.{sentence}", "exhibits:exhibit", row.case_id, row.pk)


def _of(row: Exhibit, handing_id: int) -> int:
    return get_object_or_404(Handing, pk=handing_id, exhibit=row).pk


@case_page(Right.EVIDENCE_KEEP, event="exhibits.opened")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, case: Case) -> HttpResponse:
    """Which exhibits go into a package, and to whom."""
    form = PackageForm(request.POST if request.method == "POST" else None)
    given = request.POST.getlist("exhibit") if request.method == "POST" else request.GET.getlist("exhibit")
    chosen = [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 10]  # noqa: PLR2004 - no number that a database refuses
    if request.method == "POST" and form.is_valid() and chosen:
        said = form.cleaned_data
        order_package(actor_of(request), case, chosen, to=said["to"], only_disclosable=said["only_disclosable"], language=language())
        return redirect("exhibits:list", case.pk)
    known = visible.exhibits(actor_of(request).person).filter(case=case, state=Exhibit.State.TAKEN).order_by("pk")
    wrong = request.method == "POST"
    about: dict[str, Any] = {
        "case": case, "form": form, "rows": rows(known[:_OFFERED]), "chosen": set(chosen), "may": may(actor_of(request).person, case),
        "problem": say("exhibits.none_ticked", language()) if wrong and not chosen else "",
    }  # fmt: skip
    return render(request, "exhibits/hand_over.html", about, status=422 if wrong else 200)


@case_page(event="exhibits.opened")
@require_GET
def package(request: HttpRequest, case: Case, package_id: int) -> HttpResponse:
    """One package on the list: how far it is."""
    row = get_object_or_404(Package.objects.select_related("by", "case"), pk=package_id, case=case)
    return render(request, "exhibits/_package.html", {"case": case, "may": may(actor_of(request).person, case)} | package_line(row))


def package_line(row: Package) -> dict[str, Any]:
    """A package as the list shows it."""
    return {
        "package": row, "progress": progress_of(packing.job_of(row)), "package_problem": problem(row.problem),
        "is_there": row.sha256 != "" and packing.file_of(row).is_file(),
    }  # fmt: skip


@case_page(Right.EVIDENCE_KEEP, event="exhibits.opened")
@require_GET
def package_file(request: HttpRequest, case: Case, package_id: int) -> HttpResponse:
    """The package itself. Only who keeps exhibits of the case fetches it; kept in the trail."""
    row = get_object_or_404(Package.objects.select_related("case"), pk=package_id, case=case)
    if not may(actor_of(request).person, case).keep:
        raise Refused(reason="exhibit_keeping", name=f"case:{case.pk}")
    path = packing.file_of(row)
    if not row.sha256 or not path.is_file():
        raise Http404
    gate.saw(actor_of(request), "exhibits.package_fetched", f"case:{case.pk}", {"package": row.pk, "sha256": row.sha256, "bytes": row.size_bytes})
    return cast("HttpResponse", FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="application/zip"))
