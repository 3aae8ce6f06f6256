"""Members and links: let in, taken out, linked, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from andon.console.casework import visible
from andon.console.casework.actions.links import link as link_to
from andon.console.casework.actions.links import unlink as take_off
from andon.console.casework.actions.members import add_member as let_in
from andon.console.casework.actions.members import end_member as let_out
from andon.console.casework.doors import case_page
from andon.console.casework.forms import LinkForm, MemberForm, WhyForm
from andon.console.casework.models import LEADING, WORKING
from andon.console.casework.views.common import did
from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case


def _needs(request: HttpRequest, case: Case, roles: Iterable[str], reason: str) -> None:
    """The form is for who may send it. Raises Refused."""
    if not visible.roles_in(actor_of(request).person, case.pk) & frozenset(roles):
        raise Refused(reason=reason)


@case_page(Right.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, case: Case) -> HttpResponse:
    """Let somebody in."""
    _needs(request, case, LEADING, "case_leading")
    inside = case.memberships.filter(ended_at=None).values_list("person_id", flat=True)
    form = MemberForm(request.POST if request.method == "POST" else None, without=inside)
    if form.is_valid():
        given = form.cleaned_data
        if did(form, lambda: let_in(actor_of(request), case.pk, given["person"], given["role"], **form.given())):
            messages.success(request, say("casework.done.member_added", language()))
            return redirect("casework:case", case.pk)
    return render(request, "casework/member.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@case_page(Right.CASE_READ)
@require_POST
def end_member(request: HttpRequest, case: Case, membership_id: int) -> HttpResponse:
    """Take somebody out, or oneself."""
    return _with_reason(request, case, "member_ended", lambda note: let_out(actor_of(request), case.pk, membership_id, ground=note))


@case_page(Right.CASE_WORK)
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, case: Case) -> HttpResponse:
    """Link something; `?kind=&key=` fill in what."""
    _needs(request, case, WORKING, "case_working")
    asked = {name: request.GET[name][:400] for name in ("kind", "key") if name in request.GET}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_valid():
        given = form.cleaned_data
        if did(form, lambda: link_to(actor_of(request), case.pk, given["kind"], given["key"], ground=given["ground"])):
            messages.success(request, say("casework.done.linked", language()))
            return redirect("casework:case", case.pk)
    return render(request, "casework/link.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@case_page(Right.CASE_WORK)
@require_POST
def unlink(request: HttpRequest, case: Case, link_id: int) -> HttpResponse:
    """Take a link off."""
    return _with_reason(request, case, "unlinked", lambda note: take_off(actor_of(request), case.pk, link_id, ground=note))


def _with_reason(request: HttpRequest, case: Case, what: str, act: Callable[[str], object]) -> HttpResponse:
    """Do it with the reason that was typed, and come back to the page."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, say("refused.case_ground", language()))
    else:
        try:
            act(form.cleaned_data["note"])
        except Refused as error:
            if error.data.get("reason") == "right":
                raise
            messages.error(request, say_error(error, language()))
        else:
            messages.success(request, say(f"casework.done.{what}", language()))
    person = actor_of(request).person
    return redirect("casework:case", case.pk) if visible.sees(person, case.pk) else redirect("casework:cases")
