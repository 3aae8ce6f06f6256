"""The register: what the person keeps or may know of, what is out, overdue, to reconcile, and what waits for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.staff.rights import Right
from andon.console.undercover.identities import queries
from andon.console.undercover.identities.actions.places import add_place
from andon.console.undercover.identities.codes import State
from andon.console.undercover.identities.forms import PlaceForm
from andon.console.undercover.identities.models import Document, Place
from andon.console.undercover.identities.views.common import done

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

TABS = ("all", "out", "overdue", "to_reconcile", "to_destroy")
PER_PAGE, _WAITING = 50, 50


def _of(found: QuerySet[Document], tab: str, now: datetime) -> QuerySet[Document]:
    """The documents of a tab; what is due first stands first."""
    if tab == "out":
        return found.filter(state=State.OUT).order_by("due_at", "pk")
    if tab == "overdue":
        return queries.overdue(found, now).order_by("due_at", "pk")
    if tab in ("to_reconcile", "to_destroy"):
        return (queries.to_reconcile if tab == "to_reconcile" else queries.to_destroy)(found).order_by("moved_at", "pk")
    return found.order_by("-moved_at", "-pk")


@page(Right.CASE_READ)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of the documents of the person's cases."""
    return _show(request)


def _show(request: HttpRequest, tried: PlaceForm | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    found = queries.documents(actor.person)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    listed = Paginator(_of(found, tab, now), PER_PAGE).get_page(request.GET.get("page"))
    late = set(queries.overdue(found.filter(pk__in=[one.pk for one in listed]), now).values_list("pk", flat=True))
    keeps = actor.person.may(Right.IDENTITY_KEEP)
    context: dict[str, Any] = {
        "page_obj": listed, "tab": tab, "tabs": [(one, _of(found, one, now).count()) for one in TABS], "late": late, "now": now, "keeps": keeps,
        "slips": list(queries.waiting(actor.person, now)[:_WAITING]), "tried": tried,
        "places": Place.objects.filter(unit=actor.person.unit_id).order_by("name") if keeps else [], "place_form": tried or PlaceForm(),
    }  # fmt: skip
    gate.saw(actor, "identities.listed", "", {"tab": tab, "documents": len(listed)})
    return render(request, "identities/register.html", context, status=422 if tried else 200)


@page(Right.IDENTITY_KEEP)
@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Enter a place."""
    form = PlaceForm(request.POST)

    def act() -> object:
        given = form.cleaned_data
        return add_place(actor_of(request), given["place_name"], is_locked=given["is_locked"], is_apart=given["is_apart"])

    return redirect("identities:register") if done(request, form, act, "place") else _show(request, form)
