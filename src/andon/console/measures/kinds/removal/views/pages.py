"""The list, one request, the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.gate import saw
from andon.console.measures.common.elsewhere import elsewhere
from andon.console.measures.kinds.removal import life
from andon.console.measures.kinds.removal.actions.rules import set_rules
from andon.console.measures.kinds.removal.documents.formats import FORMATS
from andon.console.measures.kinds.removal.forms import AgainForm, AnswerForm, DraftForm, PoliceForm, RulesForm
from andon.console.measures.kinds.removal.queries import requests as queries
from andon.console.measures.kinds.removal.queries.waiting import listed
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.measures.kinds.removal.models import Request

_ROWS, _POSTS = 40, 20


@page(Right.MEASURE_READ)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """All requests that fit."""
    wanted, actor = queries.Wanted.read(request.GET), actor_of(request)
    rows = Paginator(wanted.numbers(actor.person), _ROWS).get_page(request.GET.get("page"))
    about = {
        "wanted": wanted, "rows": rows, "list": listed(list(rows.object_list)), "counts": wanted.counts(actor.person),
        "providers": queries.providers(),
    }  # fmt: skip
    return render(request, "removal/requests.html", about)


@page(Right.MEASURE_READ)
@require_GET
def request(request: HttpRequest, removal_id: int) -> HttpResponse:
    """One request: what it asks, how it stands, what happened, what can be done now."""
    return show(request, found_or_404(removal_id))


def found_or_404(removal_id: int) -> Request:
    """A request by its number."""
    found = queries.load(removal_id)
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, one: Request, *, status: int = 200, problem: str = "", **forms: Any) -> HttpResponse:  # noqa: ANN401 - Django's form
    """The page of a request, with the forms as they were sent where something was wrong with them."""
    actor = actor_of(request)
    shown = queries.shown(one, actor.person)
    making = shown.making
    saw(actor, "removal.opened", f"removal:{one.pk}", {"state": one.state})
    about = {
        "shown": shown, "request_row": one, "formats": FORMATS.values(), "problem": problem, "rows": _posts(one, request.GET.get("page")),
        "elsewhere": elsewhere(actor.person.unit_id, [one.campaign_id]) if one.unit_id == actor.person.unit_id else None,
        "answer_form": AnswerForm(prefix="answer"), "police_form": PoliceForm(prefix="police"),
        "again_form": AgainForm(shown.may["write"], prefix="again"),
        "draft_form": DraftForm(initial={"address": making.address, "text": making.note} if making else None, prefix="draft"), **forms,
    }  # fmt: skip
    return render(request, "removal/request.html", about, status=status)


@page(Right.MEASURE_READ)
@require_GET
def posts(request: HttpRequest, removal_id: int) -> HttpResponse:
    """A page of its posts, for HTMX."""
    one = found_or_404(removal_id)
    shown = queries.shown(one, actor_of(request).person)
    return render(request, "removal/_posts.html", {"request_row": one, "shown": shown, "rows": _posts(one, request.GET.get("page"))})


def _posts(one: Request, number: str | None) -> Any:  # noqa: ANN401 - a page
    return Paginator(queries.items(one), _POSTS).get_page(number)


@page(Right.MEASURE_READ)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules, to read; to set with the right to."""
    current, actor = life.rules(), actor_of(request)
    values = {name: getattr(current, name) for name in RulesForm.base_fields}
    form = RulesForm(request.POST or None, initial=values)
    if request.method == "POST" and (form.is_valid() or not actor.person.may(Right.MEASURE_RULES)):
        set_rules(actor, **({name: form.cleaned_data[name] for name in values} if form.is_valid() else values))
        messages.success(request, say("removal.rules.saved", language()))
        return redirect("removal:rules")
    may = actor.person.may(Right.MEASURE_RULES)
    return render(request, "removal/rules.html", {"form": form, "rules": current, "may": may}, status=422 if form.errors else 200)
