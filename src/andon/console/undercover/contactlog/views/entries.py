"""One entry: what was said, what is corrected beside it, what the coordinator answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.authority.errors import all_errors
from andon.console.undercover.contactlog import shown
from andon.console.undercover.contactlog.actions.acknowledge import acknowledge as answer
from andon.console.undercover.contactlog.actions.correct import correct as put_right
from andon.console.undercover.contactlog.forms import AcknowledgeForm, CorrectForm
from andon.console.undercover.contactlog.models import Acknowledgement, LogEntry
from andon.console.undercover.contactlog.queries import entries
from andon.console.undercover.contactlog.views.common import did, may_log
from andon.wording.say import say

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def _known(request: HttpRequest, entry_id: int) -> LogEntry:
    """The entry, or 404 for one of a case that the person may not know of."""
    found = entries(actor_of(request).person).filter(pk=entry_id).first()
    if found is None:
        raise Http404
    return found


@require_GET
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry. An inspector reads those of his sample."""
    case_id = LogEntry.objects.filter(pk=entry_id).values_list("case", flat=True).first()
    sampled = isinstance(request.user, Person) and case_id is not None and visible.inspects(request.user, case_id)
    return page(Right.INSPECT if sampled else Right.CASE_READ)(_entry)(request, entry_id)


def _entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    found = _known(request, entry_id)
    gate.saw(actor_of(request), "contactlog.entry_opened", f"log:{entry_id}")
    return _show(request, found)


@page(Right.CONTACT_LOG)
@require_POST
def correct(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Put a correction beside it."""
    found, form = _known(request, entry_id), CorrectForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    if given and did(form, lambda: put_right(actor_of(request), entry_id, given["field"], given["corrected"], why=given["why"])):
        messages.success(request, say("contactlog.done.corrected", language()))
        return redirect("contactlog:entry", entry_id)
    return _show(request, found, form)


@page(Right.CASE_WORK)
@require_POST
def acknowledge(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The coordinator's answer."""
    found = _known(request, entry_id)
    form = AcknowledgeForm(request.POST, entry=found)
    given = form.cleaned_data if form.is_valid() else {}
    if given and did(form, lambda: answer(actor_of(request), entry_id, given["judgement"], given["acknowledged"], ground=given.get("met", ""))):
        messages.success(request, say(f"contactlog.done.{given['judgement']}", language()))
        return redirect("contactlog:entry", entry_id)
    return _show(request, found, form)


def _show(request: HttpRequest, found: LogEntry, tried: Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    logs = may_log(actor, found.case_id) and found.case.is_open
    answered = Acknowledgement.objects.filter(entry=found).select_related("by").first()
    answers = found.plan is not None and found.plan.coordinator_id == actor.person.pk and found.raised.exists() and answered is None
    context = {
        "entry": found, "parts": shown.of(found), "answered": answered, "corrections": found.corrections.select_related("by"),
        "raised": sorted({one.rule for one in found.raised.all()}), "steps": found.steps.filter(takes_back=None, taken_back=None),
        "errors": all_errors().filter(subject=f"log:{found.pk}"), "tried": tried,
        "correct_form": tried if isinstance(tried, CorrectForm) else CorrectForm() if logs else None,
        "acknowledge_form": tried if isinstance(tried, AcknowledgeForm) else AcknowledgeForm(entry=found) if answers else None,
    }  # fmt: skip
    return render(request, "contactlog/entry.html", context, status=422 if tried else 200)
