"""Pages of visits: posts by what is known of them, hosts, what waits for a person's look, and one post's looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page, refusal
from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.intake.models import Post
from andon.console.measures.visits import queries, shown
from andon.console.measures.visits.actions import by_hand
from andon.console.measures.visits.models import Watch
from andon.console.measures.visits.rules import State
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person

PER_PAGE = 50
_LOOKS_SHOWN = 200


@page(Right.MEASURE_READ)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """Watched posts by what is known of them."""
    state = request.GET.get("state", "")
    state = state if state in shown.STATES else shown.STATES[0]
    found = Paginator(shown.watches(state), PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor_of(request), "visits.listed", "", {"state": state, "posts": len(found)})
    counts = [(one, number) for one, number in shown.counts().items()]
    return render(request, "visits/visits.html", {"page_obj": found, "state": state, "counts": counts, "now": timezone.now(), **_tabs("visits")})


@page(Right.MEASURE_READ)
@require_GET
def hosts(request: HttpRequest) -> HttpResponse:
    """Where posts are looked at, how many are due there, and which hosts are left alone."""
    now = timezone.now()
    found = Paginator(shown.host_sizes(now), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "visits/hosts.html", {"page_obj": found, "lines": shown.host_lines(list(found)), "now": now, **_tabs("hosts")})


@page(Right.MEASURE_READ)
@require_GET
def person(request: HttpRequest) -> HttpResponse:
    """Posts on hosts where only a person can tell."""
    found = Paginator(shown.due_by_person(timezone.now()), PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor_of(request), "visits.listed", "", {"state": "person", "posts": len(found)})
    may = cast("Person", request.user).may(Right.MEASURE_DRAFT)
    return render(request, "visits/person.html", {"page_obj": found, "may": may, **_tabs("person")})


@page(Right.MEASURE_READ)
@require_GET
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post's looks."""
    one = get_object_or_404(Post.objects.select_related("campaign"), pk=post_id)
    gate.saw(actor_of(request), "visits.opened", f"post:{post_id}")
    watch = Watch.objects.select_related("host").filter(post=one).first()
    looks = list(queries.visits_of(post_id)[:_LOOKS_SHOWN])
    may = cast("Person", request.user).may(Right.MEASURE_DRAFT)
    return render(request, "visits/post.html", {"post": one, "watch": watch, "looks": looks, "may": may})


@page(Right.MEASURE_DRAFT)
@require_POST
def looked(request: HttpRequest, post_id: int) -> HttpResponse:
    """What a person saw."""
    state = request.POST.get("state", "")
    if state not in set(State):
        return refusal(request, Refused(reason="visit_state", name=state), status=422)
    visit = by_hand.looked(actor_of(request), post_id, state, note=request.POST.get("note", ""))
    sentence = say("visits.done.looked", language(), state=say(f"visit.{visit.state}", language()))
    if getattr(request, "htmx", False):
        watch = Watch.objects.select_related("post", "host").get(post=post_id)
        return toast(render(request, "visits/_row.html", {"watch": watch, "done": visit, "may": True}), sentence)
    messages.success(request, sentence)
    return redirect("visits:post", post_id)


@page(Right.MEASURE_DRAFT)
@require_POST
def ask(request: HttpRequest, post_id: int) -> HttpResponse:
    """Have it looked at as soon as its host may be asked."""
    count = by_hand.look_now(actor_of(request), [get_object_or_404(Post.objects.only("pk"), pk=post_id).pk])
    messages.success(request, say("visits.done.asked" if count else "visits.done.no_address", language()))
    return redirect("visits:post", post_id)


def _tabs(tab: str) -> dict[str, object]:
    return {"tab": tab, "waiting": shown.due_by_person(timezone.now()).count()}
