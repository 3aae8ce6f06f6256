"""Which posts a decision covers: those it was made on and those that came while it stood."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.intake.models import Campaign, Move, Post
from andon.console.review.actions.withdraw import take_back
from andon.console.review.queries import covered, standing
from andon.console.review.queries.covering import members, members_sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
START = timezone.now()


def minute(number: int) -> datetime:
    """So many minutes into the story."""
    return START + timedelta(minutes=number)


def join(post: int, campaign: Campaign, at: datetime) -> None:
    """A post comes into a campaign; where it came from is kept."""
    with gate._door():
        before = Post.objects.get(pk=post)
        if before.campaign_id != campaign.pk:
            Move.objects.create(post=before, before_id=before.campaign_id, after=campaign, joined_at=before.joined_at, at=at)
        Post.objects.filter(pk=post).update(campaign=campaign, joined_at=at)


@pytest.fixture
def story(campaign: Callable[..., Campaign]) -> tuple[Campaign, Campaign]:
    """Two campaigns of two posts each that joined in minute 0."""
    both = campaign(posts=2), campaign(posts=2)
    for one in both:
        for post in members(one.pk):
            join(post, one, minute(0))
    return both


def test_members_then_and_later(aoi: Person, story: tuple[Campaign, Campaign], settled: Callable[..., Decision]) -> None:
    """The hash in the record names the posts that were there; one that came later is covered as such."""
    one, other = story
    made = settled(aoi, one, now=minute(10))
    late = members(other.pk)[0]
    join(late, one, minute(20))
    found = covered(made)
    assert members_sha256(found.then) == made.members_sha256
    assert (found.later, found.left, found.stands) == (frozenset({late}), frozenset(), True)
    assert found.now == frozenset(members(one.pk))


def test_a_post_that_left(aoi: Person, story: tuple[Campaign, Campaign], settled: Callable[..., Decision]) -> None:
    """A post that was parted from the campaign was decided on then, and is covered no longer."""
    one, other = story
    made = settled(aoi, one, now=minute(10))
    gone = members(one.pk)[0]
    join(gone, other, minute(20))
    found = covered(made)
    assert gone in found.then
    assert members_sha256(found.then) == made.members_sha256
    assert found.left == {gone}
    assert gone not in found.now
    assert standing(Post.objects.get(pk=gone)) is None


def test_a_decision_that_was_taken_back(aoi: Person, actor: Callable[..., gate.Actor], story: tuple[Campaign, Campaign], settled: Callable[..., Decision]) -> None:
    """It covers nothing today and gathers no arrivals after its end; those while it stood are told."""
    one, other = story
    made = settled(aoi, one, now=minute(10))
    first, second = members(other.pk)
    join(first, one, minute(20))
    take_back(actor(aoi), made, now=minute(30))
    join(second, one, minute(40))
    found = covered(made)
    assert (found.stands, found.now, found.later) == (False, frozenset(), frozenset({first}))
    assert standing(Post.objects.get(pk=first)) is None


def test_another_decision_takes_its_place(aoi: Person, sora: Person, story: tuple[Campaign, Campaign], settled: Callable[..., Decision]) -> None:
    """Of what was handed up and then decided, the later one holds for every post."""
    one, other = story
    up = settled(aoi, one, "escalated", "unclear", now=minute(10))
    made = settled(sora, one, now=minute(20))
    late = members(other.pk)[0]
    join(late, one, minute(30))
    assert covered(up).now == frozenset()
    assert late not in covered(up).later
    assert covered(made).now == frozenset(members(one.pk))
    assert standing(Post.objects.get(pk=late)) == made


def test_through_a_join_of_campaigns(aoi: Person, story: tuple[Campaign, Campaign], settled: Callable[..., Decision]) -> None:
    """A decision goes with its campaign into the one it was joined with, and covers all that is there."""
    one, other = story
    made = settled(aoi, one, now=minute(10))
    for post in members(one.pk):
        join(post, other, minute(20))
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(state="merged", merged_into=other)
        Campaign.objects.filter(pk=other.pk).update(state="recruitment", settled_at=made.at)
    found = covered(made)
    assert members_sha256(found.then) == made.members_sha256
    assert found.now == frozenset(members(other.pk))
    assert len(found.now) == 4
    assert standing(Post.objects.filter(campaign=other).latest("pk")) == made
