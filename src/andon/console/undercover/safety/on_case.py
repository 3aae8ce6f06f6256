"""What the page of a case shows of safety: consent, who is out, what was missed, calls for help. Officers by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from andon.console.casework.timeline import Moment
from andon.console.frame.templatetags.desk import language
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.safety.actions.consenting import without_consent
from andon.console.undercover.safety.codes import AlarmStep, CheckStep
from andon.console.undercover.safety.models import Alarm, AlarmEvent, CheckEvent, Consent, Outing, WelfareCheck
from andon.console.undercover.safety.rules import GRACE
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person

_SHOWN = (AlarmStep.PRESSED, AlarmStep.TAKEN, AlarmStep.RESOLVED)
_BEFORE = (State.DRAFT, State.REFUSED)


def moments(case: Case, _person: Person) -> Iterator[Moment]:
    """Consents, checks that were missed, calls for help."""
    for one in Consent.objects.filter(plan__case=case).select_related("plan"):
        tone: Tone = "done" if one.what == "given" else "warn"
        yield _moment(one.at, f"safety.moment.{one.what}", one.plan_id, tone, officer=one.officer)
    for missed in CheckEvent.objects.filter(check_of__plan__case=case, what=CheckStep.MISSED, told=1).select_related("check_of"):
        yield _moment(missed.at, "safety.moment.missed", missed.check_of.plan_id, "warn", officer=missed.check_of.officer)
    for event in AlarmEvent.objects.filter(alarm__case=case, what__in=_SHOWN).select_related("alarm"):
        code = f"safety.resolution.{event.resolution}" if event.resolution else f"safety.moment.{event.what}"
        label = say(code, language(), officer=event.alarm.officer or "—")
        tone = "warn" if event.what == AlarmStep.PRESSED else "done"
        yield Moment(event.at, "safety", label, reverse("safety:alarm", args=[event.alarm_id]), tone)


def _moment(at: Any, code: str, plan_id: int, tone: Tone, **data: object) -> Moment:  # noqa: ANN401 - a time
    return Moment(at, "safety", say(code, language(), **data), reverse("safety:plan", args=[plan_id]), tone)


def panel(case: Case, _person: Person) -> dict[str, Any] | None:
    """A line for each plan; nothing for a case of another kind."""
    if case.kind != case.Kind.UNDERCOVER:
        return None
    now = timezone.now()
    plans = list(Plan.objects.filter(case=case).exclude(state__in=_BEFORE).order_by("-pk"))
    late = WelfareCheck.objects.filter(plan__case=case, done_at=None, due_at__lte=now - GRACE)
    counted: dict[int, int] = {}
    for plan_id in late.values_list("plan", flat=True):
        counted[plan_id] = counted.get(plan_id, 0) + 1
    out = Outing.objects.filter(plan__case=case, back_at=None, dropped_at=None, starts_at__lte=now)
    calls = {one.plan_id: one for one in Alarm.objects.filter(case=case, resolved_at=None)}
    rows = [(plan, without_consent(plan), counted.get(plan.pk, 0), calls.get(plan.pk)) for plan in plans]
    return {"rows": rows, "out": list(out)}
