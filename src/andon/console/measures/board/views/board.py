"""The board, and many measures at one press: plan, go, see, take back."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.measures.board.actions import batches
from andon.console.measures.board.forms import numbers
from andon.console.measures.board.models import Batch, Part
from andon.console.measures.board.queries import waiting
from andon.console.measures.board.queries.batch import seen_of
from andon.console.measures.board.queries.plan import plan_for
from andon.console.measures.board.tasks import run_batch
from andon.console.measures.common.elsewhere import elsewhere
from andon.console.measures.common.outbox.putting import undo_window
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest

JUST = timedelta(hours=12)  # a working day
AT_ONCE = 2.0  # seconds of work that a person waits for; the rest is the worker's
_LISTED = 12


@page(Right.MEASURE_READ)
def board(request: HttpRequest) -> HttpResponse:
    """What waits for whom."""
    actor = actor_of(request)
    person = actor.person
    groups = waiting.waiting_for(person, language())
    campaigns, campaigns_total = waiting.without_measures(_LISTED) if person.may(Right.MEASURE_DRAFT) else ([], 0)
    gate.saw(actor, "board.seen", "", {"waiting": sum(group.total for group in groups)})
    return render(request, "board/board.html", {
        "groups": groups, "overdue": sum(group.overdue for group in groups), "total": sum(group.total for group in groups),
        "campaigns": campaigns, "campaigns_total": campaigns_total, "batches": waiting.batches_of(person, 5),
        "team": waiting.by_person(person.unit_id) if person.may(Right.MEASURE_RULES) else [], "team_states": waiting.TEAM_STATES,
    })  # fmt: skip


@page(Right.MEASURE_DRAFT)
def plan(request: HttpRequest) -> HttpResponse:
    """What a press would do for the campaigns that were chosen: how many posts go where, and what stays behind, and why.

    Where none was chosen: for those that the person has just decided.
    """
    actor = actor_of(request)
    chosen = numbers(request.GET, "campaign") if "campaign" in request.GET else waiting.just_decided(actor.person, timezone.now() - JUST, _LISTED * 4)
    planned = plan_for(actor.person, chosen)
    gate.saw(actor, "board.planned", "", {"campaigns": [one.pk for one in planned.campaigns], "ready": planned.ready})
    return render(request, "board/plan.html", {
        "plan": planned, "token": secrets.token_urlsafe(16), "may_send": actor.person.may(Right.MEASURE_SEND),
        "window": int(undo_window().total_seconds()), "elsewhere": elsewhere(actor.person.unit_id, [one.pk for one in planned.campaigns]),
    })  # fmt: skip


@page(Right.MEASURE_DRAFT)
@require_POST
def go(request: HttpRequest) -> HttpResponse:
    """Draft everything that the page before showed, and approve it for who may: at once what is done in a moment, the rest in the background."""
    actor = actor_of(request)
    token, sends = request.POST.get("token", "")[:40], request.POST.get("do") == "send"
    batch = batches.start(actor, token or secrets.token_urlsafe(16), numbers(request.POST, "campaign"), request.POST.getlist("kind"), sends=sends)
    if not batches.run(actor, batch.pk, seconds=AT_ONCE):
        run_batch.enqueue(batch.pk)
    return redirect("board:batch", batch.pk)


@page(Right.MEASURE_READ)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What a batch did; while it runs, the page asks again."""
    one = _found(request, batch_id)
    template = "board/_batch.html" if getattr(request, "htmx", False) else "board/batch.html"
    return render(request, template, {"batch": one, "seen": seen_of(one, language())})


@page(Right.MEASURE_DRAFT)
@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take back what has not gone out yet."""
    _found(request, batch_id)
    count = batches.undo(actor_of(request), batch_id)
    text = say("board.undone", language(), n=count)
    if getattr(request, "htmx", False):
        return toast(HttpResponse(status=204, headers={"HX-Redirect": reverse("board:batch", args=[batch_id])}), text, tone="info")
    messages.info(request, text)
    return redirect("board:batch", batch_id)


@page(Right.MEASURE_DRAFT)
@require_POST
def again(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Plan anew what failed: back to the plan with the campaigns of the failed parts."""
    _found(request, batch_id)
    failed = Part.objects.filter(batch=batch_id, state=Part.State.FAILED).values_list("campaigns", flat=True)
    chosen = "&".join(f"campaign={pk}" for pk in dict.fromkeys(pk for part in failed for pk in part))
    return redirect(f"{reverse('board:plan')}?{chosen}")


def _found(request: HttpRequest, batch_id: int) -> Batch:
    """A batch of the person's unit; no other is there for them."""
    return get_object_or_404(Batch.objects.select_related("by__unit"), pk=batch_id, by__unit=actor_of(request).person.unit_id)
