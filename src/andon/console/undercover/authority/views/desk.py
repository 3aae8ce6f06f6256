"""The approver's desk, and the state table for everybody who works with plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.staff.rights import Right
from andon.console.undercover.authority import queries, standing
from andon.console.undercover.authority.actions.unrelated import decide_unrelated, list_unrelated
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.authority.forms import UnrelatedForm
from andon.console.undercover.authority.models import Asked, Unrelated
from andon.console.undercover.authority.rules import rules
from andon.console.undercover.authority.states import TABLE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.authority.models import Plan


@page(Right.PLAN_APPROVE)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this approver, and what is under way in the prefecture."""
    actor = actor_of(request)
    waiting = list(queries.to_decide(actor.person))
    prefecture = actor.person.unit.prefecture
    running = list(queries.plans(actor.person).filter(state__in=(State.APPROVED, State.NOTIFIED, State.ACTIVE), prefecture=prefecture))
    gate.saw(actor, "authority.desk_opened", "", {"waiting": len(waiting)})
    rows = [(plan, standing.waiting(plan)) for plan in waiting]
    unrelated = Unrelated.objects.filter(answer=Asked.Answer.WAITING, plan__in=queries.plans(actor.person)).select_related("plan", "by")
    context = {"rows": rows, "running": running, "prefecture": prefecture, "unrelated": unrelated, "now": timezone.now()}
    return render(request, "authority/desk.html", context)


@page(Right.CASE_READ)
@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The state table, as the code executes it."""
    by_state = [(state, [row for row in TABLE if row.state == state]) for state in State]
    return render(request, "authority/table.html", {"by_state": by_state, "rules": rules()})


@plan_page(Right.CASE_WORK)
@require_POST
def add_unrelated(request: HttpRequest, plan: Plan) -> HttpResponse:
    """List material for destruction."""
    form = UnrelatedForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    list_unrelated(actor_of(request), plan.pk, given.get("what", ""), given.get("unrelated_why", ""))
    return redirect("authority:plan", plan.pk)


@page(Right.PLAN_APPROVE, grave=True)
@require_POST
def settle_unrelated(request: HttpRequest, unrelated_id: int) -> HttpResponse:
    """Decide on its destruction."""
    one = decide_unrelated(actor_of(request), unrelated_id, destroy=request.POST.get("to") == "destroy")
    return redirect("authority:plan", one.plan_id)
