"""What a person does on a card: decide, take back, judge, keep and give back. Each answers with the card to read next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.intake.actions.judge import judge as judge_posts
from andon.console.intake.models import Campaign, Post
from andon.console.review.actions.decide import decide as decide_campaign
from andon.console.review.actions.lease import hold, may_decide, release, take_over
from andon.console.review.actions.withdraw import take_back
from andon.console.review.forms import moment, number, said_of, same_of
from andon.console.review.models import Decision, Lease
from andon.console.review.queries.card import load
from andon.console.review.queries.covering import STANDS, survivor
from andon.console.review.queries.queue import QueueFilter, place
from andon.console.review.views.opening import open_card, open_next
from andon.console.review.views.pages import answer
from andon.console.staff.rights import Right
from andon.domain.errors import AndonError, Conflict, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.gate import Actor

_UNDO_FOR = timedelta(minutes=15)  # how long after a decision the undo key still reaches it; later it is taken back on its card
CONFLICT, UNUSABLE, FORBIDDEN = 409, 422, 403


@page(Right.DECIDE)
@require_POST
def decide(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Record a decision and answer with the next card; with the same card, fresh, and all that was typed, when it cannot be recorded."""
    actor, wanted, said = actor_of(request), QueueFilter.read(request.GET), said_of(request.POST)
    behind = place(get_object_or_404(Campaign.objects.only("priority"), pk=campaign_id))  # where it stood before a decision moves anything
    try:
        decision = decide_campaign(actor, campaign_id, said)
    except (Conflict, Refused) as error:
        return _again(request, actor, wanted, campaign_id, error, said.note)
    opened = open_next(actor, wanted, after=behind, without=campaign_id)
    if not getattr(request, "htmx", False):
        where = reverse("review:card", args=[opened.card.campaign.pk]) if opened else reverse("review:queue")
        return redirect(f"{where}?{wanted.address()}")
    response = answer(request, actor, wanted, opened, settled=decision)
    return _with_undo(response, decision, wanted.address())


def _with_undo(response: HttpResponse, decision: Decision, address: str) -> HttpResponse:
    code = f"kind.{decision.kind}" if decision.kind else f"review.{decision.verdict}.{decision.reason}"
    text = say(f"review.toast.{decision.verdict}", language(), what=say(code, language()), number=decision.campaign_id)
    return toast(response, text, undo_url=f"{reverse('review:withdraw', args=[decision.pk])}?{address}", key="u")


def _again(request: HttpRequest, actor: Actor, wanted: QueueFilter, campaign_id: int, error: AndonError, note: str) -> HttpResponse:
    """The card once more as it is now, with one sentence that says why, and the note that was typed."""
    opened = open_card(actor, _found(survivor(campaign_id)))
    status = CONFLICT if isinstance(error, Conflict) else UNUSABLE
    return answer(request, actor, wanted, opened, status=status, problem=say_error(error, language()), note=note)


def _found(campaign_id: int) -> Campaign:
    campaign = load(campaign_id)
    if campaign is None:
        raise Http404
    return campaign


@page(Right.DECIDE)
@require_POST
def withdraw(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back and answer with its card."""
    decision = get_object_or_404(Decision.objects.select_related("campaign"), pk=decision_id)
    return _take_back(request, decision, request.POST.get("note", ""))


@page(Right.DECIDE)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one's own last decision, if it was just made."""
    actor = actor_of(request)
    mine = Decision.objects.filter(STANDS, by=actor.person.pk, at__gte=timezone.now() - _UNDO_FOR)
    last = mine.select_related("campaign").order_by("-at", "-pk").first()
    if last is None:
        return toast(HttpResponse(status=204), say("review.nothing_to_undo", language()), tone="info")
    return _take_back(request, last, "")


def _take_back(request: HttpRequest, decision: Decision, note: str) -> HttpResponse:
    actor, wanted = actor_of(request), QueueFilter.read(request.GET)
    try:
        take_back(actor, decision, note=note)
    except (Conflict, Refused) as error:
        return _again(request, actor, wanted, decision.campaign_id, error, "")
    campaign = _found(survivor(decision.campaign_id))
    if not getattr(request, "htmx", False):
        return redirect(reverse("review:card", args=[campaign.pk]))
    opened = open_card(actor, campaign, left=number(request.POST.get("left")))
    response = answer(request, actor, wanted, opened)
    return toast(response, say("review.toast.withdrawn", language(), number=campaign.pk), tone="info")


@page(Right.DECIDE)
@require_POST
def judge(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Say of two posts that they are of one campaign or not (or take that back), and answer with the card as it is then."""
    actor, wanted = actor_of(request), QueueFilter.read(request.GET)
    sent = request.POST if "word" in request.POST else request.GET  # the undo of a toast has all of it in its address
    here, there = number(sent.get("here")), number(sent.get("there"))
    if here is None or there is None:
        raise Http404
    try:
        _check_hand(actor, campaign_id)
        judge_posts(actor, here, there, same=same_of(sent))
    except (Conflict, Refused) as error:
        return _again(request, actor, wanted, campaign_id, error, sent.get("note", ""))
    campaign = _found(get_object_or_404(Post.objects.only("campaign_id"), pk=here).campaign_id)
    opened = open_card(actor, campaign, left=campaign_id if campaign.pk != campaign_id else None)
    response = answer(request, actor, wanted, opened, note=sent.get("note", ""), redrawn=True)
    word = sent.get("word", "")
    if word not in ("same", "different"):
        return toast(response, say("review.toast.judged_back", language()), tone="info")
    back = f"{reverse('review:judge', args=[campaign.pk])}?here={here}&there={there}&word=back&{wanted.address()}"
    return toast(response, say(f"review.toast.judged_{word}", language()), undo_url=back, key="u")


def _check_hand(actor: Actor, campaign_id: int) -> None:
    """A card that is open to a decision is judged by who has it in hand only."""
    campaign = _found(campaign_id)
    mine = Lease.objects.filter(campaign=campaign_id, person=actor.person.pk, until__gt=timezone.now()).exists()
    if may_decide(actor.person, campaign.state) and not mine:
        raise Conflict(reason="no_lease", name=f"campaign:{campaign_id}")


@page(Right.DECIDE)
@require_POST
def keep(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The heartbeat of an open card: 204 while it stays in this person's hand, 409 when it is not."""
    actor, campaign = actor_of(request), _found(campaign_id)
    mine = Lease.objects.filter(campaign=campaign_id, person=actor.person.pk, until__gt=timezone.now()).exists()
    if not mine or not may_decide(actor.person, campaign.state):
        return HttpResponse(status=CONFLICT)
    try:
        held = hold(actor, campaign_id)
    except Conflict:
        return HttpResponse(status=CONFLICT)
    return HttpResponse(status=204, headers={"X-Until": held.lease.until.isoformat()})


@page(Right.DECIDE)
@require_POST
def give_back(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give a card back when its page is left. Nothing is said where there is nothing to give back."""
    actor, until = actor_of(request), moment(request.POST.get("until", ""))
    mine = Lease.objects.filter(campaign=campaign_id, person=actor.person.pk)
    if (mine.filter(until=until) if until else mine).exists():
        release(actor, campaign_id, until=until)
    return HttpResponse(status=204)


@page(Right.WITHDRAW_OTHERS)
@require_POST
def take(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take a card out of somebody else's hand."""
    actor, wanted = actor_of(request), QueueFilter.read(request.GET)
    if may_decide(actor.person, _found(campaign_id).state):
        take_over(actor, campaign_id)
    return answer(request, actor, wanted, open_card(actor, _found(campaign_id)))
