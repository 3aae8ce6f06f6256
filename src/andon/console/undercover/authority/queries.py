"""Reading authority: whether there is one at a time, why not, the plans that a person may know of, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.casework import visible
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import Amendment, Asked, Plan, PlanEvent, Renewal, Review
from andon.console.undercover.authority.rules import rules

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person


class Reason(StrEnum):
    """Why nobody may be contacted under a plan at a time. Said by `wording` (authority.reason.*)."""

    NOT_APPROVED = "not_approved"
    NOT_NOTIFIED = "not_notified"
    NOT_BEGUN = "not_begun"
    SUSPENDED = "suspended"
    REVIEW_MISSED = "review_missed"
    BEFORE_PERIOD = "before_period"
    AFTER_PERIOD = "after_period"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Authority:
    """What stood at a time: the plan, by whose decision, and its period."""

    plan_id: int
    approver_id: int | None
    starts_at: datetime
    ends_at: datetime
    version: int


_OVER = frozenset({State.ENDED.value, State.CANCELLED.value, State.REFUSED.value, State.CLOSED.value})
_WHY = {
    State.DRAFT.value: Reason.NOT_APPROVED, State.SUBMITTED.value: Reason.NOT_APPROVED, State.NOTIFIED.value: Reason.NOT_BEGUN,
    State.SUSPENDED.value: Reason.SUSPENDED,
}  # fmt: skip


def authority_at(of: Plan | Case, at: datetime) -> Authority | None:
    """The authority in force at that time: granted, notified while that is demanded, begun, not suspended, within its period, reviewed in time.

    Read off the events, which nobody can change, and the clock: a sweep that has not run yet takes nothing away.
    """
    plans = [of] if isinstance(of, Plan) else list(Plan.objects.filter(case=of).order_by("pk"))
    return next((found for found in (_authority(plan, at) for plan in plans) if not isinstance(found, Reason)), None)


def may_contact(plan: Plan, at: datetime) -> Reason | None:
    """Why nobody may be contacted under this plan at that time; nothing when somebody may."""
    found = _authority(plan, at)
    return found if isinstance(found, Reason) else None


def _authority(plan: Plan, at: datetime) -> Authority | Reason:
    last = PlanEvent.objects.filter(plan=plan, at__lte=at).order_by("-id").first()
    if last is None or last.starts_at is None or last.ends_at is None or last.after in _WHY:
        return _WHY.get(last.after, Reason.NOT_APPROVED) if last else Reason.NOT_APPROVED
    if last.after == State.APPROVED and rules().notice_to_npa:
        return Reason.NOT_NOTIFIED
    if last.after != State.ACTIVE or at >= last.ends_at:
        return _why_over(last, at)
    if at < last.starts_at:
        return Reason.BEFORE_PERIOD
    if missed_reviews(at).filter(plan=plan).exists():
        return Reason.REVIEW_MISSED
    return Authority(plan.pk, plan.approver_id, last.starts_at, last.ends_at, last.version)


def _why_over(last: PlanEvent, at: datetime) -> Reason:
    if last.ends_at and at >= last.ends_at:
        return Reason.AFTER_PERIOD
    return Reason.OVER if last.after in _OVER else Reason.NOT_BEGUN


def missed_reviews(at: datetime) -> QuerySet[Review]:
    """Reviews that at that time were due for longer than the grace allows, and neither done nor dropped by then."""
    late = Review.objects.filter(due_at__lt=at - rules().review_grace)
    return late.filter(Q(done_at=None) | Q(done_at__gt=at)).filter(Q(dropped_at=None) | Q(dropped_at__gt=at))


def reviews_due(at: datetime) -> QuerySet[Review]:
    """Reviews that have fallen due and wait to be done."""
    return Review.objects.filter(due_at__lte=at, done_at=None, dropped_at=None).select_related("plan", "plan__case")


# Plans


def plans(person: Person) -> QuerySet[Plan]:
    """The plans of the cases that the person may know of. Every page, list and count of plans starts here."""
    return Plan.objects.filter(case__in=visible.cases(person)).select_related("case", "unit", "applicant", "coordinator", "custodian", "approver")


def to_decide(person: Person) -> QuerySet[Plan]:
    """What waits for this approver: plans, renewals and amendments of the prefecture, and suspended operations."""
    waits = Q(state=State.SUBMITTED) | Q(state=State.SUSPENDED)
    for asked in (Renewal, Amendment):
        waits |= Q(pk__in=asked.objects.filter(answer=Asked.Answer.WAITING).values("plan"))
    return plans(person).filter(waits, prefecture=person.unit.prefecture).exclude(prefecture="").exclude(state__in=_OVER).order_by("changed_at", "pk")


def granted_plans() -> QuerySet[Plan]:
    """All plans that were ever granted, with their grants: the central record of authorisations (O4). For the inspector's desk, which shows all."""
    return Plan.objects.filter(grants__isnull=False).distinct().prefetch_related("grants", "events")
