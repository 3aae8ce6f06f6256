"""What the board is told of warnings, and doing a whole campaign at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from warning_help import send_all

from andon.console import gate
from andon.console.measures.common.kinds import KINDS
from andon.console.measures.kinds.warning import kind
from andon.console.measures.kinds.warning.models import Account, WarningReply, Wording
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Mastodon

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def test_the_board_knows_warnings() -> None:
    """Registered once."""
    assert [one.code for one in KINDS].count("warning") == 1


def test_prepare_and_approve_a_campaign_of_two_hundred(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Posts that say what the decider read are approved with two calls; the count before says how many."""
    campaign = posted(mastodon, posts=200)
    line = kind.preview(aoi, [campaign.pk])[0]
    assert (line.posts, line.ready, line.account_id) == (200, 200, on_mastodon.pk)
    made = kind.prepare(actor(aoi), [campaign.pk])
    assert kind.approve(actor(aoi), [one.id for one in made]) == 200
    assert WarningReply.objects.filter(state="approved", approved_by=aoi).count() == 200
    assert kind.preview(aoi, [campaign.pk])[0].already == 200
    assert kind.prepare(actor(aoi), [campaign.pk]) == []


def test_what_nobody_read_waits(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, jun: Person
) -> None:
    """Another text in the campaign, or somebody else than the decider: drafted, and waiting to be read."""
    campaign = posted(mastodon, posts=3)
    with gate._door():
        odd = campaign.members.order_by("pk").last()
        type(odd).objects.filter(pk=odd.pk).update(text="まったく別の文面 高収入 DMください")
    made = kind.prepare(actor(aoi), [campaign.pk])
    assert kind.approve(actor(jun), [one.id for one in made]) == 0
    assert kind.approve(actor(aoi), [one.id for one in made]) == 2
    waiting = {one.code: one for one in kind.waiting(aoi)}
    assert (waiting["warning_to_read"].count, waiting["warning_to_read"].url) == (1, made[0].url)


def test_doubtful_words_are_never_approved_in_bulk(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Even where the decider saw them: a tick on the page is asked for."""
    campaign = posted(mastodon, "学生OK 日給5万円 荷物を受け取るだけ", posts=2)
    made = kind.prepare(actor(aoi), [campaign.pk])
    assert kind.approve(actor(aoi), [one.id for one in made]) == 0
    send_all()
    assert mastodon.replies == []


def test_without_an_account_nothing_is_ready(
    mastodon: Mastodon, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The line is there and says none."""
    campaign = posted(mastodon)
    assert [(one.label, one.ready, one.account_id) for one in kind.preview(aoi, [campaign.pk])] == [(say("warning.network.fediverse", "ja"), 0, None)]
    assert kind.prepare(actor(aoi), [campaign.pk]) == []


def test_wordings_wait_for_who_may_review(sora: Person, aoi: Person, wording: Wording) -> None:
    """Not for others, and not one's own."""
    with gate._door():
        Wording.objects.filter(pk=wording.pk).update(state="proposed", made_by=aoi)
    assert [one.code for one in kind.waiting(sora)] == ["warning_wordings"]
    assert kind.waiting(aoi) == []


def test_warnings_of_another_unit_are_noticed(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Posts that a unit means to warn under are in its hands for the others, until it drops them."""
    campaign = posted(mastodon, posts=2)
    kind.prepare(actor(aoi), [campaign.pk])
    others = kind.in_hand(aoi.unit_id + 1)
    assert sorted(others.values_list("post__campaign", "whose")) == [(campaign.pk, aoi.unit.name)] * 2
    assert not kind.in_hand(aoi.unit_id).exists()
    with gate._door():
        WarningReply.objects.update(state="cancelled")
    assert not kind.in_hand(aoi.unit_id + 1).exists()
