"""The inspector's desk: what wants a look, the samples, draws, and what inspectors have read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.casework.actions import samples as acts
from andon.console.casework.models import Case, Sample
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.inspection.actions.draws import Terms
from andon.console.undercover.inspection.actions.draws import draw as draw_by_chance
from andon.console.undercover.inspection.drawing import all_cases, drawn, may_be_drawn
from andon.console.undercover.inspection.forms import DrawForm, OpenForm
from andon.console.undercover.inspection.lists import LISTS
from andon.console.undercover.inspection.models import Draw, Edition
from andon.console.undercover.inspection.reading import entries, of_inspectors
from andon.console.undercover.inspection.views.common import did
from andon.wording.say import say

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor

_LATEST, _PER_PAGE = 10, 50


@page(Right.INSPECT)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """How much there is of each list, and what is being read."""
    actor, now = actor_of(request), timezone.now()
    counted = []
    for one in LISTS.values():
        rows = one.rows(now)
        counted.append((one, len(rows), one.wants(rows)))
    gate.saw(actor, "inspection.opened", "", {one.code: count for one, count, _ in counted})
    context = {"counted": counted, "standing": _standing(actor), "waiting": Edition.objects.filter(answer=None).count(), "cases": all_cases().count()}
    return render(request, "inspection/desk.html", context)


def _standing(actor: Actor) -> list[Sample]:
    """What the inspector reads now."""
    found = Sample.objects.filter(inspector=actor.person, ended_at=None, until_at__gt=timezone.now()).select_related("case__unit")
    return list(found.order_by("until_at", "pk"))


@page(Right.INSPECT)
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Samples that stand and that are over, draws, and the forms of further ones."""
    gate.saw(actor_of(request), "inspection.samples_listed")
    return _samples(request)


def _samples(request: HttpRequest, tried: Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    over = Sample.objects.filter(inspector=actor.person).exclude(ended_at=None, until_at__gt=timezone.now()).select_related("case").order_by("-pk")
    context: dict[str, Any] = {
        "standing": _standing(actor), "over": over[:_PER_PAGE], "draws": Draw.objects.select_related("by").order_by("-pk")[:_LATEST],
        "draw_form": tried if isinstance(tried, DrawForm) else DrawForm(prefix="draw"),
        "open_form": tried if isinstance(tried, OpenForm) else OpenForm(prefix="open", initial={"case": request.GET.get("case", "")[:12]}),
        "left": may_be_drawn(actor.person.pk, timezone.now()).count(), "cases": all_cases().count(), "opens": bool(request.GET.get("case")),
    }  # fmt: skip
    return render(request, "inspection/samples.html", context, status=422 if tried else 200)


@page(Right.INSPECT)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw cases by chance."""
    form = DrawForm(request.POST, prefix="draw")
    made: list[Draw] = []
    if form.is_valid():
        terms = Terms(form.cleaned_data["size"], form.cleaned_data["ground"], form.until_at())
        if did(form, lambda: made.append(draw_by_chance(actor_of(request), terms))):
            messages.success(request, say("inspection.done.drawn", language(), count=len(made[0].drawn)))
            return redirect("inspection:draw", made[0].pk)
    return _samples(request, form)


@page(Right.INSPECT)
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a case for a cause."""
    form = OpenForm(request.POST, prefix="open")
    if form.is_valid():
        case = all_cases().filter(code=form.cleaned_data["case"].strip()).first()
        wanted, given = [case.pk if case else 0], form.cleaned_data
        if did(form, lambda: acts.draw(actor_of(request), wanted, ground=given["ground"], until_at=form.until_at())):
            messages.success(request, say("inspection.done.opened", language()))
            return redirect("casework:case", wanted[0])
    return _samples(request, form)


@page(Right.INSPECT)
@require_POST
def give_back(request: HttpRequest, case_id: int) -> HttpResponse:
    """End a sample before its time."""
    acts.give_back(actor_of(request), case_id)
    messages.success(request, say("inspection.done.given_back", language()))
    return redirect("inspection:samples")


@page(Right.INSPECT)
@require_GET
def one_draw(request: HttpRequest, draw_id: int) -> HttpResponse:
    """A draw, drawn again from its seed before the reader's eyes."""
    actor, one = actor_of(request), get_object_or_404(Draw.objects.select_related("by"), pk=draw_id)
    gate.saw(actor, "inspection.draw_opened", f"draw:{draw_id}")
    again = drawn(one.seed, one.population, one.size)
    reads = {sample.case_id for sample in _standing(actor)}
    cases = [(case, case.pk in reads) for case in Case.objects.filter(code__in=one.drawn).order_by("code")]
    return render(request, "inspection/draw.html", {"draw": one, "same": again == one.drawn, "cases": cases})


@page(Right.INSPECT)
@require_GET
def my_reads(request: HttpRequest) -> HttpResponse:
    """What the inspector has read and done, as the trail keeps it."""
    actor = actor_of(request)
    found = Paginator(entries([actor.person.pk]), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inspection/reads.html", {"page_obj": found, "own": True})


@page(Right.STAFF_CHANGE)
@require_GET
def reads(request: HttpRequest) -> HttpResponse:
    """What inspectors have read, for the administrator who appoints them: who, when, what kind of thing. Never which case."""
    actor = actor_of(request)
    found = Paginator(entries(of_inspectors()), _PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor, "inspection.reads_listed", "", {"entries": len(found)})
    return render(request, "inspection/reads.html", {"page_obj": found, "own": False})
