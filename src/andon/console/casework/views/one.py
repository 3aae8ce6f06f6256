"""The page of one case: its line of time, what other apps know, members and links; and what becomes of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from andon.console.casework import visible
from andon.console.casework.actions import life
from andon.console.casework.doors import case_page
from andon.console.casework.forms import TakeUpForm, TitleForm, WhyForm
from andon.console.casework.models import LEADING, WORKING, Case
from andon.console.casework.panels import panels
from andon.console.casework.queries.parts import links, members
from andon.console.casework.queries.story import story
from andon.console.casework.timeline import moments
from andon.console.casework.views.common import did
from andon.console.casework.views.lists import csv_answer, plain_cell
from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import jst, language
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.queries.story import Story

_EVERYTHING = 100_000


@case_page()
@require_GET
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The page."""
    return _page(request, case)


def _page(request: HttpRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:  # noqa: ANN401 - forms by their name
    return render(request, "casework/case.html", _context(request, case) | forms, status=status)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    person = actor_of(request).person
    roles = visible.roles_in(person, case.pk)
    lane = request.GET.get("lane", "")
    everything = "all" in request.GET
    drawn: Story = story(case, person, lane, shown=_EVERYTHING) if everything else story(case, person, lane)
    may_lead = bool(roles & frozenset(LEADING)) and person.may(Right.CASE_WORK)
    may_work = bool(roles & frozenset(WORKING)) and person.may(Right.CASE_WORK) and case.is_open
    here, gone = members(case, person, roles)
    filled = [(panel, render_to_string(panel.template, context, request)) for panel, context in panels(case, person)]
    may_take = case.state == Case.State.PROPOSED and person.may(Right.CASE_WORK) and case.unit_id == person.unit_id
    return {
        "case": case, "story": drawn, "lane": lane if lane in drawn.counts else "", "members": here, "gone": gone,
        "linked": links(case, person, may_work=may_work), "panels": filled, "may_lead": may_lead, "may_work": may_work, "may_take": may_take,
        "inspects": visible.inspects(person, case.pk), "taking": TakeUpForm(initial={"kind": case.kind}) if may_take else None, "why": WhyForm(),
        "last_event": case.events.select_related("by").last(),
    }  # fmt: skip


@case_page(event="casework.exported_one")
@require_GET
def timeline(request: HttpRequest, case: Case) -> HttpResponse:
    """The line of time as CSV, as far as the reader may know it."""
    person = actor_of(request).person
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(f"casework.column.{column}", language()) for column in ("at", "until", "lane", "what", "who")])
    for one in moments(case, person):
        lane = say(f"moment.{one.code}", language())
        cells = (jst(one.at), jst(one.until), lane, one.label, str(one.data.get("who", "")))
        writer.writerow([plain_cell(cell) for cell in cells])
    return csv_answer(out.getvalue(), f"case-{case.code}.csv")


@case_page(Right.CASE_WORK)
@require_POST
def take_up(request: HttpRequest, case: Case) -> HttpResponse:
    """Make a proposal an open case."""
    form = TakeUpForm(request.POST)
    return _act(request, case, form, "taking", "taken_up", lambda given: life.take_up(actor_of(request), case.pk, given["title"], given["kind"]))


@case_page(Right.CASE_WORK)
@require_POST
def decline(request: HttpRequest, case: Case) -> HttpResponse:
    """Decline a proposal."""
    left: list[int] = []

    def act(given: dict[str, Any]) -> None:
        left.extend(life.decline(actor_of(request), case.pk, note=given["note"]))

    answer = _act(request, case, WhyForm(request.POST), "why", "declined", act)
    if left:
        messages.warning(request, say("casework.done.holds_left", language(), count=len(left)))
    return answer


@case_page(Right.CASE_WORK)
@require_POST
def rename(request: HttpRequest, case: Case) -> HttpResponse:
    """Give it another title."""
    return _act(request, case, TitleForm(request.POST), "titling", "renamed", lambda given: life.rename(actor_of(request), case.pk, given["title"]))


@case_page(Right.CASE_WORK)
@require_POST
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """Close it."""
    return _act(request, case, WhyForm(request.POST), "why", "closed", lambda given: life.close(actor_of(request), case.pk, note=given["note"]))


@case_page(Right.CASE_WORK)
@require_POST
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Open it again."""
    return _act(request, case, WhyForm(request.POST), "why", "reopened", lambda given: life.reopen(actor_of(request), case.pk, note=given["note"]))


def _act(request: HttpRequest, case: Case, form: Form, name: str, what: str, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    """Do it and come back to the page; what is refused stands on the page, with what was typed."""
    if form.is_valid() and did(form, lambda: act(form.cleaned_data)):
        messages.success(request, say(f"casework.done.{what}", language(), case=case.code))
        return redirect("casework:case", case.pk)
    again = visible.case_or_404(actor_of(request).person, case.pk)  # somebody who was quicker may have shut the door
    return _page(request, again, status=422, **{name: form, "wrong": form})


