"""How an investigation ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import Offence, State
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.contactlog.actions.common import plan_of, said
from andon.console.undercover.contactlog.codes import OTHER_OFFENCE, Form, Result, Stage
from andon.console.undercover.contactlog.models import Arrest, Outcome
from andon.console.undercover.contactlog.queries import reached
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

OFFENCES = (*Offence.values, OTHER_OFFENCE)
_BEFORE = frozenset({State.DRAFT.value, State.SUBMITTED.value, State.REFUSED.value})
_AT_PLACE = frozenset({Result.ARRESTED.value, Result.NOBODY_MET.value})
MOST_PEOPLE = 99


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it. `arrests`: (offence, form, number of people)."""

    result: str
    happened_at: datetime
    text: str
    arrests: tuple[tuple[str, str, int], ...] = ()
    harm_prevented: bool = False
    leads: str = ""


@verb("contactlog.concluded", Right.CASE_WORK)
def conclude(actor: Actor, plan_id: int, ended: Ended, *, now: datetime | None = None) -> Done[Outcome]:
    """Keep the outcome: by the coordinator. Again when more is known; the last one counts.

    Raises Refused where the stages do not bear it: an arrest or nobody met asks for the place, a lost contact excludes it.
    """
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if plan.coordinator_id != actor.person.pk:
        raise Refused(reason="plan_who_coordinator", name=f"plan:{plan_id}")
    if plan.state in _BEFORE:
        raise Conflict(reason=f"plan_state_{plan.state}", name=f"plan:{plan_id}")
    _bears(plan, ended, now)
    made = Outcome.objects.create(
        case=plan.case, plan=plan, result=ended.result, happened_at=ended.happened_at, harm_prevented=ended.harm_prevented,
        leads=ended.leads.strip()[:NOTE_LENGTH], text=said(ended.text, "log_outcome"), by=actor.person, at=now,
    )  # fmt: skip
    Arrest.objects.bulk_create([Arrest(outcome=made, offence=offence, form=form, people=people) for offence, form, people in ended.arrests])
    people = sum(one[2] for one in ended.arrests)
    return Done(made, f"plan:{plan_id}", {"outcome": made.pk, "result": made.result, "people": people, "harm_prevented": made.harm_prevented})


def _bears(plan: Plan, ended: Ended, now: datetime) -> None:
    there = reached(plan)
    if ended.result not in Result.values or ended.happened_at > now:
        raise Refused(reason="log_outcome")
    if (ended.result in _AT_PLACE) != (Stage.AT_PLACE in there) and ended.result != Result.CANCELLED:
        raise Refused(reason="log_outcome_place")
    fits = all(offence in OFFENCES and form in Form.values and 0 < people <= MOST_PEOPLE for offence, form, people in ended.arrests)
    if bool(ended.arrests) != (ended.result == Result.ARRESTED) or not fits:
        raise Refused(reason="log_outcome_arrests")
