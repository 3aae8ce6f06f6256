"""Reads of safety. Lists start from the plans that the reader may know of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.casework.models import Membership, in_force
from andon.console.staff.rights import Right
from andon.console.undercover.authority import queries as authority
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.contactlog.actions.common import LOGGING
from andon.console.undercover.safety.actions import alarming
from andon.console.undercover.safety.models import Alarm, Outing, WelfareCheck
from andon.console.undercover.safety.rules import CALL_AFTER, GRACE

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody who is out, with the check that comes next."""

    outing: Outing
    check: WelfareCheck | None
    is_missed: bool
    is_due: bool


def out_now(person: Person, now: datetime) -> list[Out]:
    """Who of the plans that the person may know of is out. Two questions."""
    found = Outing.objects.filter(plan__in=authority.plans(person).values("pk"), back_at=None, dropped_at=None, starts_at__lte=now)
    rows = list(found.select_related("plan", "plan__case", "plan__coordinator").order_by("starts_at", "pk"))
    left: dict[tuple[int, str], WelfareCheck] = {}
    for check in WelfareCheck.objects.filter(plan__in={one.plan_id for one in rows}, done_at=None).order_by("-due_at"):
        left[check.plan_id, check.officer] = check
    return [_out(one, left.get((one.plan_id, one.officer)), now) for one in rows]


def _out(outing: Outing, check: WelfareCheck | None, now: datetime) -> Out:
    return Out(outing, check, is_missed=is_missed(check, now), is_due=check is not None and check.due_at <= now)


def is_missed(check: WelfareCheck | None, now: datetime) -> bool:
    """Whether nobody answered in time."""
    return check is not None and check.done_at is None and check.due_at + GRACE <= now


def missed(person: Person, now: datetime) -> QuerySet[WelfareCheck]:
    """Checks of the person's plans that were not answered in time."""
    late = WelfareCheck.objects.filter(plan__in=authority.plans(person).values("pk"), done_at=None, due_at__lte=now - GRACE)
    return late.select_related("plan", "plan__case").order_by("due_at")


def coming(person: Person, now: datetime) -> QuerySet[WelfareCheck]:
    """Checks of the person's plans that are due or will be, and not missed."""
    next_ = WelfareCheck.objects.filter(plan__in=authority.plans(person).values("pk"), done_at=None, due_at__gt=now - GRACE)
    return next_.select_related("plan", "plan__case").order_by("due_at")


def alarms(person: Person) -> QuerySet[Alarm]:
    """Calls for help of the plans that the person may know of."""
    return Alarm.objects.filter(plan__in=authority.plans(person).values("pk")).select_related("plan", "plan__case", "plan__coordinator")


def to_call_for(person: Person, now: datetime) -> QuerySet[Plan]:
    """The plans for which the person can call for help."""
    if not person.may(Right.CONTACT_LOG):
        return Plan.objects.none()
    mine = Membership.objects.filter(in_force(now), person=person.pk, role__in=LOGGING).values("case")
    lately = Q(ends_at__gte=now - CALL_AFTER) | ~Q(state=State.ENDED)
    found = authority.plans(person).filter(lately, case__in=mine, case__state="open", state__in=alarming.CALLING)
    return found.order_by("-changed_at", "-pk")


def need_of(plan: Plan, now: datetime) -> str:
    """Whether a number is needed now: somebody calls for help, or did not answer."""
    if Alarm.objects.filter(plan=plan, resolved_at=None).exists():
        return "help"
    return "missed" if WelfareCheck.objects.filter(Q(done_at=None), plan=plan, due_at__lte=now - GRACE).exists() else ""
