"""The logs: of all plans that a person may know of, of one plan, of a case without one; the check of words before they are sent; the export."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority import queries as authority
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.contactlog import inducement, shown, signs
from andon.console.undercover.contactlog.actions.log import log as keep
from andon.console.undercover.contactlog.codes import Direction
from andon.console.undercover.contactlog.forms import EntryForm
from andon.console.undercover.contactlog.models import LogEntry
from andon.console.undercover.contactlog.queries import counts, entries, waiting
from andon.console.undercover.contactlog.views.common import did, may_log, page_of, show
from andon.detection.records.writing import safe_cell
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.casework.models import Case
    from andon.console.undercover.authority.models import Plan

_WAITING = 50
_NEVER = datetime.min.replace(tzinfo=UTC)
_CHECKED = 8000  # characters
_UNBEGUN = (State.DRAFT, State.SUBMITTED, State.REFUSED)
_COLUMNS = (
    "number", "happened_at", "logged_at", "is_late", "outside", "beyond", "direction", "channel", "officer", "own", "other", "tag", "asks_id",
    "words", "exhibit", "purpose", "result", "by", "sha256", "corrections",
)  # fmt: skip


@page(Right.CASE_READ)
@require_GET
def logs(request: HttpRequest) -> HttpResponse:
    """The logs of the plans that the person may know of, and the raised words that wait for them as a coordinator."""
    actor = actor_of(request)
    plans = authority.plans(actor.person).exclude(state__in=_UNBEGUN)
    counted = counts(plans)
    lines = [(plan, counted.get(plan.pk)) for plan in plans.order_by("-pk")]
    lines.sort(key=lambda line: line[1]["last"] if line[1] else _NEVER, reverse=True)
    mine = waiting(entries(actor.person).filter(plan__coordinator=actor.person)).prefetch_related("raised").order_by("happened_at")[:_WAITING]
    rows = [(one, shown.of(one)) for one in mine]
    gate.saw(actor, "contactlog.listed", "", {"plans": len(lines), "waiting": len(rows)})
    return render(request, "contactlog/logs.html", {"lines": lines, "rows": rows})


@plan_page(event="contactlog.opened")
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The log of a plan, with the form of a new entry."""
    if request.method != "POST":
        return show(request, plan)
    form = EntryForm(request.POST, plan=plan)
    made: list[LogEntry] = []
    if form.is_valid() and did(form, lambda: made.append(keep(actor_of(request), plan.case_id, plan.pk, form.said()))):
        _tell(request, made[0])
        return redirect("contactlog:log", plan.pk)
    return show(request, plan, form)


@case_page(Right.CASE_READ, event="contactlog.opened")
@require_http_methods(["GET", "POST"])
def uncovered(request: HttpRequest, case: Case) -> HttpResponse:
    """Contacts of a case that no plan covers, and the form of one more: they are kept as errors."""
    actor = actor_of(request)
    form = EntryForm(request.POST if request.method == "POST" else None, plan=None)
    made: list[LogEntry] = []
    if form.is_valid() and did(form, lambda: made.append(keep(actor, case.pk, None, form.said()))):
        _tell(request, made[0])
        return redirect("contactlog:uncovered", case.pk)
    found = page_of(request, LogEntry.objects.filter(case=case, plan=None))
    context = {"case": case, "form": form, "page_obj": found, "logs": may_log(actor, case.pk)}
    return render(request, "contactlog/uncovered.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, entry: LogEntry) -> None:
    """What became of it, plainly where it was not permitted, late or raised something."""
    messages.success(request, say("contactlog.done.logged", language(), number=entry.number))
    if entry.is_ours and not entry.is_permitted:
        messages.warning(request, say("contactlog.done.outside", language()))
    if entry.is_late:
        messages.warning(request, say("contactlog.done.late", language()))
    if entry.raised.exists():
        messages.info(request, say("contactlog.done.raised", language()))


@page(Right.CONTACT_LOG)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Look words through before they are sent. Nothing is kept of them."""
    words = request.POST.get("words", "")[:_CHECKED]
    incoming = request.POST.get("direction") == Direction.IN
    found = signs.check(words) if incoming else inducement.check(words)
    context = {"parts": shown.parts(words, found) if found else [], "incoming": incoming, "has_words": bool(words)}
    return render(request, "contactlog/_checked.html", context)


@plan_page(event="contactlog.exported")
@require_GET
def export(_request: HttpRequest, plan: Plan) -> HttpResponse:
    """The log as CSV, entries as they were written, corrections in a column of their own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"contactlog.field.{name}", language()) for name in _COLUMNS])
    found = LogEntry.objects.filter(plan=plan).select_related("by").prefetch_related("corrections").order_by("happened_at", "pk")
    writer.writerows([_cell(entry, name) for name in _COLUMNS] for entry in found)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.code}-log.csv"'
    return response


def _cell(entry: LogEntry, name: str) -> object:
    value: Any = getattr(entry, name)
    if name in ("happened_at", "logged_at"):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if name == "corrections":
        value = "\n".join(f"{one.field}: {one.text}（{one.why}）" for one in value.all())
    elif name == "by":
        value = value.name
    elif isinstance(value, list):
        value = " ".join(value)
    elif isinstance(value, bool):
        value = int(value)
    return safe_cell(value) if isinstance(value, str) else value
