"""The chief's page: who asks to be shown what the prefecture's own people have, and the order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib import messages
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
from andon.console.undercover.deconfliction.forms import WordsForm
from andon.console.undercover.deconfliction.models import Side, Step
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@page(Right.PLAN_APPROVE)
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """What waits for an order of this prefecture's chief: both offices, and the words that were exchanged."""
    actor = actor_of(request)
    gate.saw(actor, "deconfliction.orders_listed")
    return _show(request)


def _show(request: HttpRequest, tried: tuple[str, WordsForm] | None = None) -> HttpResponse:
    held = list(queries.waits_for_order(actor_of(request).person).order_by("clash"))
    pairs = {(one.clash_id, one.number): one for one in Side.objects.filter(clash__in=[one.clash_id for one in held]).select_related(*sides.PARTS)}
    shown = sides.faces(pairs.values())
    words: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(clash__in=[one.clash_id for one in held], what__in=(What.ASKED, What.DECLINED)):
        words[step.clash_id].append(step)
    rows = [
        (one.clash, shown[pairs[one.clash_id, 3 - one.number].pk], shown[one.pk], words[one.clash_id], _form(tried, one.clash.code)) for one in held
    ]
    return render(request, "deconfliction/orders.html", {"rows": rows}, status=422 if tried else 200)


def _form(tried: tuple[str, WordsForm] | None, code: str) -> WordsForm:
    return tried[1] if tried and tried[0] == code else WordsForm(auto_id=f"id_{code}_%s")


@page(Right.PLAN_APPROVE, grave=True)
@require_POST
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Order it."""
    form = WordsForm(request.POST, auto_id=f"id_{code}_%s")
    if form.is_valid() and did(form, lambda: deal.order(actor_of(request), code, form.cleaned_data["text"])):
        messages.success(request, say("deconfliction.done.order", language()))
        return redirect("deconfliction:orders")
    return _show(request, (code, form))
