"""What people do with one warning: take it back, say that they posted it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.common.actions.outbox import mark_sent
from andon.console.measures.kinds.warning.actions import withdrawing
from andon.console.measures.kinds.warning.forms import WithdrawForm
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.measures.kinds.warning.queries.plan import wordings
from andon.console.measures.kinds.warning.queries.shown import steps_of
from andon.console.measures.kinds.warning.views.lists import context_of, whole
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


@page(Right.MEASURE_SEND)
@require_POST
def withdraw(request: HttpRequest, warning_id: int) -> HttpResponse:
    """Take a warning down and apologise."""
    one = whole(warning_id)
    form = WithdrawForm(request.POST, wordings=wordings("apology"))
    if not form.is_valid():
        return render(request, "warning/warning.html", context_of(request, one, form), status=UNPROCESSABLE)
    given = form.cleaned_data
    withdrawing.withdraw(actor_of(request), warning_id, reason=given["reason"], wording_id=int(given["wording"]), note_text=given["note"])
    messages.success(request, say("warning.withdrawing", language()))
    return redirect("warning:warning", warning_id)


@page(Right.MEASURE_SEND)
@require_POST
def posted(request: HttpRequest, warning_id: int) -> HttpResponse:
    """Say that a step was done by hand; `outgoing` says which, `url` where it can be seen."""
    one = get_object_or_404(WarningReply.objects.select_related("account"), pk=warning_id)
    actor = actor_of(request)
    if one.account.unit_id != actor.person.unit_id:
        raise Refused(reason="warning_other_unit", name=f"warning:{warning_id}")
    step = next((row for row in steps_of(one) if str(row.pk) == request.POST.get("outgoing")), None)
    url = request.POST.get("url", "").strip()[:400]
    if step is None or (url and not url.startswith("https://")):
        messages.error(request, say("warning.url_wrong", language()))
        return redirect("warning:warning", warning_id)
    mark_sent(actor, step.pk, remote_id=url)
    messages.success(request, say("warning.marked", language()))
    return redirect("warning:warning", warning_id)
