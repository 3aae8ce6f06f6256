"""What a card says of holds and of looks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.holds import targets
from andon.console.holds.actions.place import Terms, place
from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.held import on_campaign
from andon.console.measures.visits.actions.by_hand import looked

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.gate import Actor
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def terms(note: str = "極秘の事情") -> Terms:
    """A week."""
    now = timezone.now()
    return Terms("investigation", now + timedelta(days=7), now + timedelta(days=3), note)


def test_the_card_of_a_held_contact(
    campaign: Callable[..., Campaign], aoi: Person, jun: Person, actor: Callable[..., Actor], browse: Callable[[Person], Client]
) -> None:
    """Says whom to ask and not why, and offers to place a hold with the campaign filled in."""
    one = campaign(contact="telegram:abcd")
    place(actor(aoi), targets.contact("telegram:abcd"), terms())
    body = browse(jun).get(reverse("review:card", args=[one.pk])).content.decode()
    assert f"{aoi.unit.name}の{aoi.name}に確認するまで" in body
    assert "極秘の事情" not in body
    assert f"{reverse('holds:place')}?kind=campaign&amp;key={one.pk}" in body


def test_every_way_a_hold_touches_a_campaign(campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., Actor]) -> None:
    """The campaign, a post, a contact and an account of it; nothing of another campaign."""
    one, other = campaign(contact="telegram:abcd"), campaign(contact="telegram:wxyz")
    post = Post.objects.filter(campaign=one).order_by("pk").first()
    assert post is not None
    for target in (targets.campaign(one.pk), targets.post(post.pk), targets.contact("telegram:abcd"), targets.account("x", post.author)):
        place(actor(aoi), target, terms())
    assert [target.kind for target, _ in on_campaign(one.pk)] == ["campaign", "post", "contact", "account"]
    assert on_campaign(other.pk) == []


def test_what_looks_found(watched: Callable[..., list[int]], aoi: Person, actor: Callable[..., Actor], browse: Callable[[Person], Client]) -> None:
    """Counted by state on a decided campaign."""
    ids = watched(3)
    looked(actor(aoi), ids[0], "gone")
    campaign_id = Post.objects.get(pk=ids[0]).campaign_id

    with gate._door():
        Campaign.objects.filter(pk=campaign_id).update(state="recruitment")
    body = browse(aoi).get(reverse("review:card", args=[campaign_id])).content.decode()
    assert "消えた 1" in body
    assert "未確認 2" in body


def test_a_large_campaign_costs_few_questions(
    campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., Actor], django_assert_max_num_queries: Any
) -> None:
    """However many posts it has."""
    one = campaign(posts=300, contact="telegram:abcd")
    for target in (targets.campaign(one.pk), targets.contact("telegram:abcd"), targets.account("x", "somebody"), targets.post(10**9)):
        if target.kind != "post":
            place(actor(aoi), target, terms())
    with django_assert_max_num_queries(10):
        assert len(on_campaign(one.pk)) == 2
