"""A decision is taken back by another record, and the campaign stands as it did before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.models import Campaign, Post
from andon.console.review.actions.withdraw import take_back, withdraw
from andon.console.review.models import Decision
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def test_undo_opens_the_campaign_again(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """Both records stay; the campaign is open as before."""
    one = campaign()
    made = settled(aoi, one)
    back = take_back(actor(aoi), made)
    one.refresh_from_db()
    assert (one.state, one.settled_at) == ("open", None)
    assert (back.verdict, back.withdraws, back.by) == ("withdrawn", made, aoi)
    assert Decision.objects.count() == 2
    entry = Entry.objects.get(event="review.withdrawn")
    assert (entry.facts["withdraws"], entry.facts["decision"], entry.facts["by"]) == (made.pk, back.pk, aoi.pk)


def test_undo_goes_back_to_the_decision_before(aoi: Person, sora: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """What a supervisor takes back is escalated again, since when it was, with the posts that have come since counted as later."""
    one, begin = campaign(posts=2), timezone.now() + timedelta(minutes=1)
    up = settled(aoi, one, "escalated", "unclear", now=begin)
    made = settled(sora, one, "not", "joke", now=begin + timedelta(minutes=1))
    with gate._door():
        Post.objects.filter(pk=one.example_id).update(joined_at=begin + timedelta(seconds=30))
    take_back(actor(sora), made, now=begin + timedelta(minutes=2))
    one.refresh_from_db()
    assert (one.state, one.settled_at, one.later) == ("escalated", up.at, 1)


def test_another_persons_decision(aoi: Person, jun: Person, sora: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """A colleague may not take it back, a supervisor may, with a reason; attempts without the right are kept."""
    made = settled(aoi, campaign())
    with pytest.raises(Refused, match="right"):
        take_back(actor(jun), made, note="違うと思う")
    assert Entry.objects.latest("number").event == "gate.refused"
    with pytest.raises(Refused, match="not_own"):
        withdraw(actor(jun), made.pk)
    with pytest.raises(Refused, match="withdraw_note"):
        take_back(actor(sora), made, note=" ")
    assert take_back(actor(sora), made, note="報道の引用").note == "報道の引用"


def test_what_no_longer_holds_is_not_taken_back(aoi: Person, sora: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """Neither twice, nor below a later decision, nor a withdrawal itself."""
    one = campaign()
    up = settled(aoi, one, "escalated", "unclear")
    made = settled(sora, one)
    with pytest.raises(Conflict, match="not_standing"):
        take_back(actor(aoi), up)
    back = take_back(actor(sora), made)
    for again in (made, back):
        with pytest.raises(Conflict, match="not_standing"):
            take_back(actor(sora), again)
    take_back(actor(aoi), up)
    one.refresh_from_db()
    assert one.state == "open"


def test_a_campaign_that_was_joined_meanwhile(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """The decision of a campaign that went into another is taken back there."""
    one, other = campaign(), campaign()
    made = settled(aoi, one)
    with gate._door():
        Post.objects.filter(campaign=one).update(campaign=other)
        Campaign.objects.filter(pk=one.pk).update(state="merged", merged_into=other)
        Campaign.objects.filter(pk=other.pk).update(state="recruitment", settled_at=made.at)
    take_back(actor(aoi), made)
    other.refresh_from_db()
    one.refresh_from_db()
    assert (other.state, one.state) == ("open", "merged")
