"""Lists of exhibits: of a case, and of all the cases that the reader is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.doors import actor_of, page
from andon.console.evidence.exhibits import visible
from andon.console.evidence.exhibits.models import Handing, Package
from andon.console.evidence.exhibits.queries.listing import PER_PAGE, Wanted, narrowed, rows
from andon.console.evidence.exhibits.showing import problem
from andon.console.evidence.exhibits.views.common import may
from andon.console.evidence.exhibits.views.custody import package_line
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person

PACKAGES = 10


@page(Right.CASE_READ)
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """The exhibits of all cases that the reader may know of, and what waits for them to confirm."""
    actor = actor_of(request)
    about = _list(request, visible.exhibits(actor.person), actor.person)
    waiting = Handing.objects.filter(exhibit__in=visible.exhibits(actor.person), taker=actor.person.pk, ended_at=None)
    gate.saw(actor, "exhibits.listed", "", {"exhibits": about["page_obj"].paginator.count})
    return render(request, "exhibits/all.html", about | {"waiting": waiting.select_related("exhibit", "giver").order_by("pk")})


@case_page(event="exhibits.opened")
@require_GET
def listing(request: HttpRequest, case: Case) -> HttpResponse:
    """The exhibits of a case, and the packages made of them."""
    person = actor_of(request).person
    about = _list(request, visible.exhibits(person).filter(case=case), person)
    packages = [package_line(one) for one in Package.objects.filter(case=case).select_related("by", "case").order_by("-pk")[:PACKAGES]]
    moving = any(one["package"].ended_at is None for one in packages) or any(row.exhibit.is_under_way for row in about["rows"])
    more: dict[str, Any] = {"case": case, "may": may(person, case), "packages": packages, "is_moving": moving}
    return render(request, "exhibits/_list.html" if getattr(request, "htmx", False) else "exhibits/list.html", about | more)


def _list(request: HttpRequest, known: QuerySet[Exhibit], person: Person) -> dict[str, Any]:
    wanted = Wanted.read(request.GET)
    found = Paginator(narrowed(known, wanted, person), PER_PAGE).get_page(request.GET.get("page"))
    shown = rows(found)
    problems = {row.exhibit.pk: problem(row.exhibit.problem) for row in shown if row.exhibit.problem}
    return {"page_obj": found, "rows": shown, "wanted": wanted, "problems": problems}
