"""Who is out right now, and the safety of one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.contactlog.actions.common import LOGGING
from andon.console.undercover.safety import chain, queries
from andon.console.undercover.safety.actions.common import leads
from andon.console.undercover.safety.actions.consenting import without_consent
from andon.console.undercover.safety.forms import BriefForm, ChainForm, CheckForm, ConsentForm
from andon.console.undercover.safety.models import Alarm, Briefing, Consent, Outing, WelfareCheck

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_MOST = 50
_LOGGED_EVERY = 600  # seconds, as the board of meetings


def _seen(request: HttpRequest) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    if cache.add(f"safety-now-{actor.person.pk}", value=True, timeout=_LOGGED_EVERY):
        gate.saw(actor, "safety.listed")
    return {
        "out": queries.out_now(actor.person, now), "missed": queries.missed(actor.person, now)[:_MOST],
        "coming": queries.coming(actor.person, now)[:_MOST],
        "alarms": queries.alarms(actor.person).filter(resolved_at=None)[:_MOST],
        "now": now, "logs": actor.person.may(Right.CONTACT_LOG),
    }  # fmt: skip


@page(Right.CASE_READ)
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """Officers who are out, checks, calls for help: of the plans that the person may know of."""
    return render(request, "safety/now.html", _seen(request))


@page(Right.CASE_READ)
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The same, for the page that refreshes itself."""
    return render(request, "safety/_now.html", _seen(request))


@plan_page(event="safety.opened")
@require_GET
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Consent, chain, checks and calls of a plan."""
    return show(request, plan)


def show(request: HttpRequest, plan: Plan, tried: Form | None = None) -> HttpResponse:
    """The page of a plan; `tried` is a form that was refused."""
    person, at = actor_of(request).person, timezone.now()
    logs = person.may(Right.CONTACT_LOG) and bool(visible.roles_in(person, plan.case_id) & LOGGING)
    checks = list(WelfareCheck.objects.filter(plan=plan).prefetch_related("events").order_by("-due_at")[:_MOST])
    context: dict[str, Any] = {
        "plan": plan, "case": plan.case, "now": at, "logs": logs, "leads": logs and leads(person, plan, now=at), "officers": _officers(plan),
        "without": without_consent(plan), "links": chain.links(plan), "in_chain": chain.is_in(person, plan), "need": queries.need_of(plan, at),
        "missed": [one for one in checks if queries.is_missed(one, at)],
        "left": [one for one in reversed(checks) if one.done_at is None and not queries.is_missed(one, at)],
        "done": [(one, list(one.events.all())[-1]) for one in checks if one.done_at is not None],
        "out": Outing.objects.filter(plan=plan, back_at=None, dropped_at=None, starts_at__lte=at), "tried": tried,
        "alarms": Alarm.objects.filter(plan=plan),
    }  # fmt: skip
    return render(request, "safety/plan.html", context | _forms(plan, tried, person), status=422 if tried else 200)


def _officers(plan: Plan) -> list[tuple[str, Any, Any]]:
    """Each code with its last briefing and its last word on consent."""
    briefed = {one.officer: one for one in Briefing.objects.filter(plan=plan).select_related("by")}
    said = {one.officer: one for one in Consent.objects.filter(plan=plan)}
    return [(code, briefed.get(code), said.get(code)) for code in plan.operators]


def _forms(plan: Plan, tried: Form | None, _person: Person) -> dict[str, Any]:
    made: dict[str, Any] = {"brief_form": BriefForm, "consent_form": ConsentForm, "chain_form": ChainForm, "check_form": CheckForm}
    ids = {name: f"id_{name}_%s" for name in made}
    return {name: tried if isinstance(tried, kind) else kind(plan=plan, auto_id=ids[name]) for name, kind in made.items()}
