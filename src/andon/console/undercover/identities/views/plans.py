"""The documents of one plan: identities, showings, reconciliation, officers under seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.identities import forms
from andon.console.undercover.identities.actions import identify, keeping, sealing, slips
from andon.console.undercover.identities.actions import show as showing
from andon.console.undercover.identities.views.common import done, show_plan
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.identities.models import Showing


@plan_page(event="identities.opened")
@require_GET
def plan(request: HttpRequest, one: Plan) -> HttpResponse:
    """The documents of a plan."""
    return show_plan(request, one)


@plan_page(Right.IDENTITY_KEEP)
@require_POST
def identity(request: HttpRequest, one: Plan) -> HttpResponse:
    """Enter an identity."""
    form = forms.IdentityForm(request.POST, plan=one)
    if done(request, form, lambda: identify.identify(actor_of(request), one.pk, form.invented()), "identity"):
        return redirect("identities:plan", one.pk)
    return show_plan(request, one, ("identity", form))


@plan_page(Right.IDENTITY_KEEP)
@require_POST
def receive(request: HttpRequest, one: Plan, identity_id: int) -> HttpResponse:
    """Take a document of an identity of this plan in."""
    if not one.identities.filter(pk=identity_id).exists():
        raise Http404
    form = forms.ReceiveForm(request.POST, auto_id=f"id_{identity_id}_%s")
    if done(request, form, lambda: keeping.receive(actor_of(request), identity_id, form.paper()), "receive"):
        return redirect("identities:plan", one.pk)
    return show_plan(request, one, (f"receive:{identity_id}", form))


@plan_page(Right.IDENTITY_KEEP)
@require_POST
def check(request: HttpRequest, one: Plan, identity_id: int) -> HttpResponse:
    """Look for an identity's address again."""
    if not one.identities.filter(pk=identity_id).exists():
        raise Http404
    identify.look_again(actor_of(request), identity_id)
    messages.success(request, say("identities.done.check", language()))
    return redirect("identities:plan", one.pk)


@plan_page(Right.IDENTITY_KEEP)
@require_POST
def reconcile(request: HttpRequest, one: Plan) -> HttpResponse:
    """Begin to reconcile."""
    form = forms.NoteForm(request.POST, prefix="reconcile")
    if done(request, form, lambda: slips.reconcile(actor_of(request), one.pk, note=form.cleaned_data["note"]), "begun"):
        return redirect("identities:plan", one.pk)
    return show_plan(request, one, ("reconcile", form))


@plan_page(Right.CONTACT_LOG)
@require_POST
def show(request: HttpRequest, one: Plan) -> HttpResponse:
    """Keep a showing; what was not permitted is said to be so."""
    form = forms.ShowForm(request.POST, plan=one)
    made: list[Showing] = []
    if done(request, form, lambda: made.append(showing.show(actor_of(request), one.pk, form.shown())), "show"):
        if not made[0].is_permitted:
            messages.warning(request, say("identities.done.wrong", language()))
        return redirect("identities:plan", one.pk)
    return show_plan(request, one, ("show", form))


@plan_page(Right.CASE_WORK)
@require_POST
def seal(request: HttpRequest, one: Plan) -> HttpResponse:
    """Put an officer under seal."""
    form = forms.SealForm(request.POST, plan=one)

    def act() -> object:
        return sealing.seal(actor_of(request), one.pk, form.cleaned_data["code"], form.cleaned_data["person"])

    if done(request, form, act, "seal"):
        return redirect("identities:plan", one.pk)
    return show_plan(request, one, ("seal", form))
