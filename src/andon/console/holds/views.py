"""Pages of holds: those of one's own unit. What other units hold is told where it blocks an act, and not listed anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.holds import queries, shown
from andon.console.holds.actions import end
from andon.console.holds.actions.place import place as place_hold
from andon.console.holds.forms import LiftForm, PlaceForm, ProlongForm
from andon.console.holds.naming import named
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.holds.models import Hold
    from andon.console.staff.models import Person

PER_PAGE = 50


@page(Right.HOLD_PLACE)
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """The holds of one's unit: what asks for a decision, what stands, what was lifted."""
    person, now = cast("Person", request.user), timezone.now()
    asking = queries.asking(person, now=now).count()
    tab = request.GET.get("tab", "")
    if tab not in shown.TABS:
        tab = "asking" if asking else "standing"
    words = request.GET.get("q", "").strip()[:100]
    found = Paginator(shown.listed(person, tab, words, now), PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor_of(request), "holds.listed", "", {"tab": tab, "holds": len(found), **({"q": words} if words else {})})
    return render(request, "holds/holds.html", {"page_obj": found, "lines": shown.lines(found, now), "tab": tab, "asking": asking, "q": words})


@page(Right.HOLD_PLACE)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Place a hold; `?kind=&key=` fill in what it is on."""
    asked = {name: request.GET[name][:400] for name in ("kind", "key") if name in request.GET}
    form = PlaceForm(request.POST if request.method == "POST" else None, person=cast("Person", request.user), initial=asked)
    if request.method == "POST" and form.is_valid():
        placed: list[Hold] = []
        if _did(form, lambda: placed.append(place_hold(actor_of(request), form.target(), form.terms()))):
            messages.success(request, say("holds.done.placed", language()))
            return redirect("holds:hold", placed[0].pk)
    return render(request, "holds/place.html", {"form": form}, status=422 if form.errors else 200)


@page(Right.HOLD_PLACE)
@require_GET
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """One hold of one's unit: why, its history, and what becomes of it. Reading it is an event."""
    one = _own(request, pk)
    gate.saw(actor_of(request), "holds.opened", f"hold:{pk}")
    return _page(request, one, ProlongForm(), LiftForm())


@page(Right.HOLD_PLACE)
@require_POST
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it a new last day."""
    one, form = _own(request, pk), ProlongForm(request.POST)
    if form.is_valid() and _did(form, lambda: end.prolong(actor_of(request), pk, **form.given())):
        messages.success(request, say("holds.done.prolonged", language()))
        return redirect("holds:hold", pk)
    return _page(request, one, form, LiftForm())


@page(Right.HOLD_LIFT)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End it."""
    one, form = _own(request, pk), LiftForm(request.POST)
    if form.is_valid() and _did(form, lambda: end.lift(actor_of(request), pk, note=form.cleaned_data["note"])):
        messages.success(request, say("holds.done.lifted", language()))
        return redirect("holds:hold", pk)
    return _page(request, one, ProlongForm(), form)


def _did(form: Form, act: Callable[[], object]) -> bool:
    """Whether the verb went through; what it refuses is written on the form."""
    try:
        act()
    except (Refused, Conflict) as error:
        form.add_error(None, say_error(error, language()))
        return False
    return True


def _own(request: HttpRequest, pk: int) -> Hold:
    """The hold, when it is of the person's unit: what other units hold, and that they do, is nobody else's page."""
    one = queries.of_unit(cast("Person", request.user)).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def _page(request: HttpRequest, one: Hold, prolonging: ProlongForm, lifting: LiftForm) -> HttpResponse:
    now = timezone.now()
    about = {"named": named([one.target])[one.target], "others": shown.others(one, now)}
    stands = {"is_expired": one.is_expired(now), "is_up": one.is_up_for_review(now)}
    forms = {"prolonging": prolonging, "lifting": lifting, "may_lift": cast("Person", request.user).may(Right.HOLD_LIFT)}
    wrong = bool(prolonging.errors or lifting.errors)
    context = {"hold": one, "events": one.events.select_related("by"), **about, **stands, **forms}
    return render(request, "holds/hold.html", context, status=422 if wrong else 200)
