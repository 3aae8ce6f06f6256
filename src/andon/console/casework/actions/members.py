"""Let people into a case and out of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.actions.common import led, locked, said_why
from andon.console.casework.hooks import MAY_ADMIT, MAY_END
from andon.console.casework.models import ROLE_NEEDS, Case, Membership, in_force
from andon.console.gate import Actor, Done, verb
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Membership.Role
LONGEST = timedelta(days=366)


@verb("casework.member_added", Right.CASE_WORK)
def add_member(
    actor: Actor, case_id: int, person_id: int, role: str, *, ground: str, until_at: datetime | None = None, now: datetime | None = None
) -> Done[Membership]:
    """Let a person in, by a leader or the coordinator of the case.

    Raises Refused for who does not lead it, without a ground, for a person whose rights do not fit the role; Conflict for who is in already.
    """
    now = now or timezone.now()
    case = led(actor, case_id, now=now)
    if not case.is_open:
        raise Conflict(reason="case_not_open", name=f"case:{case_id}")
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Conflict(reason="case_person", name=f"case:{case_id}")
    made = admit(case, person, role, by=actor.person, ground=ground, at=now, until_at=until_at)
    return Done(made, f"case:{case_id}", facts_of(made))


def admit(
    case: Case, person: Person, role: str, *, by: Person, ground: str, at: datetime, until_at: datetime | None = None
) -> Membership:
    """Make a person a member. Only to be called by a verb, which has checked who lets in. Raises Refused and Conflict as `add_member`."""
    ground = said_why(ground)
    _check(person, role, until_at, at)
    for may in MAY_ADMIT:
        may(case, person, role, at)
    standing = Membership.objects.select_for_update().filter(case=case.pk, person=person.pk, ended_at=None).first()
    if standing is not None and standing.is_in_force(at):
        raise Conflict(reason="case_member", name=f"case:{case.pk}")
    if standing is not None:  # its time is over: written down before the next begins
        end(standing, by=by, ground=ground, at=at)
    return Membership.objects.create(case=case, person=person, role=role, from_at=at, until_at=until_at, ground=ground, by=by, at=at)


def _check(person: Person, role: str, until_at: datetime | None, at: datetime) -> None:
    if role not in ROLE_NEEDS:
        raise Refused(reason="case_role")
    if person.may(Right.INSPECT):
        raise Refused(reason="case_inspector")  # A6: who inspects works on no case
    if not person.may(Right.CASE_READ) or not person.may(ROLE_NEEDS[role]):
        raise Refused(reason="case_role_right")
    if until_at is not None and (role == Role.LEADER or not at < until_at <= at + LONGEST):
        raise Refused(reason="case_until")


@verb("casework.member_ended", Right.CASE_READ)
def end_member(actor: Actor, case_id: int, membership_id: int, *, ground: str, now: datetime | None = None) -> Done[Membership]:
    """Take a member out: by who leads the case, or by themselves. Never the last leader of an open case.

    Raises Refused for others and without a ground, Conflict for a membership that is not of this case or has ended.
    """
    now = now or timezone.now()
    case = locked(actor, case_id, now=now)
    member = Membership.objects.select_for_update().filter(case=case_id, pk=membership_id, ended_at=None).select_related("person").first()
    if member is None:
        raise Conflict(reason="case_member_gone", name=f"case:{case_id}")
    if member.person_id != actor.person.pk:
        led(actor, case_id, now=now)
    ground = said_why(ground)
    if member.role == Role.LEADER and not _other_leaders(member, now):
        raise Refused(reason="case_last_leader")
    for may in MAY_END:
        may(case, member.person, member.role, now)
    end(member, by=actor.person, ground=ground, at=now)
    return Done(member, f"case:{case_id}", facts_of(member))


def _other_leaders(member: Membership, now: datetime) -> bool:
    others = Membership.objects.filter(in_force(now), case=member.case_id, role=Role.LEADER, person__is_active=True)
    return others.exclude(pk=member.pk).exists()


def end(member: Membership, *, by: Person, ground: str, at: datetime) -> None:
    """Write the end of a membership. Only to be called by a verb."""
    member.ended_at, member.ended_by, member.ended_ground = at, by, said_why(ground)
    member.save(update_fields=["ended_at", "ended_by", "ended_ground"])


def facts_of(member: Membership) -> Mapping[str, object]:
    """For the trail. Who the operation officer is stands in the sealed record only (A19)."""
    who = {} if member.role == Role.OPERATOR else {"person": member.person_id}
    return {"membership": member.pk, "role": member.role, **who}
