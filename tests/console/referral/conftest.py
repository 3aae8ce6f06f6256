"""Two units that hand cases to each other, and a third that has nothing to do with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.measures.kinds.referral.actions import give
from andon.console.measures.kinds.referral.models import Receiver
from andon.console.review.actions.decide import Said, decide, seen_token
from andon.console.review.actions.lease import hold
from andon.console.staff.models import Unit
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Campaign
    from andon.console.measures.kinds.referral.models import Referral
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

NOW = timezone.now()
SOON = NOW + timedelta(minutes=2)


def _unit(name: str) -> Unit:
    with gate._door():
        return Unit.objects.create(name=name, kind=Unit.Kind.POLICE)


@pytest.fixture
def police(db: None) -> Unit:
    """The unit that gets referrals."""
    return _unit("県警サイバー課")


@pytest.fixture
def rin(person: Callable[..., Person], police: Unit) -> Person:
    """An analyst of the police unit."""
    return person("rin", Role.ANALYST, unit=police)


@pytest.fixture
def mio(person: Callable[..., Person]) -> Person:
    """An analyst of a third unit."""
    return person("mio", Role.ANALYST, unit=_unit("別の県警"))


@pytest.fixture
def partner(db: None) -> Receiver:
    """A hotline abroad, by mail, in English."""
    with gate._door():
        return Receiver.objects.create(name="Hotline NL", kind="partner", country="NL", language="en", email="desk@hotline.example")


@pytest.fixture
def settled(actor: Callable[..., gate.Actor]) -> Callable[..., Decision]:
    """Have a person decide a campaign."""

    def settle(someone: Person, campaign: Campaign, verdict: str = "recruitment", code: str = "parcel") -> Decision:
        campaign.refresh_from_db()
        hold(actor(someone), campaign.pk)
        decision = decide(actor(someone), campaign.pk, Said(verdict, code, seen_token(campaign)))
        campaign.refresh_from_db()
        return decision

    return settle


@pytest.fixture
def referred(aoi: Person, police: Unit, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> Callable[..., Referral]:
    """Draft a referral of a new campaign (or of `of`) from aoi's unit to the police, or as told."""

    def make(*, of: Campaign | None = None, by: Person | None = None, now: Any = NOW, **handing: Any) -> Referral:
        one = of or campaign(contact="telegram:abcd")
        if of is None:
            settled(aoi, one)
        values = {"reason": "investigation", "to_unit": None if "receiver" in handing else police.pk} | handing
        return give.draft(actor(by or aoi), one.pk, give.Handing(**values), now=now)

    return make
