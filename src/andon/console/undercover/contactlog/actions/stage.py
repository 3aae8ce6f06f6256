"""Stages: reached, by which entry, with every stop rule answered; taken back when written by mistake. And what was done for the intended victim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import ErrorKind
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.authority.models import NOTE_LENGTH, ErrorRecord
from andon.console.undercover.contactlog.actions.common import plan_of, said, stop_if_met
from andon.console.undercover.contactlog.codes import CHECKLIST, Direction, Stage, Warned
from andon.console.undercover.contactlog.models import LogEntry, Step, StopCheck, VictimNotice
from andon.console.undercover.contactlog.queries import reached
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_ORDER = list(Stage.values)
# What sort of entry shows that a stage was reached.
_SHOWN_BY = {
    Stage.ATTEMPT.value: (Direction.OUT,), Stage.ID_DEMANDED.value: (Direction.IN,), Stage.ID_SHOWN.value: (Direction.OUT, Direction.MET),
    Stage.INSTRUCTIONS.value: (Direction.IN, Direction.MET), Stage.AT_PLACE.value: (Direction.OUT, Direction.IN, Direction.MET),
}  # fmt: skip


@verb("contactlog.stage_reached", Right.CONTACT_LOG)
def reach(
    actor: Actor, plan_id: int, stage: str, entry_id: int, answers: Mapping[str, bool], text: str = "", *, now: datetime | None = None
) -> Done[Step]:
    """Keep that a stage was reached. Every stop rule is answered with it (A16); one that is met stops the operation.

    Raises Refused where a rule is left open, where the entry does not show the stage, and for the place before the intended victim was thought of
    (U15); Conflict after the place or the outcome: there is no further inside (U16).
    """
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if set(answers) != set(CHECKLIST):
        raise Refused(reason="log_checklist")
    _in_order(plan, stage)
    entry = _shows(plan, stage, entry_id)
    step = Step.objects.create(
        case=plan.case, plan=plan, stage=stage, entry=entry, happened_at=entry.happened_at, text=text.strip()[:NOTE_LENGTH], by=actor.person, at=now
    )
    check = StopCheck.objects.create(plan=plan, step=step, entry=entry, answers=dict(answers), text=step.text, by=actor.person, at=now)
    _asked_first(actor, step, now)
    stopped = stop_if_met(actor, check, now=now)
    return Done(step, f"plan:{plan_id}", {"stage": stage, "step": step.pk, "entry": entry_id, "stopped": stopped})


def _shows(plan: Plan, stage: str, entry_id: int) -> LogEntry:
    """The entry, if it can show the stage: of this plan, in the right direction, with a demand for papers where one is said to have come."""
    entry = LogEntry.objects.filter(pk=entry_id, plan=plan).first()
    if stage not in _SHOWN_BY or entry is None:
        raise Refused(reason="log_stage_entry")
    if entry.direction not in _SHOWN_BY[stage] or (stage == Stage.ID_DEMANDED and not entry.asks_id):
        raise Refused(reason="log_stage_entry")
    return entry


def _in_order(plan: Plan, stage: str) -> None:
    there = reached(plan)
    if stage in there:
        raise Conflict(reason="log_stage_there", name=f"plan:{plan.pk}")
    if Stage.AT_PLACE in there or plan.outcomes.exists():
        raise Conflict(reason="log_stage_over", name=f"plan:{plan.pk}")
    if stage == Stage.AT_PLACE and Stage.INSTRUCTIONS not in there:
        raise Refused(reason="log_stage_place")
    if stage == Stage.AT_PLACE and not plan.victim_notices.exists():
        raise Refused(reason="log_stage_victim")


def _asked_first(actor: Actor, step: Step, now: datetime) -> None:
    """Papers shown without a demand stand in the errors register (U11), once."""
    if step.stage != Stage.ID_SHOWN or Stage.ID_DEMANDED in reached(step.plan):
        return
    kind = ErrorKind.SHOWING_WITHOUT_REQUEST
    if not ErrorRecord.objects.filter(plan=step.plan, kind=kind, happened_at=step.happened_at).exists():
        about = About(step.case_id, step.plan_id, step.happened_at, now, actor.person)
        record_error(kind, f"log:{step.entry_id}", about, {"entry": step.entry_id, "step": step.pk})


@verb("contactlog.stage_taken_back", Right.CASE_WORK)
def take_back(actor: Actor, step_id: int, why: str, *, now: datetime | None = None) -> Done[Step]:
    """Say that a step was written by mistake: by the coordinator. The step stays; what it had stopped stays stopped."""
    now = now or timezone.now()
    step = Step.objects.filter(pk=step_id, takes_back=None).first()
    if step is None:
        raise Conflict(reason="log_step_gone")
    plan = plan_of(actor, step.plan_id, now=now)
    if plan.coordinator_id != actor.person.pk:
        raise Refused(reason="plan_who_coordinator", name=f"plan:{plan.pk}")
    if plan.outcomes.exists():
        raise Conflict(reason="log_stage_over", name=f"plan:{plan.pk}")
    if Step.objects.filter(takes_back=step).exists():
        raise Conflict(reason="log_step_gone")
    made = Step.objects.create(
        case=plan.case, plan=plan, stage=step.stage, entry=step.entry, happened_at=step.happened_at, takes_back=step, text=said(why, "log_why"),
        by=actor.person, at=now,
    )  # fmt: skip
    return Done(made, f"plan:{plan.pk}", {"stage": step.stage, "step": step_id})


@verb("contactlog.victim_noticed", Right.CONTACT_LOG)
def victim_noticed(actor: Actor, plan_id: int, what: str, text: str, *, now: datetime | None = None) -> Done[VictimNotice]:
    """Keep what was done for the intended victim: warned, or not to be identified and what was done instead (U15). No name."""
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if what not in Warned.values:
        raise Refused(reason="log_victim")
    made = VictimNotice.objects.create(plan=plan, what=what, text=said(text, "log_victim"), by=actor.person, at=now)
    return Done(made, f"plan:{plan_id}", {"what": what, "notice": made.pk})
