"""What goes out: the list, one of them with its log, and what a person does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.board.queries import outbox as queries
from andon.console.measures.common.actions import outbox as acts
from andon.console.measures.common.channels import COPY
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox.checks import in_the_way
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PAGE = 50
_State = Outgoing.State


@page(Right.MEASURE_READ)
def outbox(request: HttpRequest) -> HttpResponse:
    """Everything that went or goes out, latest first; by state and by who approved it."""
    actor = actor_of(request)
    person = actor.person
    rows = queries.visible(person)
    mine = request.GET.get("by") == "me"
    if mine:
        rows = rows.filter(by=person.pk)
    counts = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    wanted = request.GET.get("state", "")
    if wanted in _State.values:
        rows = rows.filter(state=wanted)
    pages = Paginator(rows.select_related("by").defer("payload", "posts").order_by("-pk"), _PAGE)
    pages.count = counts.get(wanted, 0) if wanted in _State.values else sum(counts.values())  # counted already
    found = pages.get_page(request.GET.get("page"))
    gate.saw(actor, "measures.outbox_seen", "", {"state": wanted, "rows": len(found.object_list)})
    states = [(state, counts.get(state, 0)) for state in _State.values if counts.get(state)]
    return render(request, "board/outbox.html", {"found": found, "states": states, "wanted": wanted, "mine": mine, "total": sum(counts.values())})


@page(Right.MEASURE_READ)
def outgoing(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """One of them: what it is, how it stands, everything that happened to it, and what a person can do."""
    row = get_object_or_404(queries.visible(actor_of(request).person).select_related("by__unit"), pk=outgoing_id)
    gate.saw(actor_of(request), "measures.outgoing_seen", f"outgoing:{row.pk}")
    is_open = row.state in (_State.WAITING, _State.DRY)
    return render(request, "board/outgoing.html", {
        "row": row, "events": row.events.select_related("by"), "by_hand": row.channel == COPY, "problem": in_the_way(row) if is_open else "",
        "may_send": actor_of(request).person.may(Right.MEASURE_SEND),
    })  # fmt: skip


@page(Right.MEASURE_SEND)
@require_POST
def take_out(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """Take it back before it goes."""
    done = acts.take_out(actor_of(request), [outgoing_id])
    _said(request, "outgoing.did.taken_out" if done else "conflict.outgoing_moved_on")
    return redirect("board:outgoing", outgoing_id)


@page(Right.MEASURE_SEND)
@require_POST
def resolve(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """Say whether it was sent."""
    get_object_or_404(queries.visible(actor_of(request).person), pk=outgoing_id)
    was_sent = request.POST.get("sent") == "yes"
    acts.resolve(actor_of(request), outgoing_id, was_sent=was_sent, remote_id=request.POST.get("remote_id", "").strip())
    _said(request, "outgoing.did.sent" if was_sent else "outgoing.did.again")
    return redirect("board:outgoing", outgoing_id)


@page(Right.MEASURE_SEND)
@require_POST
def try_again(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """Send it after all."""
    get_object_or_404(queries.visible(actor_of(request).person), pk=outgoing_id)
    acts.try_again(actor_of(request), outgoing_id)
    _said(request, "outgoing.did.again")
    return redirect("board:outgoing", outgoing_id)


@page(Right.MEASURE_SEND)
@require_POST
def by_hand(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """It was sent by hand."""
    get_object_or_404(queries.visible(actor_of(request).person), pk=outgoing_id)
    acts.mark_sent(actor_of(request), outgoing_id, remote_id=request.POST.get("remote_id", "").strip())
    _said(request, "outgoing.did.sent")
    return redirect("board:outgoing", outgoing_id)


def _said(request: HttpRequest, code: str) -> None:
    messages.info(request, say(code, language()))
