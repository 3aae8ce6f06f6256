"""Plans: the list, a new one, one, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.casework.doors import case_page
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority import queries, standing
from andon.console.undercover.authority.actions import drafting
from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.authority.errors import all_errors
from andon.console.undercover.authority.forms import ActForm, ErrorForm, PlanForm, UnrelatedForm
from andon.console.undercover.authority.listing import TABS, listed
from andon.console.undercover.authority.moving import may_try
from andon.console.undercover.authority.offered import OFFERS
from andon.console.undercover.authority.views.common import did
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case
    from andon.console.undercover.authority.models import Plan

PER_PAGE = 50
_TEXTS = ("necessity", "alternatives", "proportionality", "collateral", "confidential", "abort_point")


@page(Right.CASE_READ)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the person may know of, by what they ask for."""
    actor, now = actor_of(request), timezone.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    found = Paginator(listed(actor.person, tab), PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor, "authority.listed", "", {"tab": tab, "plans": len(found)})
    due = [one for one in queries.reviews_due(now).filter(plan__in=queries.plans(actor.person)) if one.plan.state in (State.ACTIVE, State.SUSPENDED)]
    return render(request, "authority/plans.html", {"page_obj": found, "tab": tab, "tabs": TABS, "due": due, "now": now})


@case_page(Right.PLAN_APPLY, event="authority.listed")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin a plan."""
    form = PlanForm(request.POST if request.method == "POST" else None, case=case)
    made: list[Plan] = []
    if form.is_valid() and did(form, lambda: made.append(drafting.draft(actor_of(request), case.pk, form.content()))):
        messages.success(request, say("authority.done.write", language()))
        return redirect("authority:plan", made[0].pk)
    return render(request, "authority/edit.html", {"form": form, "case": case}, status=422 if form.errors else 200)


@plan_page(Right.PLAN_APPLY)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Change a draft."""
    if plan.state != State.DRAFT or plan.applicant_id != request.user.pk:
        raise Http404
    form = PlanForm(request.POST if request.method == "POST" else None, case=plan.case, plan=plan)
    if form.is_valid() and did(form, lambda: drafting.write(actor_of(request), plan.pk, form.content())):
        messages.success(request, say("authority.done.write", language()))
        return redirect("authority:plan", plan.pk)
    return render(request, "authority/edit.html", {"form": form, "case": plan.case, "plan": plan}, status=422 if form.errors else 200)


@plan_page()
@require_GET
def plan(request: HttpRequest, one: Plan) -> HttpResponse:
    """One plan: where it stands, what is missing, what it says, what became of it."""
    return show(request, one)


@plan_page()
@require_POST
def do(request: HttpRequest, one: Plan, verb: str) -> HttpResponse:
    """Do one of the verbs that are no decision."""
    return _do(request, one, verb, decides=False)


@plan_page(Right.PLAN_APPROVE, grave=True)
@require_POST
def decide(request: HttpRequest, one: Plan, verb: str) -> HttpResponse:
    """Do one of the approver's verbs, freshly signed in."""
    return _do(request, one, verb, decides=True)


def _do(request: HttpRequest, one: Plan, named: str, *, decides: bool) -> HttpResponse:
    verb = Verb(named) if named in Verb.values else None
    if verb is None or verb not in OFFERS or OFFERS[verb].decides != decides:
        raise Http404
    form = ActForm(verb, one, request.POST)
    if form.is_valid() and did(form, lambda: OFFERS[verb].do(actor_of(request), one.pk, form.given())):
        messages.success(request, say("authority.done", language(), verb=say(f"authority.verb.{verb}", language())))
        return redirect("authority:plan", one.pk)
    return show(request, one, {verb: form})


def show(request: HttpRequest, plan: Plan, tried: dict[Verb, ActForm] | None = None, error_form: ErrorForm | None = None) -> HttpResponse:
    """The page; `tried` holds a form that was refused, `error_form` a report that was not whole."""
    actor, now, tried = actor_of(request), timezone.now(), tried or {}
    verbs = [] if visible.inspects(actor.person, plan.case_id) else [verb for verb in may_try(actor, plan, now) if verb in OFFERS]
    offers = [(verb, OFFERS[verb], tried.get(verb) or ActForm(verb, plan)) for verb in verbs]
    waits = standing.waiting(plan)
    offers = [offer for offer in offers if _is_ripe(offer[0], waits)]
    step, items = standing.missing(actor, plan, now)
    deciding = standing.deciding(actor, plan) if any(offer.decides for _, offer, _ in offers) or plan.applicant_id == actor.person.pk else None
    context: dict[str, Any] = {
        "plan": plan, "line": standing.line(plan), "step": step, "items": items, "lacking": [item for item in items if not item.is_true],
        "unseen": any(item.is_unseen for item in items),
        "offers": offers, "waits": waits, "why_not": standing.why_not(plan, now), "now": now, "next_review": standing.next_review(plan),
        "deciding": deciding, "copied": _named(deciding), "texts": [(name, getattr(plan, name)) for name in _TEXTS],
        "errors": all_errors().filter(plan=plan),
        "error_form": error_form or ErrorForm(), "unrelated_form": UnrelatedForm(),
        "events": plan.events.select_related("by").order_by("-id"), "grants": plan.grants.select_related("by"),
        "versions": plan.versions.select_related("by"),
        "reviews": plan.reviews.filter(dropped_at=None).select_related("by"),
        "unrelated": plan.unrelated.select_related("by", "answered_by").order_by("pk"), "notices": plan.notices.select_related("by"),
        "works": actor.person.pk in (plan.coordinator_id, plan.applicant_id), "approves": actor.person.may(Right.PLAN_APPROVE),
        "may_edit": Verb.WRITE in may_try(actor, plan, now), "wrong": next(iter(tried), None),
    }  # fmt: skip
    return render(request, "authority/plan.html", context, status=422 if tried or error_form else 200)


def _named(deciding: standing.Deciding | None) -> str:
    """The copied texts by name, with how much of each stands elsewhere."""
    found = deciding.copied if deciding else []
    between = "、" if language() == "ja" else ", "
    return between.join(f"{say(f'authority.field.{one.field}', language())} {one.percent}%" for one in found)


def _is_ripe(verb: Verb, waits: dict[str, Any]) -> bool:
    """Whether a verb about a renewal or an amendment has one to be about."""
    about = {Verb.RENEW: "renewal", Verb.REFUSE_RENEWAL: "renewal", Verb.AMEND: "amendment", Verb.REFUSE_AMENDMENT: "amendment"}.get(verb)
    asks = {Verb.ASK_RENEWAL: "renewal", Verb.ASK_AMENDMENT: "amendment"}.get(verb)
    return (about is None or waits[about] is not None) and (asks is None or waits[asks] is None)
