"""The one way a plan changes: find the row of the table, check who and what, write the state and its event, do what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.models import Membership
from andon.console.staff.rights import Right
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.ask import Ask, Given
from andon.console.undercover.authority.codes import FINAL_GROUNDS, Ground, State, Verb, Who
from andon.console.undercover.authority.conditions import CONDITIONS
from andon.console.undercover.authority.effects import EFFECTS
from andon.console.undercover.authority.models import NOTE_LENGTH, Asked, Plan, PlanEvent
from andon.console.undercover.authority.states import CELLS
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.gate import Actor

_LOGS = frozenset({Membership.Role.LEADER.value, Membership.Role.MEMBER.value, Membership.Role.COORDINATOR.value, Membership.Role.OPERATOR.value})


@dataclass(frozen=True, slots=True)
class Moved:
    """A plan after a verb, and the event that keeps it."""

    plan: Plan
    event: PlanEvent

    @property
    def facts(self) -> dict[str, object]:
        """For the trail: codes, numbers, times and hashes, never what anybody wrote."""
        return {"from": self.event.before, "to": self.event.after, "as": self.event.as_who, "ground": self.event.ground, **self.event.facts}


def move(actor: Actor | None, plan_id: int, verb: Verb, given: Given | None = None, *, now: datetime | None = None) -> Moved:
    """Do `verb` with a plan. Only to be called by a verb of the gate; `actor` is nobody for the machine.

    Raises Conflict for a plan that is not there (or not known to the actor) and for a verb that its state has no row for; Refused for who may not and
    for what is not true. Then nothing has changed.
    """
    now = now or timezone.now()
    plan = Plan.objects.select_for_update(of=("self",)).select_related("case", "coordinator", "custodian").filter(pk=plan_id).first()
    if plan is None or (actor is not None and not visible.sees(actor.person, plan.case_id, now=now)):
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    row = CELLS.get((plan.state, Verb(verb).value))
    if row is None:
        raise Conflict(reason=f"plan_state_{plan.state}", name=f"plan:{plan_id}")
    ask = Ask(plan, row, actor, given or Given(), now)
    ask.as_who = _as_who(ask)
    ask.renewal = plan.renewals.filter(answer=Asked.Answer.WAITING).first()
    ask.amendment = plan.amendments.filter(answer=Asked.Answer.WAITING).first()
    for must in row.must:
        if not CONDITIONS[must](ask):
            raise Refused(reason=f"plan_{must.value}", name=f"plan:{plan_id}")
    return _done(ask)


def _done(ask: Ask) -> Moved:
    plan, row, before = ask.plan, ask.row, ask.plan.state
    for then in row.then:
        EFFECTS[then](ask)
    plan.state, plan.changed_at = row.to.value, ask.now
    plan.stopped_for = _stopped_for(ask) if row.to == State.SUSPENDED else ""
    plan.save()
    granted = plan.grants.exists()
    last = plan.versions.order_by("number").last()
    event = PlanEvent.objects.create(
        plan=plan, verb=row.verb.value, before=before, after=plan.state, by=ask.actor.person if ask.actor else None, as_who=ask.as_who, at=ask.now,
        starts_at=plan.starts_at if granted else None, ends_at=plan.ends_at if granted else None, version=last.number if last else 0,
        ground=ask.given.ground, text=ask.given.text.strip()[:NOTE_LENGTH], facts=ask.facts,
    )  # fmt: skip
    for after in hooks.AFTER_STATE:
        after(plan, event)
    return Moved(plan, event)


def _stopped_for(ask: Ask) -> str:
    """Why it is suspended: the last ground, unless there is one already that nothing lifts."""
    if ask.plan.stopped_for in FINAL_GROUNDS:
        return ask.plan.stopped_for
    if ask.row.verb in (Verb.STOP, Verb.SUSPEND):
        return ask.given.ground
    return Ground.REVIEW_MISSED.value if ask.row.verb == Verb.MISS_REVIEW else ask.plan.stopped_for


def _as_who(ask: Ask) -> str:
    """The first of the row's who that the actor is. Raises Refused for somebody who is none of them."""
    for who in ask.row.who:
        if is_who(ask.actor, ask.plan, who, ask.now):
            return who.value
    raise Refused(reason=f"plan_who_{ask.row.who[0].value}", name=f"plan:{ask.plan.pk}")


def is_who(actor: Actor | None, plan: Plan, who: Who, now: datetime) -> bool:
    """Whether the actor is that for the plan. The approver is the chief of its prefecture himself: there is nobody to whom he could delegate."""
    if actor is None or who is Who.MACHINE:
        return actor is None and who is Who.MACHINE
    person = actor.person
    if who is Who.APPLICANT:
        return plan.applicant_id == person.pk and person.may(Right.PLAN_APPLY)
    if who is Who.COORDINATOR:
        return plan.coordinator_id == person.pk and person.may(Right.CASE_WORK)
    if who is Who.APPROVER:
        return person.may(Right.PLAN_APPROVE) and bool(plan.prefecture) and person.unit.prefecture == plan.prefecture
    return person.may(Right.CONTACT_LOG) and bool(visible.roles_in(person, plan.case_id, now=now) & _LOGS)


def may_try(actor: Actor, plan: Plan, now: datetime) -> list[Verb]:
    """The verbs that the state has a row for and the actor is somebody of: what a page offers. Whether all is true is asked when it is done."""
    rows = (row for (state, _), row in CELLS.items() if state == plan.state)
    return [row.verb for row in rows if any(is_who(actor, plan, who, now) for who in row.who)]
