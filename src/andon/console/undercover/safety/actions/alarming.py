"""The call for help: pressed with no word, told to the whole chain, the operation stopped; taken, and resolved by the coordinator. Never undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import Ground, State, Verb
from andon.console.undercover.authority.moving import move
from andon.console.undercover.contactlog.actions.common import plan_of
from andon.console.undercover.safety import chain
from andon.console.undercover.safety.actions.common import codes_of, leads, said
from andon.console.undercover.safety.codes import AlarmStep, Resolution
from andon.console.undercover.safety.models import Alarm, AlarmEvent
from andon.console.undercover.safety.rules import MOST_REMINDERS, REMIND
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_RUNNING = frozenset({State.ACTIVE.value, State.SUSPENDED.value})
CALLING = frozenset({State.APPROVED.value, State.NOTIFIED.value, State.ENDED.value, *_RUNNING})  # states in which help can be called


@verb("safety.help_called", Right.CONTACT_LOG)
def press(actor: Actor, plan_id: int, *, now: datetime | None = None) -> Done[Alarm]:
    """Call for help: no words, no choice. The whole chain is told; an operation that is being carried out is stopped for safety (U14, A16).

    Pressed again while one goes on, the chain is told again. There is no verb that takes it back.
    """
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if plan.state not in CALLING:
        raise Conflict(reason="safety_no_call", name=f"plan:{plan_id}")
    alarm = Alarm.objects.select_for_update().filter(plan=plan, resolved_at=None).first()
    step = AlarmStep.PRESSED_AGAIN if alarm else AlarmStep.PRESSED
    alarm = alarm or _new(actor, plan, now)
    told = _tell(alarm, plan, now)
    AlarmEvent.objects.create(alarm=alarm, what=step, told=told, at=now)
    return Done(alarm, f"alarm:{alarm.pk}", {"told": told, "stopped": alarm.stopped})


def _new(actor: Actor, plan: Plan, now: datetime) -> Alarm:
    codes = codes_of(actor.person, plan) or (plan.operators if len(plan.operators) == 1 else [])
    stops = plan.state in _RUNNING
    if stops:  # as the desk itself: the name of who pressed would stand beside an officer's code
        move(None, plan.pk, Verb.STOP, Given(ground=Ground.SAFETY.value), now=now)
    return Alarm.objects.create(
        plan=plan, case_id=plan.case_id, officer=codes[0] if codes else "", presser=chain.hash_of(actor.person), at=now, told_at=now, stopped=stops
    )


def _tell(alarm: Alarm, plan: Plan, now: datetime) -> int:
    told = chain.tell_all("safety_help", plan, reverse("safety:alarm", args=[alarm.pk]), plan=plan.code, officer=alarm.officer or "—")
    Alarm.objects.filter(pk=alarm.pk).update(told=told, told_at=now)
    return told


def _of(actor: Actor, alarm_id: int, now: datetime) -> Alarm:
    """The call, locked. Raises Conflict for one that is unknown to the actor, and for one that is over."""
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=alarm_id).first()
    if alarm is None:
        raise Conflict(reason="safety_alarm_gone", name=f"alarm:{alarm_id}")
    plan_of(actor, alarm.plan_id, now=now)
    if alarm.resolved_at is not None:
        raise Conflict(reason="safety_alarm_over", name=f"alarm:{alarm_id}")
    return alarm


@verb("safety.help_taken", Right.CONTACT_LOG)
def take(actor: Actor, alarm_id: int, *, now: datetime | None = None) -> Done[AlarmEvent]:
    """Somebody of the chain, or who leads, sees to it: who pressed sees that. It is told no longer. Not by who pressed."""
    now = now or timezone.now()
    alarm = _of(actor, alarm_id, now)
    _not_presser(actor, alarm)
    if not (chain.is_in(actor.person, alarm.plan) or leads(actor.person, alarm.plan, now=now)):
        raise Refused(reason="safety_in_chain", name=f"alarm:{alarm_id}")
    Alarm.objects.filter(pk=alarm.pk, taken_at=None).update(taken_at=now)
    made = AlarmEvent.objects.create(alarm=alarm, what=AlarmStep.TAKEN, by=actor.person, at=now)
    return Done(made, f"alarm:{alarm_id}", {})


@verb("safety.help_resolved", Right.CASE_WORK)
def resolve(actor: Actor, alarm_id: int, how: str, text: str, *, now: datetime | None = None) -> Done[AlarmEvent]:
    """The coordinator writes down how it ended; where the coordinator pressed, who leads the case. A false alarm is one of the answers.

    Whatever the answer, what was stopped stays stopped until the approver lets it go on.
    """
    now = now or timezone.now()
    alarm = _of(actor, alarm_id, now)
    _not_presser(actor, alarm)
    coordinator = alarm.plan.coordinator
    by_coordinator = coordinator is not None and actor.person.pk == coordinator.pk
    pressed_by_coordinator = coordinator is not None and alarm.presser == chain.hash_of(coordinator)
    if not by_coordinator and not (pressed_by_coordinator and leads(actor.person, alarm.plan, now=now)):
        raise Refused(reason="safety_coordinator", name=f"alarm:{alarm_id}")
    if how not in Resolution.values:
        raise Refused(reason="safety_resolution", name=f"alarm:{alarm_id}")
    made = AlarmEvent.objects.create(
        alarm=alarm, what=AlarmStep.RESOLVED, resolution=how, text=said(text, "safety_resolution"), by=actor.person, at=now
    )
    Alarm.objects.filter(pk=alarm.pk).update(resolved_at=now)
    return Done(made, f"alarm:{alarm_id}", {"how": how})


def _not_presser(actor: Actor, alarm: Alarm) -> None:
    if alarm.presser == chain.hash_of(actor.person):
        raise Refused(reason="safety_presser", name=f"alarm:{alarm.pk}")


@unattended("safety.help_reminded", Via.WORKER)
def remind(alarm_id: int, *, now: datetime | None = None) -> Done[int]:
    """Nobody has taken it: the whole chain is told again."""
    now = now or timezone.now()
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("plan", "plan__coordinator").get(pk=alarm_id)
    waits = alarm.resolved_at is None and alarm.taken_at is None and alarm.told_at <= now - REMIND and alarm.reminders < MOST_REMINDERS
    if not waits:
        return Done(0, f"alarm:{alarm_id}", {"told": 0})
    told = _tell(alarm, alarm.plan, now)
    Alarm.objects.filter(pk=alarm_id).update(reminders=F("reminders") + 1)
    AlarmEvent.objects.create(alarm=alarm, what=AlarmStep.REMINDED, told=told, at=now)
    return Done(1, f"alarm:{alarm_id}", {"told": told})
