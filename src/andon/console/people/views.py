"""Pages about oneself: settings, keys for programs; and who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.people.actions.preferences import LIKES, prefer
from andon.console.people.actions.tokens import make_token, revoke_token
from andon.console.people.forms import SettingsForm, TokenForm
from andon.console.staff.models import Person
from andon.console.staff.queries import has_second_factor, tokens_of
from andon.console.staff.rights import ROLE_RIGHTS, Right, Role, Scope
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest


@page(Right.OWN_SETTINGS)
def me(request: HttpRequest) -> HttpResponse:
    """My settings."""
    person = cast("Person", request.user)
    form = SettingsForm(request.POST or None, instance=Person.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        prefer(actor_of(request), **{name: form.cleaned_data[name] for name in LIKES})
        messages.success(request, say("me.saved", form.cleaned_data["language"]))
        return redirect("staff:me")
    return render(
        request, "people/me.html", {"form": form, "has_factor": has_second_factor(person), "factor_required": settings.SECOND_FACTOR_REQUIRED}
    )


@require_POST
@page(Right.OWN_SETTINGS)
def looks(request: HttpRequest) -> HttpResponse:
    """The switches in the frame: those settings that were sent, then back to the page."""
    person = cast("Person", request.user)
    current = {"language": person.language, "appearance": person.appearance, "calm_media": person.calm_media}
    sent = {name: request.POST[name] for name in LIKES if name in request.POST}
    form = SettingsForm(current | sent, instance=Person.objects.get(pk=person.pk))
    if not form.is_valid():
        return HttpResponse(status=400)
    changed = {name: form.cleaned_data[name] for name in sent if form.cleaned_data[name] != current[name]}
    if changed:
        prefer(actor_of(request), **changed)
    response = HttpResponseRedirect(_safe(request, request.POST.get("next", "")))
    if "language" in changed:  # the sign-in page speaks it, too
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, changed["language"], max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def _safe(request: HttpRequest, address: str) -> str:
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if ours else "/"


@page(Right.OWN_SETTINGS)
def rights(request: HttpRequest) -> HttpResponse:
    """Roles across, rights down; the same table that the gate asks."""
    rows = [(right, [right in ROLE_RIGHTS[role] for role in Role]) for right in Right]
    mine = [cast("Person", request.user).has_role(role) for role in Role]
    return render(request, "people/rights.html", {"roles": list(zip(Role, mine, strict=True)), "rows": rows})


@page(Right.TOKENS, grave=True)
def tokens(request: HttpRequest) -> HttpResponse:
    """My keys for other programs; a new one is shown once."""
    person = cast("Person", request.user)
    form = TokenForm(person, request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        scopes = [Scope(scope) for scope in form.cleaned_data["scopes"]]
        made = make_token(actor_of(request), form.cleaned_data["label"], scopes, form.cleaned_data["days"])
        form = TokenForm(person)
    now = timezone.now()
    rows = [{"token": token, "valid": token.revoked_at is None and now < token.expires_at} for token in tokens_of(person)]
    return render(request, "people/tokens.html", {"form": form, "made": made, "rows": rows})


@require_POST
@page(Right.TOKENS)
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke one of my keys."""
    revoke_token(actor_of(request), token_id)
    messages.success(request, say("tokens.revoked", language()))
    return redirect("staff:tokens")
