"""One's own sessions, and ending those on other machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.people.actions import sessions as act
from andon.console.people.machines import machine_of
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@page(Right.OWN_SETTINGS)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    mine = sorted(UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at, reverse=True)
    here = request.session.session_key
    rows = [{"session": one, "machine": machine_of(one.user_agent), "current": one.session_key == here} for one in mine]
    return render(request, "usersessions/usersession_list.html", {"rows": rows, "others": sum(not row["current"] for row in rows)})


@require_POST
@page(Right.OWN_SETTINGS)
def end_others(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    ended = act.end_others(actor_of(request), str(request.session.session_key))
    messages.success(request, say("sessions.ended", language(), count=ended))
    return redirect("usersessions_list")


@require_POST
@page(Right.OWN_SETTINGS)
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    """End that one."""
    act.end_one(actor_of(request), session_id)
    messages.success(request, say("sessions.ended", language(), count=1))
    return redirect("usersessions_list")
