"""Removal requests as the board knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse

from andon.console.frame.templatetags.desk import language
from andon.console.measures.common.kinds import Kind, Line, Made, Waiting
from andon.console.measures.kinds.removal.actions import draft
from andon.console.measures.kinds.removal.actions.approve import approve_many
from andon.console.measures.kinds.removal.models import Item, Request
from andon.console.measures.kinds.removal.queries.places import Place, places
from andon.console.measures.kinds.removal.queries.waiting import waiting_of
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from andon.console.gate import Actor
    from andon.console.staff.models import Person


def preview(_person: Person, campaign_ids: Sequence[int]) -> list[Line]:
    """What would be asked of whom. Posts of unknown providers stand in a line of their own: for them nothing can be asked."""
    by_provider: dict[int | None, list[Place]] = {}
    for place in places(campaign_ids):
        by_provider.setdefault(place.provider.pk if place.provider else None, []).append(place)
    return sorted((_line(found) for found in by_provider.values()), key=lambda one: (one.provider_id is None, -one.posts))


def _line(found: Sequence[Place]) -> Line:
    provider = found[0].provider
    asked = dict.fromkeys(f"{held.unit} {held.ask}" for place in found for held in place.held.values())
    name = (provider.name_en or provider.name if language() == "en" else provider.name) if provider else say("removal.no_provider", language())
    return Line(
        label=name, posts=sum(place.posts for place in found), ready=sum(len(place.ready) for place in found) if provider else 0,
        held=sum(len(place.held) for place in found), already=sum(len(place.already) for place in found),
        gone=sum(len(place.gone) for place in found), provider_id=provider.pk if provider else None, whom_to_ask=tuple(asked),
    )  # fmt: skip


def prepare(actor: Actor, campaign_ids: Sequence[int]) -> list[Made]:
    """Keep the evidence, draft the requests."""
    requests = draft.prepare(actor, campaign_ids)
    return [Made(request.pk, reverse("removal:request", args=[request.pk])) for request in requests if request.to_ask]


def waiting(person: Person) -> list[Waiting]:
    """What waits for this person."""
    return waiting_of(person, language())


def in_hand(unit_id: int) -> QuerySet[Item]:
    """Posts in requests of other units, unless they were taken out or the request was given up."""
    standing = Item.objects.exclude(state=Item.State.DROPPED).exclude(request__state=Request.State.CANCELLED).exclude(request__unit=unit_id)
    return standing.annotate(whose=F("request__unit__name"))


REMOVAL = Kind("removal", preview, prepare, approve_many, waiting, in_hand)
