"""The check of a case by hand, with what it checked before and what stands in the register for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from andon.console.casework import visible
from andon.console.casework.doors import case_page
from andon.console.casework.models import WORKING
from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.deconfliction import queries
from andon.console.undercover.deconfliction.actions.check import Answer, spent_today
from andon.console.undercover.deconfliction.actions.check import check as ask
from andon.console.undercover.deconfliction.forms import CheckForm
from andon.console.undercover.deconfliction.models import Check
from andon.console.undercover.deconfliction.rules import DAY_VALUES
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case

_LATEST = 50


@case_page(Right.CASE_WORK, event="deconfliction.register_opened")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, case: Case) -> HttpResponse:
    """Check values for the case. The answer is one sentence, and the conflicts themselves stand in the list of the person."""
    actor = actor_of(request)
    form = CheckForm(request.POST if request.method == "POST" else None, prefecture=case.unit.prefecture)
    answers: list[Answer] = []
    if form.is_valid() and did(form, lambda: answers.append(ask(actor, case.pk, form.values(), form.cleaned_data["ground"]))):
        if found := len(answers[0].clashes):
            messages.warning(request, say("deconfliction.done.found", language(), count=found))
        else:
            messages.info(request, say("deconfliction.done.none", language()))
        return redirect("deconfliction:check", case.pk)
    context = {
        "case": case, "form": form, "works": case.is_open and bool(visible.roles_in(actor.person, case.pk) & frozenset(WORKING)),
        "checks": Check.objects.filter(case=case).select_related("by", "plan")[:_LATEST], "values": queries.own_values(case.pk),
        "lines": queries.lines(actor.person, queries.of_case(case.pk).order_by("-state", "-pk")[:_LATEST]),
        "left": max(DAY_VALUES - spent_today(actor.person), 0),
    }  # fmt: skip
    return render(request, "deconfliction/check.html", context, status=422 if form.errors else 200)
