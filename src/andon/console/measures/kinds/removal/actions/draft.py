"""Draft what to ask of the providers of a campaign: one request each, with a letter in the making."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.captures.actions.capture import capture_posts
from andon.console.captures.queries import evidence_of
from andon.console.gate import Actor, Done, verb
from andon.console.intake.models import Campaign
from andon.console.measures.kinds.removal.life import BEFORE_SENDING, letter_in_the_making, note, recount, save
from andon.console.measures.kinds.removal.models import Item, Letter, Request, month_of
from andon.console.measures.kinds.removal.queries.places import Place, pieces, places
from andon.console.measures.visits.plan import plan_visits
from andon.console.measures.visits.queries import standings
from andon.console.review.queries.covering import line, survivor
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

KIND = "removal"


def prepare(actor: Actor, campaign_ids: Sequence[int]) -> list[Request]:
    """Keep the posts as evidence, then draft: capture comes before anything that makes posts vanish. Campaigns that may not have any are left out."""
    homes = dict.fromkeys(survivor(one) for one in campaign_ids)
    wanted = [place for place in places(homes) if place.provider is not None and place.ready]
    capture_missing(actor, [post for place in wanted for post in place.ready])
    return [request for campaign in dict.fromkeys(place.campaign for place in wanted) for request in draft(actor, campaign)]


def capture_missing(actor: Actor, posts: Sequence[int]) -> None:
    """Capture those of the posts of which nothing is kept yet."""
    kept = evidence_of(posts)
    missing = [post for post in posts if post not in kept]
    if missing and actor.person.may(Right.CAPTURE):
        capture_posts(actor, missing)


@verb("removal.drafted", Right.MEASURE_DRAFT)
def draft(actor: Actor, campaign_id: int, *, now: datetime | None = None) -> Done[list[Request]]:
    """Draft for all providers of a campaign, or add its new posts to what there is. Held posts are left out, posts that are gone are counted as such.

    Raises Refused where no standing decision calls the campaign recruitment.
    """
    now = now or timezone.now()
    if Campaign.objects.select_for_update().get(pk=campaign_id).state != Campaign.State.RECRUITMENT:
        raise Refused(reason="no_recruitment", name=f"campaign:{campaign_id}")
    found = [(place, request) for place in places([campaign_id]) if place.provider is not None and (request := _draft(actor, place, now))]
    facts = {
        "requests": [request.pk for _, request in found], "providers": [request.provider_id for _, request in found],
        "posts": sum(len(place.ready) for place, _ in found), "held": sum(len(place.held) for place, _ in found),
        "gone": sum(len(place.gone) for place, _ in found),
    }  # fmt: skip
    return Done([request for _, request in found], f"campaign:{campaign_id}", facts)


def _draft(actor: Actor, place: Place, now: datetime) -> Request | None:
    """The request for one provider; None where there is nothing to ask."""
    if place.provider is None or not (place.ready or place.gone):
        return None
    request = Request.objects.filter(campaign__in=line(place.campaign), provider=place.provider).exclude(state=Request.State.CANCELLED).first()
    is_new = request is None
    if request is None:
        request = Request.objects.create(
            campaign_id=place.campaign, provider=place.provider, unit=actor.person.unit, drafted_by=actor.person, made_at=now, changed_at=now
        )
    added = add_posts(request, place, now)
    if not (is_new or added or request.to_ask):
        return None
    if not is_new and request.state not in BEFORE_SENDING and request.to_ask:
        request.state = Request.State.REOPENED
    if is_new and not request.to_ask:
        request.state = Request.State.GONE_BEFORE
    save(request, now)
    if request.to_ask:
        _letter(actor, request)
    note(request, "drafted" if is_new else "added", by=actor.person, facts={"posts": added, "held": len(place.held), "gone": len(place.gone)})
    return request


def add_posts(request: Request, place: Place, now: datetime) -> int:
    """Put the posts of a place into a request, and count them; how many were new. Called inside a verb or a hook."""
    wanted = [*place.ready, *place.gone]
    living = Item.objects.exclude(state=Item.State.DROPPED)
    inside = {pk for piece in pieces(wanted) for pk in living.filter(post__in=piece).values_list("post_id", flat=True)}
    gone, month = standings(place.gone), month_of(now)
    items = [Item(request=request, post_id=post, joined_at=now, month=month) for post in place.ready if post not in inside]
    items += [
        Item(
            request=request, post_id=post, joined_at=now, month=month, state=Item.State.GONE_BEFORE, gone_at=gone[post].since,
            looked_at=gone[post].last_at,
        )
        for post in place.gone if post not in inside
    ]  # fmt: skip
    Item.objects.bulk_create(items)
    recount(request)
    plan_visits([item.post_id for item in items], first_after=timedelta(0), why=KIND, by=request.drafted_by)
    return len(items)


def _letter(actor: Actor, request: Request) -> Letter:
    """The letter in the making, made where there is none."""
    provider = request.provider
    return letter_in_the_making(request) or Letter.objects.create(
        request=request, kind=Letter.Kind.MORE if request.first_sent_at else Letter.Kind.FIRST, channel=provider.channel, address=provider.address,
        drafted_by=actor.person,
    )  # fmt: skip
