"""What the screens share: a verb on a form, and the page of a plan's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from andon.console.casework import visible
from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.queries import may_contact
from andon.console.undercover.contactlog import hooks, shown
from andon.console.undercover.contactlog.actions.common import LOGGING
from andon.console.undercover.contactlog.codes import Stage
from andon.console.undercover.contactlog.forms import EntryForm, OutcomeForm, StageForm, StopForm, VictimForm
from andon.console.undercover.contactlog.models import LogEntry
from andon.console.undercover.contactlog.queries import marked, outcome_of, reached, waiting
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor
    from andon.console.undercover.authority.models import Plan

PER_PAGE = 25
_ELSEWHERE = ("right", "not_fresh")  # the door answers these
_BEFORE = (State.DRAFT, State.SUBMITTED, State.REFUSED)


def did(form: Form, act: Callable[[], object]) -> bool:
    """Whether the verb went through; what it refuses is written on the form."""
    try:
        act()
    except (Refused, Conflict) as error:
        if error.data.get("reason") in _ELSEWHERE:
            raise
        form.add_error(None, say_error(error, language()))
        return False
    return True


def page_of(request: HttpRequest, found: QuerySet[LogEntry]) -> Any:  # noqa: ANN401 - a Page of entries, which say their parts
    """A page of entries, the latest first, each with its words cut where something was raised."""
    page: Any = Paginator(found.order_by("-happened_at", "-pk").values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    listed = marked(LogEntry.objects.filter(pk__in=list(page))).prefetch_related("raised").order_by("-happened_at", "-pk")
    page.object_list = [(entry, shown.of(entry)) for entry in listed]
    return page


def show(request: HttpRequest, plan: Plan, tried: Form | None = None) -> HttpResponse:
    """The log of a plan; `tried` is a form that was refused."""
    actor, now = actor_of(request), timezone.now()
    logs = may_log(actor, plan.case_id)
    there, reason = reached(plan), may_contact(plan, now)
    outcome = outcome_of(plan)
    context: dict[str, Any] = {
        "plan": plan, "case": plan.case, "page_obj": page_of(request, LogEntry.objects.filter(plan=plan)), "logs": logs,
        "why_not": f"authority.reason.{reason}" if reason else "", "stages": [(stage, there.get(stage)) for stage in Stage.values], "reached": there,
        "waits": waiting(LogEntry.objects.filter(plan=plan)).count(), "coordinates": plan.coordinator_id == actor.person.pk, "outcome": outcome,
        "arrests": list(outcome.arrests.all()) if outcome else [], "victims": plan.victim_notices.select_related("by"),
        "needs_victim": Stage.INSTRUCTIONS in there and not plan.victim_notices.exists(), "runs": plan.state in (State.ACTIVE, State.SUSPENDED),
        "may_conclude": plan.state not in _BEFORE, "stops": plan.stop_checks.select_related("by", "entry").order_by("-pk"),
        "before": [code for ask in hooks.BEFORE_CONTACT if (code := ask(plan, now))], "tried": tried,
    }  # fmt: skip
    return render(request, "contactlog/log.html", context | _forms(plan, there, tried, logs=logs), status=422 if tried else 200)


def _forms(plan: Plan, there: dict[str, Any], tried: Form | None, *, logs: bool) -> dict[str, Any]:
    """The forms of the page, the refused one as it was filled in; none for who only reads."""
    if not logs:
        return {}
    made: dict[str, Any] = {
        "form": (EntryForm, lambda: EntryForm(plan=plan)), "stage_form": (StageForm, lambda: StageForm(plan=plan, reached=there)),
        "stop_form": (StopForm, StopForm), "victim_form": (VictimForm, VictimForm), "outcome_form": (OutcomeForm, OutcomeForm),
    }  # fmt: skip
    return {name: tried if isinstance(tried, kind) else make() for name, (kind, make) in made.items()}


def may_log(actor: Actor, case_id: int) -> bool:
    """Whether the page offers its forms."""
    return actor.person.may(Right.CONTACT_LOG) and bool(visible.roles_in(actor.person, case_id) & LOGGING)
