"""Pages about others: people and units. Who may read them is not who may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.people.actions import factors as factor_acts
from andon.console.people.actions import people as acts
from andon.console.people.actions.passwords import reset_password
from andon.console.people.actions.tokens import revoke_all_of
from andon.console.people.actions.units import add_unit, change_unit
from andon.console.people.forms import NewPersonForm, PersonForm, UnitForm
from andon.console.staff import queries
from andon.console.staff.models import Person, Unit
from andon.console.staff.rights import Right, Role
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@page(Right.STAFF_READ)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with what they are and whether they are safe."""
    return render(request, "people/people.html", {"people": list(queries.people())})


@page(Right.STAFF_CHANGE, grave=True)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new; their first password is shown once."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        roles = [Role(role) for role in given["roles"]]
        added = acts.add_person(actor_of(request), given["username"], given["name"], given["unit"], roles, given["language"], rank=given["rank"])
        return _password_once(request, added.person, added.password)
    return render(request, "people/add.html", {"form": form})


@page(Right.STAFF_READ, grave=True)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person; who may, changes them here."""
    one = get_object_or_404(queries.people(), pk=person_id)
    form = PersonForm(request.POST or None, instance=Person.objects.get(pk=person_id))
    if request.method == "POST":
        if not cast("Person", request.user).may(Right.STAFF_CHANGE):
            raise PermissionDenied
        if form.is_valid():
            roles = [Role(role) for role in form.cleaned_data["roles"]]
            given = form.cleaned_data
            acts.change_person(actor_of(request), person_id, given["name"], given["unit"], roles, given["rank"])
            messages.success(request, say("people.saved", language()))
            return redirect("staff:person", person_id)
    now = timezone.now()
    more = {"sessions": UserSession.objects.filter(user_id=person_id).count(), "tokens": queries.valid_tokens(one, now).count()}
    return render(request, "people/person.html", {"person": one, "form": form, "own": person_id == request.user.pk, **more})


@require_POST
@page(Right.STAFF_CHANGE, grave=True)
def switch(request: HttpRequest, person_id: int) -> HttpResponse:
    """Off when on, on when off: the button says which, so that two who press it at once do not undo each other."""
    act = acts.switch_off if request.POST.get("to") == "off" else acts.switch_on
    act(actor_of(request), person_id)
    messages.success(request, say("people.saved", language()))
    return redirect("staff:person", person_id)


@require_POST
@page(Right.STAFF_CHANGE, grave=True)
def password(request: HttpRequest, person_id: int) -> HttpResponse:
    """A password for one sign-in, shown once."""
    given = reset_password(actor_of(request), person_id)
    return _password_once(request, Person.objects.select_related("unit").get(pk=person_id), given)


@require_POST
@page(Right.STAFF_CHANGE, grave=True)
def factors(request: HttpRequest, person_id: int) -> HttpResponse:
    """Take somebody's second factors away."""
    factor_acts.reset_factors(actor_of(request), person_id)
    messages.success(request, say("people.factors_reset", language()))
    return redirect("staff:person", person_id)


@require_POST
@page(Right.STAFF_CHANGE, grave=True)
def revoke_tokens(request: HttpRequest, person_id: int) -> HttpResponse:
    """Revoke all keys of somebody."""
    count = revoke_all_of(actor_of(request), person_id)
    messages.success(request, say("people.tokens_revoked", language(), count=count))
    return redirect("staff:person", person_id)


@page(Right.STAFF_READ)
def units(request: HttpRequest) -> HttpResponse:
    """All units; who may, adds one."""
    form = UnitForm(request.POST or None)
    if request.method == "POST":
        if not cast("Person", request.user).may(Right.STAFF_CHANGE):
            raise PermissionDenied
        if form.is_valid():
            add_unit(actor_of(request), **form.cleaned_data)
            return redirect("staff:units")
    return render(request, "people/units.html", {"units": list(queries.units()), "form": form})


@page(Right.STAFF_CHANGE)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Change a unit."""
    one = get_object_or_404(Unit, pk=unit_id)
    form = UnitForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        change_unit(actor_of(request), unit_id, **form.cleaned_data)
        return redirect("staff:units")
    return render(request, "people/unit.html", {"form": form, "unit": one})


def _password_once(request: HttpRequest, someone: Person, given: str) -> HttpResponse:
    return render(request, "people/password_once.html", {"person": someone, "password": given})
