"""Welfare checks: planned with meetings and contacts or by hand, answered, missed and passed on along the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.measures.common.notices import tell
from andon.console.staff.rights import Right
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.contactlog.actions.common import plan_of
from andon.console.undercover.safety import chain
from andon.console.undercover.safety.actions.alarming import remind
from andon.console.undercover.safety.actions.common import officer_of
from andon.console.undercover.safety.codes import CheckStep, Origin
from andon.console.undercover.safety.models import Alarm, CheckEvent, Outing, WelfareCheck
from andon.console.undercover.safety.rules import GRACE, MOST_REMINDERS, REMIND, STEP
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan


def make(plan: Plan, officer: str, due_at: datetime, origin: str, *, now: datetime, meeting: int | None = None) -> WelfareCheck:
    """Put a check down; only to be called by a verb. One of the same officer at the same time is the same check."""
    same = WelfareCheck.objects.filter(plan=plan, officer=officer, due_at=due_at, done_at=None).first()
    return same or WelfareCheck.objects.create(plan=plan, officer=officer, origin=origin, meeting=meeting, due_at=due_at, made_at=now)


def finish(check: WelfareCheck, what: str, *, now: datetime, text: str = "") -> CheckEvent:
    """A check is done; only to be called by a verb."""
    check.done_at = now
    check.save(update_fields=["done_at"])
    late = what != CheckStep.DROPPED and now > check.due_at + GRACE
    return CheckEvent.objects.create(check_of=check, what=what, text=text.strip()[:NOTE_LENGTH], is_late=late, told=check.told, at=now)


@verb("safety.check_planned", Right.CONTACT_LOG)
def plan_check(actor: Actor, plan_id: int, officer: str, due_at: datetime, *, now: datetime | None = None) -> Done[WelfareCheck]:
    """Ask at a time whether an officer is well. Raises Refused for a time that is over."""
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if due_at <= now:
        raise Refused(reason="safety_due", name=f"plan:{plan_id}")
    made = make(plan, officer_of(plan, officer), due_at, Origin.HAND, now=now)
    return Done(made, f"plan:{plan_id}", {"check": made.pk, "due_at": made.due_at.isoformat()})


@verb("safety.check_answered", Right.CONTACT_LOG)
def answer(actor: Actor, check_id: int, what: str, text: str = "", *, now: datetime | None = None) -> Done[CheckEvent]:
    """The officer is well: said by themselves, or by somebody who reached them (in words how). Late is kept as late."""
    now = now or timezone.now()
    check = WelfareCheck.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=check_id).first()
    if check is None:
        raise Conflict(reason="safety_check_gone", name=f"check:{check_id}")
    plan_of(actor, check.plan_id, now=now)
    if check.done_at is not None:
        raise Conflict(reason="safety_check_done", name=f"check:{check_id}")
    if what not in (CheckStep.ANSWERED, CheckStep.REACHED) or (what == CheckStep.REACHED and not text.strip()):
        raise Refused(reason="safety_answer", name=f"check:{check_id}")
    event = finish(check, what, now=now, text=text)
    return Done(event, f"plan:{check.plan_id}", {"check": check.pk, "what": what, "late": event.is_late})


@verb("safety.came_back", Right.CONTACT_LOG)
def come_back(actor: Actor, outing_id: int, *, now: datetime | None = None) -> Done[Outing]:
    """The officer is back: what was still to be asked of that meeting is not due any longer."""
    now = now or timezone.now()
    outing = Outing.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=outing_id).first()
    if outing is None:
        raise Conflict(reason="safety_outing_gone", name=f"outing:{outing_id}")
    plan_of(actor, outing.plan_id, now=now)
    if outing.back_at is not None or outing.dropped_at is not None:
        raise Conflict(reason="safety_outing_over", name=f"outing:{outing_id}")
    outing.back_at = now
    outing.save(update_fields=["back_at"])
    left = WelfareCheck.objects.select_for_update().filter(meeting=outing.meeting, officer=outing.officer, done_at=None)
    ended = [finish(check, CheckStep.DROPPED if check.due_at > now else CheckStep.REACHED, now=now).pk for check in left]
    return Done(outing, f"plan:{outing.plan_id}", {"outing": outing.pk, "checks": len(ended)})


def look_after(*, now: datetime | None = None) -> int:
    """Pass on what was missed, each in a transaction of its own; how many. The worker calls it steadily; nothing due: nothing is written."""
    now = now or timezone.now()
    due = missed_checks(now)
    done = sum(pass_on(pk, now=now) for pk in due)
    calls = Alarm.objects.filter(resolved_at=None, taken_at=None, told_at__lte=now - REMIND, reminders__lt=MOST_REMINDERS)
    return done + sum(remind(pk, now=now) for pk in list(calls.values_list("pk", flat=True)))


def missed_checks(now: datetime) -> list[int]:
    """Checks that nobody answered in time, and whose next in the chain is to be told by now."""
    late = WelfareCheck.objects.filter(done_at=None, due_at__lte=now - GRACE)
    found = late.filter(Q(told_at=None) | Q(told_at__lte=now - STEP)).select_related("plan").order_by("due_at", "pk")
    return [one.pk for one in found if one.told == 0 or one.told < len(chain.people(one.plan))]


@unattended("safety.check_missed", Via.WORKER)
def pass_on(check_id: int, *, now: datetime | None = None) -> Done[int]:
    """Tell the next of the chain that an officer did not answer: first the coordinator."""
    now = now or timezone.now()
    check = WelfareCheck.objects.select_for_update(of=("self",)).select_related("plan", "plan__coordinator").get(pk=check_id)
    told = chain.people(check.plan)
    is_due = check.done_at is None and (check.told_at is None or check.told_at <= now - STEP) and check.told < max(len(told), 1)
    if not is_due:  # answered, or another worker was quicker
        return Done(0, f"plan:{check.plan_id}", {"check": check_id, "told": 0})
    if told:
        url = reverse("safety:plan", args=[check.plan_id])
        tell("safety_missed", url=url, person=told[check.told], data={"plan": check.plan.code, "officer": check.officer})
    WelfareCheck.objects.filter(pk=check_id).update(told=F("told") + 1, told_at=now)
    CheckEvent.objects.create(check_of=check, what=CheckStep.MISSED, told=check.told + 1, is_late=True, at=now)
    return Done(1, f"plan:{check.plan_id}", {"check": check_id, "told": check.told + 1})
