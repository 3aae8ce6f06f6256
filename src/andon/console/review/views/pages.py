"""The queue and its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from andon.console.doors import actor_of, page
from andon.console.intake.models import Campaign
from andon.console.review.forms import number
from andon.console.review.queries.card import load, members_page
from andon.console.review.queries.counts import counts
from andon.console.review.queries.covering import survivor
from andon.console.review.queries.queue import QueueFilter, leases, my_day, top
from andon.console.review.queries.queue import page as page_of
from andon.console.review.views.facets import facets, switched_on
from andon.console.review.views.opening import Opened, card_context, open_card, open_next
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.gate import Actor

_MOST_WATCHED = 300  # rows on a screen that are looked at again
_LOOKS_AHEAD = ("prefetch", "prerender")


@page(Right.QUEUE_READ)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The list, and the first card that is free."""
    wanted, actor = QueueFilter.read(request.GET), actor_of(request)
    return render(request, "review/queue.html", page_context(request, actor, wanted, open_next(actor, wanted, anew=True)))


@page(Right.QUEUE_READ)
@require_GET
def card(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One card: alone for HTMX, else with the list beside it. A campaign that was joined with another leads there."""
    campaign = load(campaign_id)
    if campaign is None:
        raise Http404
    wanted, actor = QueueFilter.read(request.GET), actor_of(request)
    if campaign.state == Campaign.State.MERGED:
        address = wanted.address()
        return redirect(f"{reverse('review:card', args=[survivor(campaign.pk)])}?{address}{'&' if address else ''}joined={campaign_id}")
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")).startswith(_LOOKS_AHEAD)
    opened = open_card(actor, campaign, left=number(request.GET.get("left")), anew=not getattr(request, "htmx", False), only_look=ahead)
    return answer(request, actor, wanted, opened, joined=number(request.GET.get("joined")))


def answer(request: HttpRequest, actor: Actor, wanted: QueueFilter, opened: Opened | None, *, status: int = 200, **more: Any) -> HttpResponse:  # noqa: ANN401
    """A card as the answer: the card alone for HTMX, with its address; else the whole page."""
    if not getattr(request, "htmx", False):
        return render(request, "review/queue.html", page_context(request, actor, wanted, opened, **more), status=status)
    context = card_context(request, wanted, opened, **more)
    response = render(request, "review/card.html", context, status=status)
    where = reverse("review:card", args=[opened.card.campaign.pk]) if opened else reverse("review:queue")
    response.headers["HX-Replace-Url"] = where + str(context["query"])
    response.headers["HX-Retarget"], response.headers["HX-Reswap"], response.headers["X-Card"] = "#card", "outerHTML", "1"
    return response


def page_context(request: HttpRequest, actor: Actor, wanted: QueueFilter, opened: Opened | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """The whole page: the list with its filters, and the card."""
    counted = counts(wanted, actor.person)
    return {
        **card_context(request, wanted, opened, **more), "list": page_of(wanted, actor.person), "facets": facets(wanted, counted),
        "switched_on": switched_on(wanted), "total": counted.state[wanted.state], "day": my_day(actor.person),
    }  # fmt: skip


@page(Right.QUEUE_READ)
@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """The next rows of the list."""
    wanted = QueueFilter.read(request.GET)
    found = page_of(wanted, actor_of(request).person, after=request.GET.get("after", "")[:60])
    address = wanted.address()
    return render(request, "review/_rows.html", {"list": found, "wanted": wanted, "query": f"?{address}" if address else ""})


@page(Right.QUEUE_READ)
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """What changed since the list was drawn: counts, in whose hand the rows are, what was settled, and whether others have come before them."""
    wanted, person = QueueFilter.read(request.GET), actor_of(request).person
    shown = [one for text in request.GET.get("shown", "").split(",")[:_MOST_WATCHED] if (one := number(text)) is not None]
    counted = counts(wanted, person)
    states = dict(Campaign.objects.filter(pk__in=shown).values_list("pk", "state"))
    held = leases(shown)
    rows = [{"pk": pk, "state": states.get(pk, ""), "lease": held.get(pk), "gone": _gone(wanted, states.get(pk, ""))} for pk in shown]
    newer = len(set(top(wanted, person)) - set(shown)) if shown else counted.state[wanted.state]
    context = {"facets": facets(wanted, counted), "rows": rows, "newer": newer, "total": counted.state[wanted.state], "me": person}
    return render(request, "review/_live.html", context | {"day": my_day(person), "wanted": wanted, "query": f"?{wanted.address()}"})


def _gone(wanted: QueueFilter, state: str) -> bool:
    return wanted.state not in ("any", state)


@page(Right.QUEUE_READ)
@require_GET
def members(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Posts of a campaign, a page at a time."""
    campaign = load(campaign_id)
    if campaign is None:
        raise Http404
    shown, after = members_page(campaign, number(request.GET.get("after")) or 0)
    return render(request, "review/_members.html", {"campaign": campaign, "members": shown, "after": after})
