"""The set of wordings: read, proposed, reviewed, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.common import files
from andon.console.measures.kinds.warning import texts
from andon.console.measures.kinds.warning.actions import wordings as acts
from andon.console.measures.kinds.warning.forms import WordingForm
from andon.console.measures.kinds.warning.models import Wording
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.staff.models import Person

_State = Wording.State
_ORDER = {_State.PROPOSED: 0, _State.REVIEWED: 1, _State.RETIRED: 2}


@page(Right.MEASURE_READ)
@require_GET
def wordings(request: HttpRequest) -> HttpResponse:
    """Those that wait for a review, those in use, and those that were."""
    person = cast("Person", request.user)
    every = Wording.objects.select_related("made_by", "reviewed_by")
    found = sorted(every, key=lambda one: (_ORDER[_State(one.state)], one.purpose != "warning", one.pk))
    rows = [(one, example_of(one.text), lengths(one.text), one.made_by_id != person.pk) for one in found]
    shipped = {one.shipped for one in found}
    missing = [one for one in acts.shipped_names() if one not in shipped]
    return render(request, "warning/wordings.html", {"rows": rows, "missing": len(missing)})


@page(Right.MEASURE_DRAFT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose one."""
    form = WordingForm(request.POST or None, request.FILES or None, initial={"text": _start()})
    if request.method == "POST" and form.is_valid():
        acts.propose(actor_of(request), form.proposal())
        messages.success(request, say("warning.proposed", language()))
        return redirect("warning:wordings")
    return render(request, "warning/wording_new.html", {"form": form, **_checked(_start(), "warning")}, status=422 if form.errors else 200)


@page(Right.MEASURE_DRAFT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The rules and lengths of a text as it is typed, and how it will look."""
    return render(request, "warning/_checked.html", _checked(request.POST.get("text", "")[:1000], request.POST.get("purpose", "warning")))


@page(Right.MEASURE_RULES)
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load the set that andon brings along."""
    messages.success(request, say("warning.loaded", language(), n=acts.load_shipped(actor_of(request))))
    return redirect("warning:wordings")


@page(Right.MEASURE_RULES)
@require_POST
def review(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Let one be used."""
    acts.review(actor_of(request), wording_id)
    messages.success(request, say("warning.reviewed", language()))
    return redirect("warning:wordings")


@page(Right.MEASURE_RULES)
@require_POST
def retire(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Use one no more."""
    acts.retire(actor_of(request), wording_id)
    messages.success(request, say("warning.retired", language()))
    return redirect("warning:wordings")


@page(Right.MEASURE_READ)
@require_GET
def picture(_request: HttpRequest, wording_id: int) -> HttpResponse:
    """The picture of a wording."""
    one = get_object_or_404(Wording, pk=wording_id)
    if not one.picture or one.picture_type not in ("image/png", "image/jpeg"):
        raise Http404
    return HttpResponse(files.read(one.picture), content_type=one.picture_type)


def example_of(text: str) -> str:
    """A wording with an example's name and page in its places."""
    return texts.filled(text, texts.EXAMPLE_NAME, texts.EXAMPLE_PAGE)


def lengths(text: str) -> list[tuple[str, int, int, bool]]:
    """For each service: how long it takes the text to be, how long it may be, and whether it fits."""
    shown = example_of(text)
    return [(one.code, one.length(shown), one.most, one.length(shown) <= one.most) for one in SERVICES.values()]


def _checked(text: str, purpose: str) -> dict[str, object]:
    return {"text": example_of(text), "broken": texts.checked(text, purpose), "lengths": lengths(text), "name": texts.EXAMPLE_NAME}


def _start() -> str:
    return say("warning.start", language())
