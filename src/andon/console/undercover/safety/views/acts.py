"""What is done from the page of a plan's safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.safety.actions import chaining, checking, consenting
from andon.console.undercover.safety.codes import CheckStep
from andon.console.undercover.safety.forms import BriefForm, ChainForm, CheckForm, ConsentForm
from andon.console.undercover.safety.views.lists import show
from andon.domain.errors import Conflict
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.authority.models import Plan


def _done(request: HttpRequest, plan: Plan, form: Form, act: Callable[[], object], told: str) -> HttpResponse:
    if form.is_valid() and did(form, act):
        return _told(request, plan, told)
    return show(request, plan, form)


def _told(request: HttpRequest, plan: Plan, told: str) -> HttpResponse:
    messages.success(request, say(f"safety.done.{told}", language()))
    return redirect("safety:help") if request.POST.get("next") == "help" else redirect("safety:plan", plan.pk)


@plan_page(Right.CASE_WORK)
@require_POST
def brief(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Keep a briefing."""
    form = BriefForm(request.POST, plan=plan, auto_id="id_brief_form_%s")

    def act() -> object:
        given = form.cleaned_data
        return consenting.brief(actor_of(request), plan.pk, given["officer"], given["risks"], given["text"])

    return _done(request, plan, form, act, "brief")


@plan_page(Right.CONTACT_LOG)
@require_POST
def consent(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Keep a consent."""
    form = ConsentForm(request.POST, plan=plan, auto_id="id_consent_form_%s")

    def act() -> object:
        return consenting.consent(actor_of(request), plan.pk, form.cleaned_data["officer"], paper=form.cleaned_data["paper"])

    return _done(request, plan, form, act, "consent")


@plan_page(Right.CONTACT_LOG)
@require_POST
def withdraw(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Keep a withdrawal."""
    consenting.withdraw(actor_of(request), plan.pk, request.POST.get("officer", ""))
    return _told(request, plan, "withdraw")


@plan_page(Right.CASE_WORK)
@require_POST
def add(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Put somebody into the chain."""
    form = ChainForm(request.POST, plan=plan, auto_id="id_chain_form_%s")
    return _done(request, plan, form, lambda: chaining.add(actor_of(request), plan.pk, form.somebody()), "chain")


@plan_page(Right.CASE_WORK)
@require_POST
def remove(request: HttpRequest, plan: Plan, link_id: int) -> HttpResponse:
    """Take somebody out."""
    _of(plan, "chain", link_id)
    chaining.remove(actor_of(request), link_id)
    return _told(request, plan, "chain")


@plan_page(Right.CASE_READ)
@require_POST
def phone(request: HttpRequest, plan: Plan, link_id: int) -> HttpResponse:
    """Read a number."""
    _of(plan, "chain", link_id)
    number = chaining.reveal(actor_of(request), link_id, request.POST.get("why", ""))
    plain = "".join(one for one in number if one.isdigit() or one == "+")
    return render(request, "safety/number.html", {"plan": plan, "number": number, "plain": plain})


@plan_page(Right.CONTACT_LOG)
@require_POST
def check(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Plan a check."""
    form = CheckForm(request.POST, plan=plan, auto_id="id_check_form_%s")

    def act() -> object:
        return checking.plan_check(actor_of(request), plan.pk, form.cleaned_data["officer"], form.cleaned_data["due_at"])

    return _done(request, plan, form, act, "check")


@plan_page(Right.CONTACT_LOG)
@require_POST
def answer(request: HttpRequest, plan: Plan, check_id: int) -> HttpResponse:
    """The officer is well."""
    _of(plan, "welfare_checks", check_id)
    checking.answer(actor_of(request), check_id, request.POST.get("what", CheckStep.ANSWERED), request.POST.get("text", ""))
    return _told(request, plan, "answer")


@plan_page(Right.CONTACT_LOG)
@require_POST
def back(request: HttpRequest, plan: Plan, outing_id: int) -> HttpResponse:
    """The officer is back."""
    _of(plan, "outings", outing_id)
    checking.come_back(actor_of(request), outing_id)
    return _told(request, plan, "back")


def _of(plan: Plan, name: str, pk: int) -> None:
    """Raise Conflict for what is not of this plan."""
    if not getattr(plan, name).filter(pk=pk).exists():
        raise Conflict(reason="safety_check_gone", name=f"plan:{plan.pk}")
