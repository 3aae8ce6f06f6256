"""Conflicts: those of the person, one of them, what was opened of the other side, and what a side does. For a stranger there is no such page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.deconfliction import queries, sides
from andon.console.undercover.deconfliction.actions import deal
from andon.console.undercover.deconfliction.codes import What
from andon.console.undercover.deconfliction.forms import TalkedForm, WordsForm
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor
    from andon.console.undercover.deconfliction.models import Clash, Side, Step

PER_PAGE = 50
_ACTS: dict[str, tuple[Callable[[], Form], Callable[[Any], Form], Callable[[Actor, str, dict[str, Any]], object]]] = {
    "talked": (
        TalkedForm, TalkedForm,
        lambda who, code, given: deal.talked(who, code, given["talked_to"], given["text"], goes_on=given["goes_on"] == "yes"),
    ),
    "dispute": (WordsForm, WordsForm, lambda who, code, given: deal.dispute(who, code, given["text"])),
    "ask": (WordsForm, WordsForm, lambda who, code, given: deal.ask(who, code, given["text"])),
    "agree": (WordsForm, WordsForm, lambda who, code, given: deal.agree(who, code, given["text"])),
    "decline": (WordsForm, WordsForm, lambda who, code, given: deal.decline(who, code, given["text"])),
}  # fmt: skip
_SIGNS = {"talked": "phone", "dispute": "warn", "ask": "eye", "agree": "check", "decline": "cross"}


@page(Right.OWN_SETTINGS)
@require_GET
def clashes(request: HttpRequest) -> HttpResponse:
    """The conflicts of the person's cases, holds and measures; open ones first."""
    actor = actor_of(request)
    found = Paginator(sides.clashes(actor.person).order_by("-state", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    gate.saw(actor, "deconfliction.listed", "", {"conflicts": len(found)})
    orders = queries.waits_for_order(actor.person).count() if actor.person.may(Right.PLAN_APPROVE) else 0
    return render(request, "deconfliction/clashes.html", {"page_obj": found, "lines": queries.lines(actor.person, found), "orders": orders})


def _of(actor: Actor, code: str) -> Clash:
    found = sides.clashes(actor.person).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@page(Right.OWN_SETTINGS)
@require_GET
def clash(request: HttpRequest, code: str) -> HttpResponse:
    """One conflict, as the person's side knows it."""
    actor = actor_of(request)
    found = _of(actor, code)
    gate.saw(actor, "deconfliction.opened", f"clash:{code}")
    return _show(request, found)


def _show(request: HttpRequest, found: Clash, tried: tuple[str, Form] | None = None) -> HttpResponse:
    person = actor_of(request).person
    line = queries.lines(person, [found])[0]
    steps = list(found.steps.select_related("by", "side").order_by("pk"))
    opened = {one.side_id: one for one in found.openings.select_related("by")}
    acting = sides.acting_side(person, found)
    names = _offered(acting, found, steps, set(opened))
    offers = [(name, _SIGNS[name], tried[1] if tried and tried[0] == name else _unbound(name)) for name in names]
    context = {
        "clash": found, "line": line, "steps": [(step, _whose(step, line.mine)) for step in steps], "offers": offers,
        "ours": opened.get(line.mine.pk),
        "theirs": next((one for pk, one in opened.items() if pk != line.mine.pk), None), "tried": tried and tried[1],
    }  # fmt: skip
    return render(request, "deconfliction/clash.html", context, status=422 if tried else 200)


def _unbound(name: str) -> Form:
    """An empty form, its fields named apart from those of the other forms of the page."""
    form = _ACTS[name][0]()
    form.auto_id = f"id_{name}_%s"
    return form


def _whose(step: Step, mine: Side) -> str:
    if step.what == What.ORDERED:
        return "by_order"
    return "by_us" if step.side_id == mine.pk else "by_them"


def _offered(side: Side | None, found: Clash, steps: list[Step], opened: set[int]) -> list[str]:
    """What the side can do now; nothing for who only reads."""
    if side is None:
        return []
    theirs = [step for step in steps if step.side_id != side.pk]
    offers = ["talked"]
    if any(step.what == What.TALKED for step in theirs) and not found.is_disputed:
        offers.append("dispute")
    if not opened - {side.pk}:
        offers.append("ask")
    if side.pk not in opened:
        offers.append("agree")
        if any(step.what == What.ASKED for step in theirs):
            offers.append("decline")
    return offers


@page(Right.OWN_SETTINGS)
@require_GET
def content(request: HttpRequest, code: str) -> HttpResponse:
    """What the other side has, once it was opened: to who acts for a side, and to an inspector of the case."""
    actor = actor_of(request)
    found = _of(actor, code)
    line = queries.lines(actor.person, [found])[0]
    across = sides.other(line.mine)
    opening = across.openings.select_related("by").first()
    if opening is None:
        raise Http404
    gate.saw(actor, "deconfliction.content_read", f"clash:{code}", {"how": opening.how})
    return render(request, "deconfliction/content.html", {"clash": found, "opening": opening, "line": line, "content": sides.content(across)})


@page(Right.OWN_SETTINGS)
@require_POST
def act(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Do one of the things a side can do."""
    actor = actor_of(request)
    found = _of(actor, code)
    if what not in _ACTS:
        raise Http404
    _, bound, do = _ACTS[what]
    form = bound(request.POST)
    if what == "agree":
        form.fields["text"].required = False
    if form.is_valid() and did(form, lambda: do(actor, code, form.cleaned_data)):
        messages.success(request, say(f"deconfliction.done.{what}", language()))
        return redirect("deconfliction:clash", code)
    return _show(request, found, (what, form))
