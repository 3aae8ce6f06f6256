"""What the verbs share. Plain functions, called by verbs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.casework import visible
from andon.console.casework.models import LEADING
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.contactlog.actions.common import plan_of
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.gate import Actor
    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan


def led_plan(actor: Actor, plan_id: int, *, now: datetime) -> Plan:
    """The plan, for its coordinator or who leads its case."""
    plan = plan_of(actor, plan_id, now=now)
    if not leads(actor.person, plan, now=now):
        raise Refused(reason="safety_leading", name=f"plan:{plan_id}")
    return plan


def leads(person: Person, plan: Plan, *, now: datetime) -> bool:
    """Whether the person coordinates the plan or leads its case."""
    return plan.coordinator_id == person.pk or bool(visible.roles_in(person, plan.case_id, now=now) & frozenset(LEADING))


def officer_of(plan: Plan, code: str) -> str:
    """A code of the plan. Raises Refused for another."""
    plain = code.strip().upper()
    if plain not in plan.operators:
        raise Refused(reason="safety_officer", name=f"plan:{plan.pk}")
    return plain


def codes_of(person: Person, plan: Plan) -> list[str]:
    """The officer that the sealed record knows the person to be; asked for checks only, never shown to others."""
    return sorted(code for code, pk in hooks.operators(plan).items() if pk == person.pk and code in plan.operators)


def said(text: str, reason: str) -> str:
    """The text, without spaces around. Raises Refused for none."""
    plain = text.strip()[:NOTE_LENGTH]
    if not plain:
        raise Refused(reason=reason)
    return plain
