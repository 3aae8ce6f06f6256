"""Limits with their breakers, and which channels send for real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.board.forms import LimitForm
from andon.console.measures.common import limits as limits_of_desk
from andon.console.measures.common.actions.switches import close_breaker, set_limit, switch
from andon.console.measures.common.channels import CHANNELS, COPY
from andon.console.measures.common.models import ChannelSwitch, DayCount, Limit
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@page(Right.MEASURE_READ)
def limits(request: HttpRequest) -> HttpResponse:
    """All limits with what was spent today, and all channels."""
    today = timezone.localdate()
    spent = {row.limit_id: row for row in DayCount.objects.filter(day=today)}
    rows = []
    stored = {limit.name: limit for limit in Limit.objects.all()}
    for name in sorted({*stored, *limits_of_desk.names()}):
        limit, day = stored.get(name), spent.get(stored[name].pk) if name in stored else None
        per_day, per_minute = (limit.per_day, limit.per_minute) if limit else limits_of_desk.usual(name)
        allowed = per_day + (day.extra if day else 0)
        rows.append({
            "name": name, "per_day": per_day, "per_minute": per_minute, "spent": day.spent if day else 0, "allowed": allowed,
            "high": allowed * 4 // 5, "tripped_at": limit.tripped_at if limit else None,
        })  # fmt: skip
    live = {row.channel: row for row in ChannelSwitch.objects.select_related("by")}
    channels = [{"code": code, "switch": live.get(code)} for code, channel in sorted(CHANNELS.items()) if code != COPY and channel.is_live is None]
    return render(request, "board/limits.html", {"rows": rows, "channels": channels, "may_change": actor_of(request).person.may(Right.MEASURE_RULES)})


@page(Right.MEASURE_RULES)
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Set a limit."""
    form, name = LimitForm(request.POST), request.POST.get("name", "")[:60]
    if form.is_valid() and name:
        set_limit(actor_of(request), name, **form.cleaned_data)
        messages.success(request, say("board.limit.saved", language()))
    else:
        messages.error(request, say("board.limit.wrong", language()))
    return redirect("board:limits")


@page(Right.MEASURE_RULES, grave=True)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close a breaker for today."""
    close_breaker(actor_of(request), request.POST.get("name", "")[:60])
    messages.success(request, say("board.limit.closed", language()))
    return redirect("board:limits")


@page(Right.MEASURE_RULES, grave=True)
@require_POST
def channel(request: HttpRequest) -> HttpResponse:
    """Let a channel send for real, or stop it."""
    is_live = request.POST.get("live") == "1"
    switch(actor_of(request), request.POST.get("channel", ""), is_live=is_live)
    messages.success(request, say("board.channel.on" if is_live else "board.channel.off", language()))
    return redirect("board:limits")
