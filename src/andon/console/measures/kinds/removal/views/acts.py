"""What a person does with a request. Each act answers with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.intake.models import Campaign
from andon.console.measures.common.actions.outbox import mark_sent
from andon.console.measures.kinds.removal.actions import again as agains
from andon.console.measures.kinds.removal.actions.answer import answer as record_answer
from andon.console.measures.kinds.removal.actions.approve import approve as approve_request
from andon.console.measures.kinds.removal.actions.approve import undo as undo_approval
from andon.console.measures.kinds.removal.actions.draft import prepare
from andon.console.measures.kinds.removal.actions.police import tell_police
from andon.console.measures.kinds.removal.forms import AgainForm, AnswerForm, DraftForm, PoliceForm
from andon.console.measures.kinds.removal.queries.requests import outgoing_of
from andon.console.measures.kinds.removal.views.pages import found_or_404, show
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_RIGHTS = ("right", "not_fresh")


def _do(request: HttpRequest, removal_id: int, act: Callable[[], object], said: str, **forms: object) -> HttpResponse:
    """Do it and show the page; where it cannot be done, the page says why, with what was typed still there."""
    try:
        act()
    except (Conflict, Refused) as error:
        if isinstance(error, Refused) and error.data.get("reason") in _RIGHTS:
            raise
        status = 409 if isinstance(error, Conflict) else 422
        return show(request, found_or_404(removal_id), status=status, problem=say_error(error, language()), **forms)
    messages.success(request, say(said, language()))
    return redirect("removal:request", removal_id)


@page(Right.MEASURE_DRAFT)
@require_POST
def draft(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft what can be asked about a campaign, and show it: the request, or all of them."""
    get_object_or_404(Campaign.objects.only("pk"), pk=campaign_id)
    made = prepare(actor_of(request), [campaign_id])
    if not made:
        raise Conflict(reason="nothing_to_ask", name=f"campaign:{campaign_id}")
    messages.success(request, say("removal.said.drafted", language(), requests=len(made)))
    return redirect("removal:request", made[0].pk) if len(made) == 1 else redirect(f"{reverse('removal:requests')}?state=drafted")


@page(Right.MEASURE_SEND)
@require_POST
def approve(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Approve the letter in the making."""
    found_or_404(removal_id)
    return _do(request, removal_id, lambda: approve_request(actor_of(request), removal_id), "removal.said.approved")


@page(Right.MEASURE_SEND)
@require_POST
def undo(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Take an approval back."""
    found_or_404(removal_id)
    return _do(request, removal_id, lambda: undo_approval(actor_of(request), removal_id), "removal.said.undone")


@page(Right.MEASURE_SEND)
@require_POST
def carried(request: HttpRequest, removal_id: int) -> HttpResponse:
    """A person has carried the letter out: filled in the form, handed it over. What the other side calls it may be noted."""
    row = outgoing_of(found_or_404(removal_id))
    if row is None:
        raise Http404
    said = request.POST.get("reference", "").strip()
    return _do(request, removal_id, lambda: mark_sent(actor_of(request), row.pk, remote_id=said), "removal.said.carried")


@page(Right.MEASURE_DRAFT)
@require_POST
def police(request: HttpRequest, removal_id: int) -> HttpResponse:
    """The police were told."""
    one, form = found_or_404(removal_id), PoliceForm(request.POST, prefix="police")
    if not form.is_valid():
        return show(request, one, status=422, police_form=form)
    at, whom = form.cleaned_data["told_at"], form.cleaned_data["whom"]
    return _do(request, removal_id, lambda: tell_police(actor_of(request), [removal_id], whom, at=at), "removal.said.police", police_form=form)


@page(Right.MEASURE_DRAFT)
@require_POST
def answer(request: HttpRequest, removal_id: int) -> HttpResponse:
    """The provider answered."""
    one, form = found_or_404(removal_id), AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return show(request, one, status=422, answer_form=form)
    said = form.cleaned_data
    act = lambda: record_answer(actor_of(request), removal_id, said["code"], text=said["text"], at=said["answered_at"])  # noqa: E731 - one line
    return _do(request, removal_id, act, "removal.said.answered", answer_form=form)


@page(Right.MEASURE_DRAFT)
@require_POST
def again(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Write again."""
    one = found_or_404(removal_id)
    form = AgainForm(agains.may_write(one), request.POST, prefix="again")
    if not form.is_valid():
        return show(request, one, status=422, again_form=form)
    said = form.cleaned_data
    act = lambda: agains.write_again(  # noqa: E731 - one act
        actor_of(request), removal_id, said["kind"], receiver=said["receiver"], address=said["address"], text=said["text"]
    )
    return _do(request, removal_id, act, "removal.said.written", again_form=form)


@page(Right.MEASURE_DRAFT)
@require_POST
def change(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Change the words of the draft, or where it goes."""
    one, form = found_or_404(removal_id), DraftForm(request.POST, prefix="draft")
    if not form.is_valid():
        return show(request, one, status=422, draft_form=form)
    said = form.cleaned_data
    act = lambda: agains.change(actor_of(request), removal_id, text=said["text"], address=said["address"])  # noqa: E731 - one act
    return _do(request, removal_id, act, "removal.said.changed", draft_form=form)


@page(Right.MEASURE_DRAFT)
@require_POST
def drop(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Take posts out of the draft."""
    found_or_404(removal_id)
    ids = [int(one) for one in request.POST.getlist("item") if one.isdecimal() and len(one) < 19]  # noqa: PLR2004 - fits any database
    if not ids:
        raise Http404
    return _do(request, removal_id, lambda: agains.drop(actor_of(request), removal_id, ids), "removal.said.dropped")


@page(Right.MEASURE_DRAFT)
@require_POST
def give_up(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Give the draft up."""
    found_or_404(removal_id)
    text = request.POST.get("text", "")
    return _do(request, removal_id, lambda: agains.give_up(actor_of(request), removal_id, text=text), "removal.said.given_up")
