"""Reads of the contact log. Lists start from the cases that the reader may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from andon.console.casework import visible
from andon.console.undercover.contactlog.codes import Direction, Stage
from andon.console.undercover.contactlog.models import Acknowledgement, Correction, LogEntry, Outcome, RaisedWords, Step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_FACTS = (
    "case_id", "plan_id", "number", "direction", "channel", "other", "known_as", "asks_id", "happened_at", "outside", "beyond", "words", "exhibit",
)  # fmt: skip
_CHOICES = 200


def entries(person: Person) -> QuerySet[LogEntry]:
    """The entries of the cases that the person may know of. Every page, list, count, search and export of the log starts here."""
    return LogEntry.objects.filter(case__in=visible.cases(person)).select_related("case", "plan", "by")


def marked(found: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """With `is_raised` and `waits` (raised, and the coordinator has not answered), and `corrected`."""
    raised = Exists(RaisedWords.objects.filter(entry=OuterRef("pk")))
    answered = Exists(Acknowledgement.objects.filter(entry=OuterRef("pk")))
    corrected = Exists(Correction.objects.filter(entry=OuterRef("pk")))
    return found.annotate(is_raised=raised, waits=raised & ~answered, corrected=corrected)


def waiting(found: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """Entries whose raised words the coordinator has not answered for."""
    raised = Exists(RaisedWords.objects.filter(entry=OuterRef("pk")))
    return found.filter(raised, acknowledgement=None)


def counts(plans: QuerySet[Plan]) -> dict[int, dict[str, Any]]:
    """By plan: how many contacts, how many of them outside, the last one. In one question, without dragging the plans' texts along."""
    outside = Count("pk", filter=~Q(outside="") | ~Q(beyond=[]))
    found = LogEntry.objects.filter(plan__in=plans.values("pk")).order_by().values("plan")
    return {row["plan"]: row for row in found.annotate(entries=Count("pk"), outside_count=outside, last=Max("happened_at"))}


def outside_entries(cases: QuerySet[Case]) -> QuerySet[LogEntry]:
    """Contacts that no authority covered: before it, after it, beyond it (O7). For the inspector's desk."""
    drifted = LogEntry.objects.filter(case__in=cases).exclude(outside="", beyond=[])
    return drifted.select_related("case", "plan", "by").order_by("-happened_at", "-pk")


def reached(plan: Plan) -> dict[str, Step]:
    """The stages that a plan has reached, without those taken back."""
    return {step.stage: step for step in standing_steps().filter(plan=plan).select_related("entry", "by")}


def standing_steps() -> QuerySet[Step]:
    """Steps that stand."""
    return Step.objects.filter(takes_back=None, taken_back=None).order_by("pk")


def last_stage(plan: Plan) -> str:
    """How far it came; nothing before an attempt."""
    there = reached(plan)
    return next((stage for stage in reversed(Stage.values) if stage in there), "")


def outcome_of(plan: Plan) -> Outcome | None:
    """The outcome as it stands."""
    return plan.outcomes.order_by("-pk").first()


def results(plan: Plan) -> dict[str, int | str]:
    """What came of a plan so far, for renewals and reviews."""
    counted = plan.log.aggregate(
        all=Count("pk"), out=Count("pk", filter=Q(direction=Direction.OUT)), outside=Count("pk", filter=~Q(outside="") | ~Q(beyond=[]))
    )
    return {"contacts": counted["all"], "outgoing": counted["out"], "outside": counted["outside"], "stage": last_stage(plan)}


def entry_facts(entry_id: int) -> dict[str, Any] | None:
    """What the apps below may ask of an entry by its number: the register of identities ties showings to them."""
    found: dict[str, Any] | None = LogEntry.objects.filter(pk=entry_id).values("pk", *_FACTS).first()
    return found


def papers(plan_id: int) -> list[dict[str, Any]]:
    """The latest entries of a plan that ask for papers or can have shown them, for the choices of a showing."""
    can = Q(direction=Direction.IN, asks_id=True) | Q(direction__in=(Direction.OUT, Direction.MET))
    found = LogEntry.objects.filter(can, plan=plan_id).order_by("-happened_at", "-pk")
    return list(found.values("pk", *_FACTS)[:_CHOICES])
