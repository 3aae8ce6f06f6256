"""The board of planned meetings, kept fresh, and the meetings of one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.people import secret_box
from andon.console.people.prefectures import PREFECTURES
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.contactlog.actions.common import LOGGING
from andon.console.undercover.deconfliction import queries
from andon.console.undercover.deconfliction.actions.meet import Met, cancel_meeting, plan_meeting
from andon.console.undercover.deconfliction.forms import MeetingForm
from andon.console.undercover.deconfliction.models import Meeting
from andon.domain.errors import Conflict
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.authority.models import Plan

_LOGGED_EVERY = 600  # seconds: a board that refreshes itself is one reading, not twenty


def _seen(request: HttpRequest) -> dict[str, Any]:
    """The board as the person may see it; the reading is kept, that of a board left open every ten minutes."""
    actor = actor_of(request)
    wanted = request.GET.get("prefecture", "")
    wanted = wanted if wanted in PREFECTURES or wanted == actor.person.unit.prefecture else ""
    if cache.add(f"deconfliction-board-{actor.person.pk}-{wanted}", value=True, timeout=_LOGGED_EVERY):
        gate.saw(actor, "deconfliction.board_opened", "", {"prefecture": wanted})
    return {"days": queries.board(actor.person, prefecture=wanted), "wanted": wanted, "now": timezone.now()}


@page(Right.CASE_READ)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Who is where and when, blind for all but the own cases."""
    own = actor_of(request).person.unit.prefecture
    return render(request, "deconfliction/board.html", _seen(request) | {"prefectures": dict.fromkeys([*filter(None, [own]), *PREFECTURES])})


@page(Right.CASE_READ)
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The same, for the page that refreshes itself."""
    return render(request, "deconfliction/_board.html", _seen(request))


@plan_page(Right.CASE_READ)
@require_http_methods(["GET", "POST"])
def meetings(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The meetings of a plan, and the form of another."""
    actor, now = actor_of(request), timezone.now()
    form = MeetingForm(request.POST if request.method == "POST" else None, plan=plan)
    made: list[Met] = []
    if form.is_valid() and did(form, lambda: made.append(plan_meeting(actor, plan.pk, form.where()))):
        messages.success(request, say("deconfliction.done.planned", language()))
        if found := len(made[0].clashes):
            messages.warning(request, say("deconfliction.done.found", language(), count=found))
        return redirect("deconfliction:meetings", plan.pk)
    logs = actor.person.may(Right.CONTACT_LOG) and bool(visible.roles_in(actor.person, plan.case_id) & LOGGING)
    rows = [(one, secret_box.unlock(one.place) if one.place else "") for one in Meeting.objects.filter(plan=plan, cancelled_at=None, ends_at__gt=now)]
    context = {"plan": plan, "form": form, "rows": rows, "logs": logs, "lines": queries.lines(actor.person, queries.open_of(plan)), "now": now}
    return render(request, "deconfliction/meetings.html", context, status=422 if form.errors else 200)


@plan_page(Right.CONTACT_LOG)
@require_POST
def cancel(request: HttpRequest, plan: Plan, meeting_id: int) -> HttpResponse:
    """Take a meeting off the board."""
    if not Meeting.objects.filter(plan=plan, pk=meeting_id).exists():
        raise Conflict(reason="meeting_unknown", name=f"meeting:{meeting_id}")
    cancel_meeting(actor_of(request), meeting_id)
    messages.success(request, say("deconfliction.done.cancelled", language()))
    return redirect("deconfliction:meetings", plan.pk)
