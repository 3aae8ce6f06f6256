"""The yearly table: the desk's own, with nothing suppressed; editions for the public, prepared by one person and released by another."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.common import files
from andon.console.staff.rights import Right
from andon.console.undercover.contactlog.figures import years
from andon.console.undercover.inspection import publishing
from andon.console.undercover.inspection.actions import editions as acts
from andon.console.undercover.inspection.documents import people_of, told
from andon.console.undercover.inspection.forms import DropForm, PrepareForm
from andon.console.undercover.inspection.models import Answer, Edition
from andon.console.undercover.inspection.views.common import did, file_answer
from andon.detection.records.writing import safe_cell
from andon.domain.times import JAPAN
from andon.wording.say import say

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person


def _known_to(person: Person) -> QuerySet[Edition]:
    """Everybody knows of what was released; who prepares or releases, of all."""
    found = Edition.objects.select_related("by", "answer__by")
    works = person.may(Right.INSPECT) or person.may(Right.PLAN_APPROVE)
    return found if works else found.filter(answer__what=Answer.What.RELEASED)


def _one(person: Person, edition_id: int) -> Edition:
    found = _known_to(person).filter(pk=edition_id).first()
    if found is None:
        raise Http404
    return found


def _past_years() -> list[int]:
    this = timezone.now().astimezone(JAPAN).year
    return [year for year in years() if year < this]


@page(Right.OWN_SETTINGS)
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """All editions that the reader may know of."""
    return _editions(request)


def _editions(request: HttpRequest, tried: Form | None = None) -> HttpResponse:
    person = actor_of(request).person
    prepares = person.may(Right.INSPECT)
    form = tried or (PrepareForm(years=_past_years()) if prepares else None)
    context = {"editions": _known_to(person), "form": form, "prepares": prepares}
    return render(request, "inspection/editions.html", context, status=422 if tried else 200)


@page(Right.INSPECT)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Freeze the table of a year."""
    form = PrepareForm(request.POST, years=_past_years())
    made: list[Edition] = []
    if form.is_valid() and did(form, lambda: made.append(acts.prepare(actor_of(request), form.cleaned_data["year"], form.cleaned_data["changes"]))):
        messages.success(request, say("inspection.done.prepared", language()))
        return redirect("inspection:edition", made[0].pk)
    return _editions(request, form)


@page(Right.OWN_SETTINGS)
@require_GET
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """One edition, as the public gets it."""
    return _edition(request, edition_id)


def _edition(request: HttpRequest, edition_id: int, tried: Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    one = _one(actor.person, edition_id)
    gate.saw(actor, "inspection.edition_opened", f"edition:{edition_id}")
    spoken = language()
    rows = [{**row, "name": row["label"][spoken], "shown_people": people_of(row)} for row in one.content["rows"]]
    answer = getattr(one, "answer", None)
    words = {name: one.content[name][spoken] for name in ("title", "rule", "suppressed", "denominators")}
    differences = [(row["label"][spoken], told(row["before"]), told(row["after"])) for row in one.content["differences"]]
    context: dict[str, Any] = {
        "edition": one, "rows": rows, "words": words, "answer": answer, "differences": differences,
        "answers": answer is None and actor.person.may(Right.PLAN_APPROVE), "own": one.by_id == actor.person.pk, "form": tried or DropForm(),
        "whole": publishing.sha256_of(one.content) == one.sha256,
    }  # fmt: skip
    return render(request, "inspection/edition.html", context, status=422 if tried else 200)


@page(Right.PLAN_APPROVE, grave=True)
@require_POST
def release(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Release it, as it was looked at."""
    acts.release(actor_of(request), edition_id, request.POST.get("sha256", ""))
    messages.success(request, say("inspection.done.released", language()))
    return redirect("inspection:edition", edition_id)


@page(Right.PLAN_APPROVE)
@require_POST
def drop(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Do not release it."""
    form = DropForm(request.POST)
    if form.is_valid() and did(form, lambda: acts.drop(actor_of(request), edition_id, form.cleaned_data["why"])):
        messages.success(request, say("inspection.done.dropped", language()))
        return redirect("inspection:edition", edition_id)
    return _edition(request, edition_id, form)


@page(Right.OWN_SETTINGS)
@require_GET
def edition_file(request: HttpRequest, edition_id: int, kind: str) -> HttpResponse:
    """The file that was kept with the edition, as it was then."""
    actor = actor_of(request)
    one = _one(actor.person, edition_id)
    key, form = {"csv": (one.csv_sha256, "text/csv; charset=utf-8"), "pdf": (one.pdf_sha256, "application/pdf")}.get(kind) or ("", "")
    if not key:
        raise Http404
    gate.saw(actor, "inspection.edition_exported", f"edition:{edition_id}", {"kind": kind, "sha256": key})
    return file_answer(files.read(key), f"undercover-{one.year}-{one.number}.{kind}", form)


def _year(request: HttpRequest, known: list[int]) -> int | None:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == 4 and int(given) in known else None  # noqa: PLR2004 - a year


@page(Right.INSPECT)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The table with nothing suppressed."""
    actor, known = actor_of(request), years()
    year = _year(request, known)
    funnel, rows = publishing.internal(year)
    gate.saw(actor, "inspection.figures_opened", "", {"year": year or 0})
    spoken = language()
    lines = [{**row, "name": row["label"][spoken], "shown_people": row["people"]} for row in rows]
    return render(request, "inspection/figures.html", {"rows": lines, "funnel": funnel, "years": known, "year": year})


@page(Right.INSPECT)
@require_GET
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    year = _year(request, years())
    funnel, rows = publishing.internal(year)
    gate.saw(actor_of(request), "inspection.figures_exported", "", {"year": year or 0})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"inspection.column.{name}", language()) for name in ("row", "cases", "people", "of")])
    for row in rows:
        writer.writerow([safe_cell(row["label"][language()]), row["cases"], "" if row["people"] is None else row["people"], row["of"] or ""])
    for name in ("harm_prevented", "leads", "attempts"):
        writer.writerow([say(f"inspection.row.{name}", language()), getattr(funnel, name), "", funnel.counted if name != "attempts" else ""])
    return file_answer("\ufeff" + out.getvalue(), f"undercover-internal-{year or 'all'}.csv", "text/csv; charset=utf-8")
