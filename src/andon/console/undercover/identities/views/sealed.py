"""The sealed records of a plan: which codes are sealed, who opened one and why; and the opening itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from andon.console.doors import actor_of
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.identities import queries
from andon.console.undercover.identities.actions.sealing import open_seal
from andon.console.undercover.identities.forms import OpenForm
from andon.console.undercover.identities.models import Officer, SealOpening

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan


@plan_page(Right.SEAL_OPEN, event="identities.seal_listed", grave=True)
@require_http_methods(["GET", "POST"])
def sealed(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The records; a POST opens one and answers with the name, once: nothing keeps it, no address leads to it again."""
    context: dict[str, Any] = {"plan": plan, "case": plan.case, "records": queries.records(plan), "form": OpenForm(), "status": 200}
    context["reads_only"] = not actor_of(request).person.may(Right.SEAL_OPEN)
    if request.method == "POST":
        context |= _open(request, plan)
    context["openings"] = SealOpening.objects.filter(officer__plan=plan).select_related("officer", "by")
    return render(request, "identities/sealed.html", context, status=context["status"])


def _open(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    record = Officer.objects.filter(plan=plan, code=request.POST.get("record", "")).first()
    if record is None:
        raise Http404
    form = OpenForm(request.POST)
    form.full_clean()
    opened: list[Person] = []
    reason = request.POST.get("reason", "")  # an empty one is refused by the verb, which keeps that it was tried
    if did(form, lambda: opened.append(open_seal(actor_of(request), record.pk, reason))):
        return {"opened": record, "person": opened[0]}
    return {"form": form, "tried": record, "status": 422}
