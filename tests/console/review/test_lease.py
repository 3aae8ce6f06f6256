"""A card is in one person's hand at a time, for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from andon.console.audit.models import Entry
from andon.console.review.actions.lease import LENGTH, hold, release, take, take_over
from andon.console.review.models import Lease
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console import gate
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_taking_a_card_holds_it_and_is_kept(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Who takes a card has it for three minutes, and the trail says so."""
    one = campaign()
    held = hold(actor(aoi), one.pk, now=NOW)
    assert held.is_new
    assert (held.lease.person_id, held.lease.until) == (aoi.pk, NOW + LENGTH)
    entry = Entry.objects.get(event="review.leased")
    assert (entry.person, entry.subject, entry.facts["renewed"]) == (aoi.pk, f"campaign:{one.pk}", False)


def test_two_who_come_at_once(aoi: Person, jun: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """The second is told, keeps nothing, and leaves no entry that claims the card."""
    one = campaign()
    take(actor(aoi), one.pk, now=NOW)
    with pytest.raises(Conflict, match="leased"):
        take(actor(jun), one.pk, now=NOW + timedelta(seconds=1))
    assert Lease.objects.get().person_id == aoi.pk
    assert list(Entry.objects.filter(event="review.leased").values_list("person", flat=True)) == [aoi.pk]


def test_a_lease_that_ran_out_is_free(aoi: Person, jun: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """At the moment it ends somebody else may take the card, and the time counts anew."""
    one = campaign()
    hold(actor(aoi), one.pk, now=NOW)
    held = hold(actor(jun), one.pk, now=NOW + LENGTH)
    assert (held.lease.person_id, held.lease.since, held.is_new) == (jun.pk, NOW + LENGTH, True)


def test_renewing_keeps_the_beginning(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """A heartbeat writes nothing while most of the time is left; later it makes the lease longer, and it still began when it began."""
    one = campaign()
    hold(actor(aoi), one.pk, now=NOW)
    assert not hold(actor(aoi), one.pk, now=NOW + timedelta(seconds=60)).is_new
    assert Entry.objects.filter(event="review.leased").count() == 1
    again = hold(actor(aoi), one.pk, now=NOW + timedelta(seconds=120))
    assert (again.is_new, again.lease.since, again.lease.until) == (False, NOW, NOW + timedelta(seconds=120) + LENGTH)
    assert Entry.objects.latest("number").facts["renewed"] is True


def test_the_card_that_is_left_is_given_back(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Opening the next card gives back the one before in the same breath; other cards in hand stay."""
    first, second, third = campaign(), campaign(), campaign()
    hold(actor(aoi), first.pk)
    hold(actor(aoi), third.pk)
    hold(actor(aoi), second.pk, left=first.pk)
    assert set(Lease.objects.values_list("campaign", flat=True)) == {second.pk, third.pk}


def test_nobody_gives_back_what_is_not_theirs(aoi: Person, jun: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Releasing somebody else's card, or leaving it, changes nothing."""
    one, two = campaign(), campaign()
    hold(actor(aoi), one.pk)
    assert release(actor(jun), one.pk) is False
    hold(actor(jun), two.pk, left=one.pk)
    assert Lease.objects.filter(campaign=one, person=aoi).exists()


def test_a_late_good_bye_of_an_old_page(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """A page that gives back the lease it knew does not take away one that was renewed since."""
    one = campaign()
    old = take(actor(aoi), one.pk, now=NOW).lease.until
    take(actor(aoi), one.pk, now=NOW + timedelta(seconds=5))
    assert release(actor(aoi), one.pk, until=old) is False
    assert Lease.objects.filter(campaign=one).exists()


def test_a_supervisor_takes_over(aoi: Person, sora: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """The trail keeps from whom; who is no supervisor is refused, and that is kept too."""
    one = campaign()
    hold(actor(aoi), one.pk)
    held = take_over(actor(sora), one.pk)
    assert held.lease.person_id == sora.pk
    assert Entry.objects.latest("number").facts["taken_from"] == aoi.pk
    with pytest.raises(Refused):
        take_over(actor(aoi), one.pk)
    assert Entry.objects.latest("number").event == "gate.refused"


def test_who_may_not_decide_takes_nothing(kei: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """An auditor holds no card."""
    with pytest.raises(Refused):
        take(actor(kei), campaign().pk)
    assert not Lease.objects.exists()
