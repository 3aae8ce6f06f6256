"""What the verbs share: who may log, the plan they log under, and the stop. Plain functions, called by verbs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.casework import visible
from andon.console.casework.actions.common import locked
from andon.console.casework.models import LEADING, Membership
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.authority.models import NOTE_LENGTH, Plan
from andon.console.undercover.authority.moving import move
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.gate import Actor
    from andon.console.undercover.contactlog.models import StopCheck

LOGGING = frozenset({Membership.Role.MEMBER.value, Membership.Role.OPERATOR.value, *LEADING})
_RUNNING = frozenset({State.ACTIVE.value, State.SUSPENDED.value})


def logged_in(actor: Actor, case_id: int, *, now: datetime) -> Case:
    """The case, locked, for who may log contacts in it while it is open."""
    case = locked(actor, case_id, now=now)
    if not visible.roles_in(actor.person, case_id, now=now) & LOGGING:
        raise Refused(reason="log_role", name=f"case:{case_id}")
    if not case.is_open:
        raise Conflict(reason="case_not_open", name=f"case:{case_id}")
    return case


def plan_of(actor: Actor, plan_id: int, *, now: datetime) -> Plan:
    """A plan of a case that the actor may log in, the case locked. Raises Conflict for one that is unknown to them, and for none, alike."""
    plan = Plan.objects.select_related("case").filter(pk=plan_id).first()
    if plan is None or not visible.sees(actor.person, plan.case_id, now=now):
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    logged_in(actor, plan.case_id, now=now)
    return plan


def said(text: str, reason: str) -> str:
    """The text, without spaces around. Raises Refused for none."""
    plain = text.strip()[:NOTE_LENGTH]
    if not plain:
        raise Refused(reason=reason)
    return plain


def stop_if_met(actor: Actor, check: StopCheck, *, now: datetime) -> list[str]:
    """Stop the operation for each rule that was met (A16); returns them. One that is not being carried out has nothing to stop.

    Who makes nobody stop by the plan's table (a verb's actor may be the coordinator or any member who logs) is refused there.
    """
    plan = Plan.objects.get(pk=check.plan_id)
    if plan.state in _RUNNING:
        for ground in check.grounds:
            move(actor, plan.pk, Verb.STOP, Given(ground=ground, text=check.text), now=now)
    return check.grounds
