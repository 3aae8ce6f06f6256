"""Take a card into one's hand, keep it, give it back: nobody else decides it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.models import Campaign
from andon.console.review.models import Lease
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from andon.console.staff.models import Person

LENGTH = timedelta(minutes=3)
_RENEWED_FROM = LENGTH / 2  # what is left of a lease when renewing it is worth an entry in the trail
_State = Campaign.State


@dataclass(frozen=True, slots=True)
class Held:
    """A card in somebody's hand. `is_new`: it was not in theirs before."""

    lease: Lease
    is_new: bool


def may_decide(person: Person, state: str) -> bool:
    """Whether a person may decide a campaign in this state: an open one, and as a supervisor one that was handed up."""
    if not person.may(Right.DECIDE):
        return False
    return state == _State.OPEN or (state == _State.ESCALATED and person.may(Right.WITHDRAW_OTHERS))


def hold(actor: Actor, campaign_id: int, *, left: int | None = None, now: datetime | None = None) -> Held:
    """The card in the actor's hand: the lease that they have while most of its time is left, else a new or longer one (see `take`)."""
    now = now or timezone.now()
    mine = Lease.objects.filter(campaign=campaign_id, person=actor.person.pk).first() if left is None else None
    return Held(mine, is_new=False) if mine and is_long(mine, now) else take(actor, campaign_id, left=left, now=now)


def is_long(lease: Lease, now: datetime) -> bool:
    """Whether so much of a lease is left that it need not be renewed."""
    return lease.until > now + _RENEWED_FROM


@verb("review.leased", Right.DECIDE)
def take(actor: Actor, campaign_id: int, *, left: int | None = None, now: datetime | None = None) -> Done[Held]:
    """Take a card, or keep it longer; the card `left` is given back with it.

    Raises Conflict while it is in somebody else's hand, and for one that the actor may not decide as it stands: nobody blocks what they cannot
    settle.
    """
    now = now or timezone.now()
    state = Campaign.objects.filter(pk=campaign_id).values_list("state", flat=True).first()
    if state is None or not may_decide(actor.person, state):
        raise Conflict(reason="settled", name=f"campaign:{campaign_id}")
    until = now + LENGTH
    if left is not None and left != campaign_id:
        Lease.objects.filter(campaign=left, person=actor.person.pk).delete()
    # Nothing is made where a lease stands, whoever has it: two who come at once find one row.
    Lease.objects.bulk_create([Lease(campaign_id=campaign_id, person=actor.person, since=now, until=until)], ignore_conflicts=True)
    lease = Lease.objects.get(campaign=campaign_id)
    is_over, is_mine = lease.until <= now, lease.person_id == actor.person.pk
    is_new = is_over or (is_mine and lease.since == now)
    # Only the lease that was just read is changed: who comes second finds it changed already.
    known = Lease.objects.filter(pk=lease.pk, person=lease.person_id, until=lease.until)
    if not (is_over or is_mine) or not known.update(person=actor.person, since=now if is_new else lease.since, until=until):
        raise Conflict(reason="leased", name=f"campaign:{campaign_id}")
    lease.person, lease.since, lease.until = actor.person, now if is_new else lease.since, until
    return Done(Held(lease, is_new), f"campaign:{campaign_id}", {"until": until.isoformat(timespec="seconds"), "renewed": not is_new, "left": left})


@verb("review.leased", Right.WITHDRAW_OTHERS)
def take_over(actor: Actor, campaign_id: int, *, now: datetime | None = None) -> Done[Held]:
    """Take a card out of somebody else's hand; the trail keeps from whom. For who may also withdraw other people's decisions."""
    now = now or timezone.now()
    before = Lease.objects.filter(campaign=campaign_id, until__gt=now).exclude(person=actor.person.pk).values_list("person_id", flat=True).first()
    until = now + LENGTH
    lease, _ = Lease.objects.update_or_create(campaign_id=campaign_id, defaults={"person": actor.person, "since": now, "until": until})
    return Done(Held(lease, is_new=True), f"campaign:{campaign_id}", {"until": until.isoformat(timespec="seconds"), "taken_from": before})


@verb("review.released", Right.DECIDE)
def release(actor: Actor, campaign_id: int, *, until: datetime | None = None) -> Done[bool]:
    """Give a card back. Says whether there was one to give back: with `until`, only the lease that ends then, and none that was taken since."""
    mine = Lease.objects.filter(campaign=campaign_id, person=actor.person.pk)
    gone, _ = (mine.filter(until=until) if until else mine).delete()
    return Done(bool(gone), f"campaign:{campaign_id}", {"held": bool(gone)})
