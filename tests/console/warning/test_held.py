"""W7: a hold stops warnings at drafting, approving and sending, and says whom to ask; it does not stop a withdrawal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from warning_help import approve_all, send_all

from andon.console import gate
from andon.console.holds import targets
from andon.console.holds.actions.place import Terms, place
from andon.console.holds.models import Hold
from andon.console.measures.kinds.warning import kind
from andon.console.measures.kinds.warning.actions.drafting import draft
from andon.console.measures.kinds.warning.actions.withdrawing import withdraw
from andon.console.measures.kinds.warning.models import WarningReply
from andon.domain.errors import Conflict, Held

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Mastodon

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.measures.kinds.warning.models import Account, Wording
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def place_hold(campaign: Campaign, person: Person) -> None:
    """On the whole campaign."""
    now = timezone.now()
    terms = Terms(next(iter(Hold.Reason.values)), until=now + timedelta(days=30), review_at=now + timedelta(days=20))
    place(gate.Actor(person, gate.Via.SCREEN, fresh=True), targets.campaign(campaign.pk), terms)


def test_no_draft_of_what_is_held(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """The preview names whom to ask, not why."""
    campaign = posted(mastodon)
    place_hold(campaign, sora)
    with pytest.raises(Conflict):
        draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    line = kind.preview(aoi, [campaign.pk])[0]
    assert (line.held, line.ready, line.whom_to_ask) == (2, 0, ("Sora",))
    assert Hold.objects.get().reason not in str(line)


def test_a_hold_after_the_draft_stops_the_approval(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """With the name of who placed it."""
    campaign = posted(mastodon)
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    place_hold(campaign, sora)
    with pytest.raises(Held) as caught:
        approve_all(actor(aoi), batch)
    assert caught.value.data["name"] == "Sora"


def test_a_hold_after_the_approval_stops_the_sending(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """At the last moment."""
    campaign = posted(mastodon)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    place_hold(campaign, sora)
    send_all()
    assert mastodon.replies == []
    assert set(WarningReply.objects.values_list("state", "problem")) == {("cancelled", "held")}


def test_a_hold_does_not_keep_a_wrong_warning_standing(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person,
    sora: Person,
) -> None:  # fmt: skip
    """It is our own post that goes."""
    campaign = posted(mastodon, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    send_all()
    place_hold(campaign, sora)
    withdraw(actor(aoi), WarningReply.objects.get().pk, reason="not_recruitment", wording_id=apology.pk)
    send_all()
    assert WarningReply.objects.get().state == "withdrawn"
