"""What the page of a case shows of its contacts, and what lifting a stop and closing a plan ask of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.timeline import Moment
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import Verb
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.contactlog.models import LogEntry, Outcome
from andon.console.undercover.contactlog.queries import last_stage, outcome_of, standing_steps, waiting
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person

_EXCERPT, _MOST = 60, 80  # characters; contacts on one line of time
_TONES: dict[str, Tone] = {"arrested": "done", "nobody_met": "quiet", "contact_lost": "against", "cancelled": "quiet"}


def words_wait(plan: Plan, _now: datetime) -> str | None:
    """Raised words that the coordinator has not answered for stand in the way of going on and of closing."""
    return "log_words_wait" if waiting(LogEntry.objects.filter(plan=plan)).exists() else None


def outcome_missing(plan: Plan, _now: datetime) -> str | None:
    """A plan that was carried out is closed with an outcome."""
    carried = plan.events.filter(verb=Verb.BEGIN).exists()
    return "log_outcome_missing" if carried and not plan.outcomes.exists() else None


def moments(case: Case, person: Person) -> Iterator[Moment]:
    """Contacts, stages and outcomes."""
    if not visible.opens(person, case, Right.CASE_READ):
        return
    found = LogEntry.objects.filter(case=case)
    latest = list(found.order_by("-happened_at", "-pk")[:_MOST])
    yield from map(_contact, latest)
    if len(latest) == _MOST and (more := found.count() - _MOST):
        label = say("contactlog.moment.earlier", language(), count=more)
        yield Moment(latest[-1].happened_at, "contact", label, reverse("contactlog:logs"), "contact")
    for step in standing_steps().filter(case=case).select_related("plan"):
        label = say("contactlog.moment.stage", language(), stage=say(f"contactlog.stage.{step.stage}", language()))
        yield Moment(step.happened_at, "outcome", label, reverse("contactlog:log", args=[step.plan_id]), "contact", {"who": step.plan.code})
    for outcome in Outcome.objects.filter(case=case).select_related("plan", "by"):
        label = say(f"contactlog.result.{outcome.result}", language())
        data = {"who": outcome.by.name, "note": outcome.text}
        yield Moment(outcome.happened_at, "outcome", label, reverse("contactlog:log", args=[outcome.plan_id]), _TONES[outcome.result], data)


def _contact(entry: LogEntry) -> Moment:
    """A contact in a few words: who turned to whom, and how it began."""
    words = " ".join(entry.words.split())
    label = say(f"contactlog.moment.{entry.direction}", language(), officer=entry.officer, other=entry.other or "—")
    tone: Tone = "warn" if not entry.is_permitted else "contact"
    note = f"{words[:_EXCERPT]}{'…' if len(words) > _EXCERPT else ''}" or entry.exhibit
    return Moment(entry.happened_at, "contact", label, reverse("contactlog:entry", args=[entry.pk]), tone, {"note": note})


def panel(case: Case, person: Person) -> dict[str, Any] | None:
    """The logs of the case's plans, one line each; nothing for a case of another kind."""
    if case.kind != case.Kind.UNDERCOVER:
        return None
    plans = list(Plan.objects.filter(case=case).exclude(state__in=("draft", "submitted", "refused")).order_by("-pk"))
    now = timezone.now()
    rows = [_line(plan) for plan in plans]
    uncovered = case.log.filter(plan=None).count()
    return {"rows": rows, "now": now, "uncovered": uncovered, "logs": person.may(Right.CONTACT_LOG)}


def _line(plan: Plan) -> dict[str, Any]:
    found = LogEntry.objects.filter(plan=plan)
    return {
        "plan": plan, "entries": found.count(), "waits": waiting(found).count(), "outside": found.exclude(outside="", beyond=[]).count(),
        "stage": last_stage(plan), "outcome": outcome_of(plan), "last": found.order_by("-happened_at").first(),
    }  # fmt: skip
