"""Reads of the register. Lists start from the cases that the reader may know of; what is overdue is read off the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, Subquery

from andon.console.casework import visible
from andon.console.casework.models import LEADING, WORKING, Membership, in_force
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.identities.codes import Moved, State, Step
from andon.console.undercover.identities.models import AddressCheck, Document, Identity, Movement, Officer, Showing, Slip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_SETTLED = Q(reconciled_at__isnull=False, state__in=(State.LOST, State.DESTROYED))
_STILL_RUNNING = (PlanState.APPROVED, PlanState.NOTIFIED, PlanState.ACTIVE, PlanState.SUSPENDED)


def documents(person: Person) -> QuerySet[Document]:
    """The documents of the cases that the person may know of. Every page, list and count of documents starts here."""
    return Document.objects.filter(plan__case__in=visible.cases(person)).select_related("plan__case", "identity", "place")


def identities(plan: Plan) -> QuerySet[Identity]:
    """Identities of a plan with what the last look for their address gave (`looked`, `looked_at`)."""
    last = AddressCheck.objects.filter(identity=OuterRef("pk")).order_by("-id")
    looked = {"looked": Subquery(last.values("result")[:1]), "looked_at": Subquery(last.values("at")[:1])}
    return plan.identities.annotate(**looked, looked_lines=Subquery(last.values("lines")[:1])).select_related("by")


def overdue(found: QuerySet[Document], now: datetime) -> QuerySet[Document]:
    """Documents of `found` that should be back: their time is over, or there is no authority left to have them out for."""
    late = Q(due_at__lt=now) | ~Q(plan__state=PlanState.ACTIVE) | Q(plan__ends_at__lte=now)
    return found.filter(late, state=State.OUT)


def unsettled(found: QuerySet[Document]) -> QuerySet[Document]:
    """Those with which something is left to do."""
    return found.exclude(_SETTLED)


def unreconciled(plan: Plan) -> QuerySet[Document]:
    """What of a plan stands in the way of its closing (D4): neither destroyed nor lost, or not looked at by two people since it last moved."""
    return unsettled(Document.objects.filter(plan=plan))


def to_reconcile(found: QuerySet[Document]) -> QuerySet[Document]:
    """Documents of operations that are over, which two people have not looked at since they last moved."""
    return found.filter(reconciled_at=None).exclude(plan__state__in=_STILL_RUNNING)


def to_destroy(found: QuerySet[Document]) -> QuerySet[Document]:
    """Documents of operations that are over, reconciled and still there."""
    return found.filter(reconciled_at__isnull=False, state=State.STORED).exclude(plan__state__in=_STILL_RUNNING)


def waiting(person: Person, now: datetime) -> QuerySet[Slip]:
    """What waits for this person as the second one."""
    mine = Membership.objects.filter(in_force(now), person=person.pk, case=OuterRef("plan__case"))
    roles = Subquery(mine.values("role")[:1])
    found = Slip.objects.filter(ended_at=None, plan__case__in=visible.cases(person)).exclude(by=person.pk).annotate(role=roles)
    led = (Step.RECONCILE.value, Step.DESTROY.value)
    return found.filter(Q(role__in=WORKING) & ~Q(step__in=led) | Q(role__in=LEADING)).select_related("plan__case", "document", "by").order_by("at")


def chain(document: Document) -> QuerySet[Movement]:
    """Every movement of a document, the latest first."""
    return document.movements.select_related("by", "second", "place").order_by("-number")


def counts(plans: Iterable[Plan], now: datetime) -> dict[int, dict[str, int]]:
    """By plan: how many documents came, are out, are overdue, are left to settle. In two questions for any number of plans."""
    found = Document.objects.filter(plan__in=[plan.pk for plan in plans]).order_by()
    made = found.values("plan").annotate(issued=Count("pk"), out=Count("pk", filter=Q(state=State.OUT)), left=Count("pk", filter=~_SETTLED))
    late = dict(overdue(found, now).values_list("plan").annotate(number=Count("pk")))
    return {row["plan"]: {**row, "overdue": late.get(row["plan"], 0)} for row in made}


def showings(plan: Plan) -> QuerySet[Showing]:
    """What was shown under a plan, the latest first."""
    return plan.showings.select_related("document", "by").order_by("-happened_at", "-pk")


def results(plan: Plan) -> dict[str, int | str]:
    """What came of a plan so far, for renewals and reviews."""
    return {"showings": plan.showings.count()}


def records(plan: Plan) -> dict[str, Officer | None]:
    """Each code of the plan, and its sealed record where there is one."""
    there = {one.code: one for one in Officer.objects.filter(plan=plan).select_related("by").prefetch_related("openings__by")}
    return {code: there.get(code) for code in sorted({*plan.operators, *there})}


def out_spans(plan_ids: Iterable[int]) -> QuerySet[Movement]:
    """Hand-outs and what ended them, for a line of time."""
    ends = (Moved.HANDED_OUT, Moved.RETURNED, Moved.LOST)
    found = Movement.objects.filter(document__plan__in=list(plan_ids), what__in=ends).select_related("document__plan")
    return found.order_by(F("document"), F("number"))
