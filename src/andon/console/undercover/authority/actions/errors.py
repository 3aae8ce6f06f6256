"""The errors register: reported, answered, closed by the coordinator, seen by an inspector."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.models import LEADING
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import ErrorKind
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.authority.models import NOTE_LENGTH, ErrorRecord, ErrorStep, Plan
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

What = ErrorStep.What


@dataclass(frozen=True, slots=True)
class Answer:
    """What an error asks to be told: all four."""

    cause: str
    effect: str
    notified: str
    remedy: str


@verb("authority.error_reported", Right.CASE_READ)
def report(
    actor: Actor, plan_id: int, kind: str, text: str, *, happened_at: datetime | None = None, now: datetime | None = None
) -> Done[ErrorRecord]:
    """Report an error of a plan that the actor may know of."""
    now = now or timezone.now()
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None or not visible.sees(actor.person, plan.case_id, now=now):
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    if kind not in ErrorKind.values or not text.strip() or (happened_at or now) > now:
        raise Refused(reason="error_report")
    made = record_error(kind, f"plan:{plan_id}", About(plan.case_id, plan_id, happened_at or now, now, actor.person, text))
    return Done(made, f"error:{made.pk}", {"kind": kind, "plan": plan_id})


@verb("authority.error_answered", Right.CASE_WORK)
def answer(actor: Actor, error_id: int, given: Answer, *, now: datetime | None = None) -> Done[ErrorStep]:
    """Say what caused it, what it did, who was told, what was done about it. May be said again, until it is closed."""
    now = now or timezone.now()
    error = _open(actor, error_id, now)
    texts = {name: text.strip()[:NOTE_LENGTH] for name, text in asdict(given).items()}
    if not all(texts.values()):
        raise Refused(reason="error_answer")
    step = ErrorStep.objects.create(error=error, what=What.ANSWERED, by=actor.person, at=now, **texts)
    return Done(step, f"error:{error_id}", {})


@verb("authority.error_closed", Right.CASE_WORK)
def close_error(actor: Actor, error_id: int, *, now: datetime | None = None) -> Done[ErrorStep]:
    """Close an answered error: by the plan's coordinator or who leads the case."""
    now = now or timezone.now()
    error = _open(actor, error_id, now)
    answered = error.steps.filter(what=What.ANSWERED).last()
    if answered is None:
        raise Refused(reason="error_answer")
    leads = error.case_id is not None and visible.roles_in(actor.person, error.case_id, now=now) & frozenset(LEADING)
    coordinates = error.plan is not None and error.plan.coordinator_id == actor.person.pk
    if not (leads or coordinates):
        raise Refused(reason="error_closer")
    step = ErrorStep.objects.create(error=error, what=What.CLOSED, by=actor.person, at=now)
    return Done(step, f"error:{error_id}", {"kind": error.kind})


@verb("authority.error_seen", Right.INSPECT)
def see_error(actor: Actor, error_id: int, *, now: datetime | None = None) -> Done[ErrorStep]:
    """An inspector has seen it, whatever its state."""
    error = ErrorRecord.objects.select_for_update().filter(pk=error_id).first()
    if error is None:
        raise Conflict(reason="error_unknown")
    step = ErrorStep.objects.create(error=error, what=What.SEEN, by=actor.person, at=now or timezone.now())
    return Done(step, f"error:{error_id}", {"kind": error.kind})


def _open(actor: Actor, error_id: int, now: datetime) -> ErrorRecord:
    error = ErrorRecord.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=error_id).first()
    if error is None or error.case_id is None or not visible.sees(actor.person, error.case_id, now=now):
        raise Conflict(reason="error_unknown")
    if error.steps.filter(what=What.CLOSED).exists():
        raise Conflict(reason="error_is_closed")
    return error
