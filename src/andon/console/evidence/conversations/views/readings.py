"""Conversations of a case, and readings: what went in, what came out, how far one is, once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from andon.console.casework.doors import case_page
from andon.console.doors import actor_of
from andon.console.evidence.conversations import jobs, lists, visible
from andon.console.evidence.conversations.actions.reading import order
from andon.console.evidence.conversations.doors import seen_page
from andon.console.evidence.conversations.models import COLUMNS
from andon.console.evidence.conversations.shown import finding_sentence
from andon.console.evidence.conversations.views.common import may_keep, may_work
from andon.console.evidence.exhibits import mirror
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.evidence.chats.times import ASSUMED_ZONE
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Reading
    from andon.console.evidence.exhibits.models import Exhibit

ZONES = (
    "Asia/Tokyo", "UTC", "Asia/Seoul", "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Manila", "Asia/Ho_Chi_Minh", "Asia/Bangkok",
    "Asia/Phnom_Penh", "Asia/Jakarta", "Asia/Singapore", "Asia/Dubai", "Europe/London", "Europe/Paris", "America/New_York", "America/Los_Angeles",
    "America/Sao_Paulo", "Australia/Sydney",
)  # fmt: skip


@case_page(event="conversations.listed")
@require_GET
def listing(request: HttpRequest, case: Case) -> HttpResponse:
    """All conversations of a case, by exhibit."""
    person = actor_of(request).person
    about = {"case": case, "exhibits": lists.by_exhibit(case), "may_work": may_work(person, case), "may_keep": may_keep(person, case)}
    return render(request, "conversations/list.html", about | lists.made_of(case))


@require_GET
@seen_page("reading", event="conversations.reading_opened")
def reading(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What went in and what came out."""
    return render(request, "conversations/reading.html", _about(request, reading))


@require_GET
@seen_page("reading")
def progress(request: HttpRequest, reading: Reading) -> HttpResponse:
    """How far it is, for a page that asks from time to time; the whole page anew when it is over."""
    answer = render(request, "conversations/_progress.html", {"reading": reading, "done": jobs.progress_of(reading)})
    if reading.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@seen_page("exhibit", Right.EVIDENCE_KEEP)
def again(request: HttpRequest, exhibit: Exhibit) -> HttpResponse:
    """Read an exhibit once more, with another zone for times that carry none."""
    made = order(actor_of(request), exhibit.pk, request.POST.get("zone", ASSUMED_ZONE))
    messages.success(request, say("conversations.done.ordered", language()))
    return redirect("conversations:reading", made.pk)


def _about(request: HttpRequest, one: Reading) -> dict[str, Any]:
    person = actor_of(request).person
    sealed = one.exhibit.is_taken and mirror.is_sealed(one.exhibit)
    return {
        "reading": one, "exhibit": one.exhibit, "case": one.exhibit.case, "columns": COLUMNS, "done": jobs.progress_of(one),
        "findings": [(finding_sentence(code, language()), count) for code, count in one.findings.items()], "problem": jobs.problem_words(one.problem),
        "others": visible.readings(person).filter(exhibit=one.exhibit).order_by("-number"), "zones": ZONES, "is_sealed": sealed,
        "may_read_again": one.is_over and not sealed and may_keep(person, one.exhibit.case),
        "conversations": one.conversations.order_by("-length"),
    }  # fmt: skip
