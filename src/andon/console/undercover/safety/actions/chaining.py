"""Who is told when something is wrong: put into the chain, take out; a telephone number is read on need only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from andon.console import gate
from andon.console.casework import visible
from andon.console.casework.models import Membership
from andon.console.gate import Actor, Done, verb
from andon.console.people import secret_box
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.safety import chain
from andon.console.undercover.safety.actions.common import led_plan, officer_of, said
from andon.console.undercover.safety.codes import Post
from andon.console.undercover.safety.models import ChainLink
from andon.console.undercover.safety.queries import need_of
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_PHONE = re.compile(r"\+?[0-9][0-9 -]{7,18}[0-9]")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is to stand in the chain: a person of the case, or an officer's code; with a telephone number or without."""

    post: str
    person_id: int | None = None
    officer: str = ""
    phone: str = ""


@verb("safety.chain_added", Right.CASE_WORK)
def add(actor: Actor, plan_id: int, one: Somebody, *, now: datetime | None = None) -> Done[ChainLink]:
    """Put somebody at the end of the chain, by the coordinator or who leads the case.

    Raises Refused for a person who may not know of the case, for an officer who is named as a person, and for nobody who could be reached.
    """
    now = now or timezone.now()
    plan = led_plan(actor, plan_id, now=now)
    person = Person.objects.filter(pk=one.person_id, is_active=True).first() if one.person_id else None
    phone = one.phone.strip()
    if one.post not in Post.values or (phone and not _PHONE.fullmatch(phone)) or (person is None and not phone):
        raise Refused(reason="safety_chain", name=f"plan:{plan_id}")
    if person is not None and (one.post == Post.OFFICER or not _may_stand(person, plan, now)):
        raise Refused(reason="safety_chain_person", name=f"plan:{plan_id}")
    if person is not None and ChainLink.objects.filter(plan=plan, removed_at=None, person=person).exists():
        raise Conflict(reason="safety_chain_there", name=f"plan:{plan_id}")
    position = (ChainLink.objects.filter(plan=plan, removed_at=None).aggregate(last=Max("position"))["last"] or 0) + 1
    code = officer_of(plan, one.officer) if one.post == Post.OFFICER else ""
    made = ChainLink.objects.create(
        plan=plan, position=position, post=one.post, officer=code, person=person, by=actor.person, at=now,
        phone=secret_box.lock(phone) if phone else "",
    )  # fmt: skip
    return Done(made, f"plan:{plan_id}", {"link": made.pk, "post": made.post, "position": position, "phone": bool(phone)})


def _may_stand(person: Person, plan: Plan, now: datetime) -> bool:
    """Who may know of the case, and is no operation officer: they stand here by code alone."""
    return visible.sees(person, plan.case_id, now=now) and Membership.Role.OPERATOR not in visible.roles_in(person, plan.case_id, now=now)


@verb("safety.chain_removed", Right.CASE_WORK)
def remove(actor: Actor, link_id: int, *, now: datetime | None = None) -> Done[ChainLink]:
    """Take somebody out. The number goes with them."""
    now = now or timezone.now()
    link = ChainLink.objects.select_for_update().filter(pk=link_id, removed_at=None).first()
    if link is None:
        raise Conflict(reason="safety_chain_gone", name=f"link:{link_id}")
    led_plan(actor, link.plan_id, now=now)
    link.removed_at, link.phone = now, ""
    link.save(update_fields=["removed_at", "phone"])
    return Done(link, f"plan:{link.plan_id}", {"link": link.pk, "position": link.position})


def reveal(actor: Actor, link_id: int, why: str = "", *, now: datetime | None = None) -> str:
    """The telephone number of somebody in the chain, for others in it: while an officer is missed or calls for help, else with a reason.

    Every reading stands in the trail. Raises Conflict for what there is not and for who is not in the chain, alike; Refused without a need.
    """
    now = now or timezone.now()
    link = ChainLink.objects.select_related("plan").filter(pk=link_id, removed_at=None).exclude(phone="").first()
    if link is None or not visible.sees(actor.person, link.plan.case_id, now=now) or not chain.is_in(actor.person, link.plan):
        raise Conflict(reason="safety_chain_gone", name=f"link:{link_id}")
    need = need_of(link.plan, now) or said(why, "safety_need")
    gate.saw(actor, "safety.phone_read", f"plan:{link.plan_id}", {"link": link.pk, "need": need})
    return secret_box.unlock(link.phone)
