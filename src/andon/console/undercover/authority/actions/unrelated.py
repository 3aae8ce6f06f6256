"""Material that has nothing to do with the offences: listed, and destroyed only when the approver decides so (O8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import State, Who
from andon.console.undercover.authority.models import NOTE_LENGTH, Asked, Plan, Unrelated
from andon.console.undercover.authority.moving import is_who
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("authority.unrelated_listed", Right.CASE_WORK)
def list_unrelated(actor: Actor, plan_id: int, what: str, why: str, *, now: datetime | None = None) -> Done[Unrelated]:
    """List material for destruction. Raises Refused without what or why, Conflict for a closed plan."""
    now = now or timezone.now()
    plan = _plan(actor, plan_id, now)
    if not what.strip() or not why.strip():
        raise Refused(reason="unrelated_what")
    made = Unrelated.objects.create(plan=plan, what=what.strip()[:200], why=why.strip()[:NOTE_LENGTH], by=actor.person, at=now)
    return Done(made, f"plan:{plan_id}", {"unrelated": made.pk})


@verb("authority.unrelated_decided", Right.PLAN_APPROVE, grave=True)
def decide_unrelated(actor: Actor, unrelated_id: int, *, destroy: bool, text: str = "", now: datetime | None = None) -> Done[Unrelated]:
    """Decide whether it is destroyed: by the approver of the plan's prefecture."""
    now = now or timezone.now()
    one = Unrelated.objects.select_for_update().filter(pk=unrelated_id, answer=Asked.Answer.WAITING).first()
    if one is None:
        raise Conflict(reason="unrelated_gone")
    plan = _plan(actor, one.plan_id, now)
    if not is_who(actor, plan, Who.APPROVER, now):
        raise Refused(reason="plan_who_approver", name=f"plan:{plan.pk}")
    one.answer = Asked.Answer.GRANTED if destroy else Asked.Answer.REFUSED
    one.answered_by, one.answered_at, one.answer_text = actor.person, now, text.strip()[:NOTE_LENGTH]
    one.save(update_fields=["answer", "answered_by", "answered_at", "answer_text"])
    return Done(one, f"plan:{plan.pk}", {"unrelated": one.pk, "destroy": destroy})


def _plan(actor: Actor, plan_id: int, now: datetime) -> Plan:
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None or not visible.sees(actor.person, plan.case_id, now=now):
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    if plan.state == State.CLOSED:
        raise Conflict(reason="plan_state_closed", name=f"plan:{plan_id}")
    return plan
