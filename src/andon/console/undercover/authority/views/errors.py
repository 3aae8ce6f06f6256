"""The errors register of the cases that a person may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.actions import errors as acts
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.authority.errors import all_errors, split
from andon.console.undercover.authority.forms import AnswerForm, ErrorForm
from andon.console.undercover.authority.models import ErrorStep
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.authority.views.plans import show
from andon.wording.say import say

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import ErrorRecord, Plan

PER_PAGE = 50
TABS = ("open", "closed")


def known_to(person: Person) -> QuerySet[ErrorRecord]:
    """The errors of the cases that the person may know of."""
    return all_errors().filter(case__in=visible.cases(person))


@page(Right.CASE_READ)
@require_GET
def errors(request: HttpRequest) -> HttpResponse:
    """The register."""
    actor = actor_of(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    found = Paginator(split(known_to(actor.person), closed=tab == "closed"), PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor, "authority.errors_listed", "", {"tab": tab, "errors": len(found)})
    return render(request, "authority/errors.html", {"page_obj": found, "tab": tab, "tabs": TABS})


@page(Right.CASE_READ)
@require_http_methods(["GET", "POST"])
def error(request: HttpRequest, error_id: int) -> HttpResponse:
    """One error; who works on the case answers it here."""
    actor = actor_of(request)
    one = known_to(actor.person).filter(pk=error_id).first()
    if one is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid() and did(form, lambda: acts.answer(actor, error_id, acts.Answer(**form.cleaned_data))):
            messages.success(request, say("authority.done.error_answered", language()))
            return redirect("authority:error", error_id)
    else:
        gate.saw(actor, "authority.error_opened", f"error:{error_id}")
    works = actor.person.may(Right.CASE_WORK) and not one.steps.filter(what=ErrorStep.What.CLOSED).exists()
    return render(request, "authority/error.html", {"error": one, "form": form, "works": works}, status=422 if form.errors else 200)


@page(Right.CASE_WORK)
@require_POST
def close(request: HttpRequest, error_id: int) -> HttpResponse:
    """Close it."""
    acts.close_error(actor_of(request), error_id)
    messages.success(request, say("authority.done.error_closed", language()))
    return redirect("authority:error", error_id)


@plan_page()
@require_POST
def report(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Report an error of a plan."""
    form = ErrorForm(request.POST)
    if not form.is_valid():
        return show(request, plan, error_form=form)
    given = form.cleaned_data
    made = acts.report(actor_of(request), plan.pk, given["error_kind"], given["error_text"], happened_at=given["happened_at"])
    messages.success(request, say("authority.done.error_reported", language()))
    return redirect("authority:error", made.pk)
