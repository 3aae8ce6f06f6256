"""The screen for calling for help, made for one hand, and the page of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.safety import chain, queries
from andon.console.undercover.safety.actions import alarming
from andon.console.undercover.safety.actions.common import leads
from andon.console.undercover.safety.codes import AlarmStep
from andon.console.undercover.safety.forms import ResolveForm
from andon.console.undercover.safety.models import Alarm, WelfareCheck
from andon.console.undercover.safety.rules import GRACE, REMIND
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor

_MOST_PLANS = 12


@page(Right.CONTACT_LOG)
@require_GET
def help_screen(request: HttpRequest) -> HttpResponse:
    """One large button for each plan (mostly one), and the checks that wait for an answer. No typing, two taps at most."""
    person, now = actor_of(request).person, timezone.now()
    plans = list(queries.to_call_for(person, now)[:_MOST_PLANS])
    waits = WelfareCheck.objects.filter(plan__in=plans, done_at=None, due_at__lte=now + GRACE).select_related("plan").order_by("due_at")
    calls = {one.plan_id: one for one in Alarm.objects.filter(plan__in=plans, resolved_at=None)}
    rows = [(plan, calls.get(plan.pk)) for plan in plans]
    return render(request, "safety/help.html", {"rows": rows, "waits": waits[:_MOST_PLANS], "one": len(plans) == 1})


@page(Right.CONTACT_LOG)
@require_POST
def press(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Call for help."""
    made = alarming.press(actor_of(request), plan_id)
    return redirect("safety:alarm", made.pk)


def _of(actor: Actor, alarm_id: int) -> Alarm:
    found = queries.alarms(actor.person).filter(pk=alarm_id).first()
    if found is None:
        raise Http404
    return found


@require_GET
def alarm(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """A call: for who pressed, that it was heard; for the others, what to do; for the inspector of a sample, what became of it."""
    case = Alarm.objects.filter(pk=alarm_id).values_list("case", flat=True).first()
    inspects = case is not None and isinstance(request.user, Person) and visible.inspects(request.user, case)
    return page(Right.INSPECT if inspects else Right.CASE_READ)(_opened)(request, alarm_id)


def _opened(request: HttpRequest, alarm_id: int) -> HttpResponse:
    actor = actor_of(request)
    found = _of(actor, alarm_id)
    gate.saw(actor, "safety.alarm_opened", f"alarm:{alarm_id}")
    return _show(request, found)


def _show(request: HttpRequest, found: Alarm, tried: ResolveForm | None = None) -> HttpResponse:
    person, now = actor_of(request).person, timezone.now()
    pressed = found.presser == chain.hash_of(person)
    open_ = found.resolved_at is None
    in_chain = chain.is_in(person, found.plan) or leads(person, found.plan, now=now)
    coordinates = found.plan.coordinator_id == person.pk or (
        found.plan.coordinator is not None and found.presser == chain.hash_of(found.plan.coordinator) and leads(person, found.plan, now=now)
    )
    events = list(found.events.select_related("by").order_by("pk"))
    context: dict[str, Any] = {
        "alarm": found, "plan": found.plan, "pressed": pressed, "events": events, "minutes": int(REMIND.total_seconds() // 60),
        "taken": [one for one in events if one.what == AlarmStep.TAKEN], "last": events[-1] if events else None,
        "may_take": open_ and not pressed and in_chain and person.may(Right.CONTACT_LOG),
        "may_resolve": open_ and not pressed and coordinates and person.may(Right.CASE_WORK), "form": tried or ResolveForm(), "is_open": open_,
        "links": chain.links(found.plan) if in_chain else [],
    }  # fmt: skip
    return render(request, "safety/alarm.html", context, status=422 if tried else 200)


@page(Right.CONTACT_LOG)
@require_POST
def take(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """See to it."""
    actor = actor_of(request)
    _of(actor, alarm_id)
    alarming.take(actor, alarm_id)
    messages.success(request, say("safety.done.take", language()))
    return redirect("safety:alarm", alarm_id)


@page(Right.CASE_WORK)
@require_POST
def resolve(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Write down how it ended."""
    actor = actor_of(request)
    found = _of(actor, alarm_id)
    form = ResolveForm(request.POST)
    if form.is_valid() and did(form, lambda: alarming.resolve(actor, alarm_id, form.cleaned_data["how"], form.cleaned_data["result_text"])):
        messages.success(request, say("safety.done.resolve", language()))
        return redirect("safety:alarm", alarm_id)
    return _show(request, found, form)
