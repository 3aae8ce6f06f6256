"""Proposing a campaign: from its card by one key, or on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from andon.console.casework.actions.propose import propose as propose_case
from andon.console.casework.forms import ProposeForm
from andon.console.casework.models import Case
from andon.console.casework.queries.takers import units_that_take
from andon.console.casework.views.common import did
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.intake.models import Campaign
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest


@page(Right.CASE_PROPOSE)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Propose it; a button of the card sends the ground alone, and stays on the card."""
    campaign = Campaign.objects.only("title", "posts").filter(pk=campaign_id).first()
    if campaign is None:
        raise Http404
    if getattr(request, "htmx", False) and request.method == "POST":
        return _from_card(request, campaign_id)
    actor = actor_of(request)
    data = request.POST if request.method == "POST" else None
    form = ProposeForm(data, units=units_that_take(), own=actor.person.unit_id, initial={"ground": request.GET.get("ground", "")[:20]})
    if form.is_valid():
        given = form.cleaned_data
        if did(form, lambda: propose_case(actor, campaign_id, given["ground"], note=given["note"], unit_id=given["unit"])):
            messages.success(request, say("casework.done.proposed", language()))
            return redirect("review:card", campaign_id)
    return render(request, "casework/propose.html", {"form": form, "campaign": campaign}, status=422 if form.errors else 200)


def _from_card(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The part of the card anew, with a toast; where more must be said, the page."""
    ground = request.POST.get("ground", "")
    try:
        propose_case(actor_of(request), campaign_id, ground)
    except Refused as error:
        if error.data.get("reason") in ("case_ground", "case_no_taker") and ground in Case.Ground.values:
            where: HttpResponse = HttpResponseClientRedirect(f"{reverse('casework:propose', args=[campaign_id])}?ground={ground}")
            return where
        raise
    except Conflict as error:
        return toast(HttpResponse(status=204), say_error(error, language()), tone="warn")
    return toast(render(request, "casework/_proposed.html"), say("casework.done.proposed", language()))
