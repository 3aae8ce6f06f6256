"""Which posts a hold touches: the post, its account, its contacts, its campaign as it was joined and parted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.holds import targets
from andon.console.holds.actions.end import lift
from andon.console.intake.models import Campaign, Move, Post
from andon.console.measures.common.held import held_posts, refuse_if_held, whom_to_ask
from andon.domain.errors import Held
from andon.wording.say import say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.holds.models import Hold
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def ids(one: Campaign) -> list[int]:
    """The posts of a campaign."""
    return list(one.members.order_by("pk").values_list("pk", flat=True))


def moved(post: int, after: Campaign, at: Any) -> None:
    """As the intake moves a post."""
    with gate._door():
        row = Post.objects.get(pk=post)
        Move.objects.create(post=row, before=row.campaign, after=after, joined_at=row.joined_at, at=at)
        Post.objects.filter(pk=post).update(campaign=after, joined_at=at)


def test_nothing_held(campaign: Callable[..., Campaign], django_assert_num_queries: Any) -> None:
    """Where no hold stands, one question says so."""
    posts = ids(campaign())
    with django_assert_num_queries(1):
        assert held_posts(posts) == {}
    refuse_if_held(posts)


def test_one_post(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """A hold on a post touches that post only."""
    a, b = ids(campaign(posts=2))
    hold = held(aoi, targets.post(a))
    found = held_posts([a, b])
    assert {post: one.hold_id for post, one in found.items()} == {a: hold.pk}


def test_a_contact(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """Every post that holds the contact, in whatever campaign; no other."""
    one, two, other = campaign(contact="telegram:abc"), campaign(contact="telegram:abc"), campaign(contact="telegram:xyz")
    held(aoi, targets.contact("telegram:abc"))
    assert set(held_posts(ids(one) + ids(two) + ids(other))) == {*ids(one), *ids(two)}


def test_an_account_by_name_and_by_number(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """The handle in any case, and the id that stays when the handle changes."""
    a, b, c = ids(campaign(posts=3))
    with gate._door():
        Post.objects.filter(pk=a).update(author="Boss_01")
        Post.objects.filter(pk=b).update(author="renamed", author_id="777")
    held(aoi, targets.account("x", "@boss_01"))
    held(aoi, targets.account("x", "777"))
    assert set(held_posts([a, b, c])) == {a, b}


def test_a_campaign_and_what_joins_it(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """Held when it goes into another campaign, the hold covers all of that one, by way of a third one too."""
    one, two, three = campaign(), campaign(), campaign()
    held(aoi, targets.campaign(one.pk))
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(state="merged", merged_into=two)
        Campaign.objects.filter(pk=two.pk).update(state="merged", merged_into=three)
    assert set(held_posts(ids(three))) == set(ids(three))


def test_posts_that_leave_stay_held(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """A post parted from a held campaign is held until somebody lifts it; one that left before the hold was placed is not."""
    one, other = campaign(posts=3), campaign()
    before, after, stays = ids(one)
    moved(before, other, NOW - timedelta(hours=1))
    held(aoi, targets.campaign(one.pk))
    moved(after, other, NOW + timedelta(hours=1))
    assert set(held_posts([before, after, stays])) == {after, stays}


def test_a_lifted_hold_touches_nothing(campaign: Callable[..., Campaign], aoi: Person, sora: Person, held: Callable[..., Hold], actor: Any) -> None:
    """And another unit's hold still does."""
    posts = ids(campaign())
    hold = held(aoi, targets.post(posts[0]))
    lift(actor(sora), hold.pk, note="済んだ", now=NOW)
    assert held_posts(posts) == {}


def test_expired_still_refuses(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """A year after its last day."""
    posts = ids(campaign())
    held(aoi, targets.post(posts[0]), days=1)
    assert held_posts(posts, now=NOW + timedelta(days=366))[posts[0]].is_expired


def test_the_refusal_says_whom_to_ask_and_not_why(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold]) -> None:
    """In both languages."""
    posts = ids(campaign(posts=3))
    held(aoi, targets.post(posts[0]))
    with pytest.raises(Held) as refused:
        refuse_if_held(posts)
    for language in ("ja", "en"):
        sentence = say_error(refused.value, language)  # type: ignore[arg-type]
        assert aoi.name in sentence
        assert aoi.unit.name in sentence
        assert "2026-11-29" in sentence
        assert "秘密" not in sentence
    assert refused.value.data["posts"] == 1


def test_whom_to_ask_of_many(campaign: Callable[..., Campaign], aoi: Person, rei: Person, held: Callable[..., Hold]) -> None:
    """Counted by unit and person, most posts first; a post under two holds counts once."""
    a, b, c = ids(campaign(posts=3))
    held(aoi, targets.post(a))
    held(rei, targets.post(a))
    held(rei, targets.post(b))
    held(rei, targets.post(c))
    assert whom_to_ask(held_posts([a, b, c])) == [(rei.unit.name, rei.name, 2), (aoi.unit.name, aoi.name, 1)]


def test_many_posts_few_questions(campaign: Callable[..., Campaign], aoi: Person, held: Callable[..., Hold], django_assert_max_num_queries: Any) -> None:
    """A campaign of 200 posts is asked about at once."""
    one = campaign(posts=200, contact="telegram:abc")
    held(aoi, targets.campaign(one.pk))
    held(aoi, targets.contact("telegram:abc"))
    posts = ids(one)
    with django_assert_max_num_queries(12):
        assert len(held_posts(posts)) == 200
