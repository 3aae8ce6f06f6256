"""What is done from the page of a log: a stage, the stop, the intended victim, the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.contactlog.actions import conclude
from andon.console.undercover.contactlog.actions import stage as stages
from andon.console.undercover.contactlog.actions import stop as stopping
from andon.console.undercover.contactlog.forms import OutcomeForm, StageForm, StopForm, VictimForm
from andon.console.undercover.contactlog.queries import reached
from andon.console.undercover.contactlog.views.common import did, show
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.authority.models import Plan


def _done(request: HttpRequest, plan: Plan, form: Form, act: Callable[[], object], told: str) -> HttpResponse:
    if form.is_valid() and did(form, act):
        messages.success(request, say(f"contactlog.done.{told}", language()))
        return redirect("contactlog:log", plan.pk)
    return show(request, plan, form)


@plan_page(Right.CONTACT_LOG)
@require_POST
def stage(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Keep a stage."""
    form = StageForm(request.POST, plan=plan, reached=reached(plan))

    def act() -> object:
        given = form.cleaned_data
        return stages.reach(actor_of(request), plan.pk, given["stage"], given["entry"], form.answers(), given["stage_text"])

    return _done(request, plan, form, act, "stage")


@plan_page(Right.CONTACT_LOG)
@require_POST
def stop(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Stop it."""
    form = StopForm(request.POST)

    def act() -> object:
        return stopping.stop(actor_of(request), plan.pk, form.cleaned_data["stop_ground"], form.cleaned_data["stop_text"])

    return _done(request, plan, form, act, "stopped")


@plan_page(Right.CONTACT_LOG)
@require_POST
def victim(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Keep what was done for the intended victim."""
    form = VictimForm(request.POST)

    def act() -> object:
        return stages.victim_noticed(actor_of(request), plan.pk, form.cleaned_data["warned"], form.cleaned_data["victim_text"])

    return _done(request, plan, form, act, "victim")


@plan_page(Right.CASE_WORK)
@require_POST
def outcome(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Keep how it ended."""
    form = OutcomeForm(request.POST)
    return _done(request, plan, form, lambda: conclude.conclude(actor_of(request), plan.pk, form.ended()), "outcome")


@plan_page(Right.CASE_WORK)
@require_POST
def take_back(request: HttpRequest, plan: Plan, step_id: int) -> HttpResponse:
    """A stage was written by mistake."""
    if not plan.steps.filter(pk=step_id).exists():
        raise Http404
    stages.take_back(actor_of(request), step_id, request.POST.get("why", ""))
    messages.success(request, say("contactlog.done.taken_back", language()))
    return redirect("contactlog:log", plan.pk)
