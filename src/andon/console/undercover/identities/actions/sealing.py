"""Put under seal which person an officer's code stands for, and open the seal again: by the approver, in person, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console import gate
from andon.console.casework import visible
from andon.console.casework.actions.common import led
from andon.console.casework.actions.members import admit
from andon.console.casework.models import Membership
from andon.console.gate import Actor, Done, Via, verb
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.codes import Who
from andon.console.undercover.authority.models import Asked, Plan
from andon.console.undercover.authority.moving import is_who
from andon.console.undercover.identities import seal as sealed
from andon.console.undercover.identities.actions.common import said
from andon.console.undercover.identities.models import Officer, SealOpening
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

_OPERATOR = Membership.Role.OPERATOR.value
_OVER = (PlanState.ENDED, PlanState.CANCELLED, PlanState.REFUSED, PlanState.CLOSED)


@verb("identities.sealed", Right.CASE_WORK)
def seal(actor: Actor, plan_id: int, code: str, person_id: int, *, now: datetime | None = None) -> Done[Officer]:
    """Say who the officer is, by a leader or the coordinator of the case; the officer is let into it. The trail keeps the code and nothing else.

    Raises Refused for a code that the plan does not name, and for a person who has another part in it (A6) or not the right to log contacts; Conflict
    for a code that is sealed.
    """
    now = now or timezone.now()
    plan = Plan.objects.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None or not visible.sees(actor.person, plan.case_id, now=now):
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    case = led(actor, plan.case_id, now=now)
    _fits(plan, code)
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    others = (plan.applicant_id, plan.coordinator_id, plan.custodian_id, plan.approver_id, actor.person.pk)
    if person is None or person.pk in others or person.may(Right.INSPECT) or person.may(Right.PLAN_APPROVE) or not person.may(Right.CONTACT_LOG):
        raise Refused(reason="seal_person", name=f"plan:{plan_id}")
    roles = visible.roles_in(person, plan.case_id, now=now)
    if roles and roles != {_OPERATOR}:
        raise Refused(reason="seal_person", name=f"plan:{plan_id}")
    if not roles:
        admit(case, person, _OPERATOR, by=actor.person, ground=plan.code, at=now)
    made = Officer.objects.create(plan=plan, code=code, token=sealed.closed(plan_id, code, person_id), by=actor.person, at=now)
    return Done(made, f"plan:{plan_id}", {"code": code, "record": made.pk})


def _fits(plan: Plan, code: str) -> None:
    asked = plan.amendments.filter(answer=Asked.Answer.WAITING).values_list("adds", flat=True)
    named = {*plan.operators, *(one for adds in asked for one in adds.get("operators", []))}
    if plan.state in _OVER or code not in named:
        raise Refused(reason="seal_code", name=f"plan:{plan.pk}")
    if Officer.objects.filter(plan=plan, code=code).exists():
        raise Conflict(reason="seal_there", name=f"plan:{plan.pk}")


def open_seal(actor: Actor, record_id: int, reason: str, *, now: datetime | None = None) -> Person:
    """Who the officer is. What is refused is kept in the trail, too."""
    try:
        return _open_seal(actor, record_id, reason, now=now or timezone.now())
    except (Refused, Conflict) as error:
        if error.data.get("reason") not in ("right", "not_fresh"):  # those the gate has kept
            gate.saw(actor, "identities.seal_refused", f"seal:{record_id}", {"reason": error.data.get("reason", "")})
        raise


@verb("identities.seal_opened", Right.SEAL_OPEN, grave=True)
def _open_seal(actor: Actor, record_id: int, reason: str, *, now: datetime) -> Done[Person]:
    """Raises Conflict for a record of a case that is unknown to the actor; Refused without a reason, for the approver of another prefecture, and for
    who is not at a screen, freshly signed in.
    """  # noqa: D205
    record = Officer.objects.select_related("plan").filter(pk=record_id).first()
    if record is None or not visible.sees(actor.person, record.plan.case_id, now=now):
        raise Conflict(reason="seal_unknown", name=f"seal:{record_id}")
    if actor.via is not Via.SCREEN or not actor.fresh:
        raise Refused(reason="seal_in_person", name=f"seal:{record_id}")
    if not is_who(actor, record.plan, Who.APPROVER, now):
        raise Refused(reason="seal_approver", name=f"seal:{record_id}")
    reason = said(reason, "seal_reason")
    person = Person.objects.select_related("unit").get(pk=sealed.person_in(record))
    made = SealOpening.objects.create(officer=record, reason=reason, by=actor.person, at=now)
    return Done(person, f"plan:{record.plan_id}", {"code": record.code, "record": record_id, "opening": made.pk, "reason": reason})
