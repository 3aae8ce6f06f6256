"""Write a plan and hand it in: what the applicant does."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.casework.actions.common import worked_on
from andon.console.casework.models import Case
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import Verb
from andon.console.undercover.authority.content import content_of, put, sha256_of
from andon.console.undercover.authority.models import Plan, PlanVersion
from andon.console.undercover.authority.moving import move
from andon.domain.errors import Refused
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import datetime

_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another


@verb("authority.drafted", Right.PLAN_APPLY)
def draft(actor: Actor, case_id: int, content: dict[str, Any] | None = None, *, now: datetime | None = None) -> Done[Plan]:
    """Begin a plan in an undercover case that the actor works on; the actor is its applicant. Raises Refused for another kind of case (U1)."""
    now = now or timezone.now()
    case = worked_on(actor, case_id, now=now)
    if case.kind != Case.Kind.UNDERCOVER:
        raise Refused(reason="plan_case", name=f"case:{case_id}")
    plan = Plan(case=case, code=_code(now), unit=actor.person.unit, applicant=actor.person, made_at=now, changed_at=now)
    put(plan, {"unit_id": plan.unit_id} | (content or {}))
    plan.save(force_insert=True)
    kept = content_of(plan)
    PlanVersion.objects.create(plan=plan, number=1, content=kept, sha256=sha256_of(kept), by=actor.person, at=now)
    return Done(plan, f"plan:{plan.pk}", {"case": case_id})


@verb("authority.written", Right.PLAN_APPLY)
def write(actor: Actor, plan_id: int, content: dict[str, Any], *, now: datetime | None = None) -> Done[Plan]:
    """Change a draft. Raises KeyError for a field that is not the applicant's to write."""
    moved = move(actor, plan_id, Verb.WRITE, Given(content=content), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.submitted", Right.PLAN_APPLY)
def submit(actor: Actor, plan_id: int, *, now: datetime | None = None) -> Done[Plan]:
    """Hand a draft to the approver."""
    moved = move(actor, plan_id, Verb.SUBMIT, now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.withdrawn", Right.PLAN_APPLY)
def withdraw(actor: Actor, plan_id: int, text: str = "", *, now: datetime | None = None) -> Done[Plan]:
    """Take a plan back before it is decided."""
    moved = move(actor, plan_id, Verb.WITHDRAW, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


def _code(now: datetime) -> str:
    """One that nobody has yet, and that says nothing of how many there are."""
    while Plan.objects.filter(code=(made := f"P{now.astimezone(JAPAN):%y}-{''.join(secrets.choice(_SIGNS) for _ in range(4))}")).exists():
        pass
    return made
