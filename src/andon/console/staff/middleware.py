"""Per request: the person's language; and the door, which is closed to who has not signed in with everything that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils import translation

from andon.console.staff.models import Person
from andon.console.staff.queries import has_second_factor

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

FACTOR_SEEN = "second_factor_seen"  # in the session: a factor was there when it was looked for
_OPEN = {"account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn", "frame:looks", "health"}
_ALWAYS = {"account_logout", "staff:looks", "frame:looks"}
_TO_CHANGE_PASSWORD = _ALWAYS | {"account_change_password"}
_TO_SET_UP_FACTOR = _ALWAYS | {
    "account_reauthenticate", "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "mfa_download_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The person's own language; before signing in the cookie's or the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", None) or translation.get_language_from_request(request)
        with translation.override(chosen):
            response = get_response(request)
        response.setdefault("Content-Language", chosen)
        return response

    return middleware


def signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The door. Closed by default: nobody sees a page without signing in, unless it is in `_OPEN` or an address of the API, which asks for a key.

    Who has a password that somebody else has seen changes it first; who has no second factor (where one is required) sets one up first.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, _view: object, _args: object, _kwargs: dict[str, Any]) -> HttpResponseBase | None:
        where = _first(request)
        if where is None:
            return None
        return redirect_to_login(request.get_full_path()) if where == settings.LOGIN_URL else redirect(where)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it on what this returns
    return middleware


def _first(request: HttpRequest) -> str | None:
    """The name of the page that this person has to see first, if any."""
    match = request.resolver_match
    name = match.view_name if match is not None else ""
    person = request.user
    if not isinstance(person, Person):
        return None if name in _OPEN or name.startswith("api") else str(settings.LOGIN_URL)
    if person.must_change_password:
        return None if name in _TO_CHANGE_PASSWORD else "account_change_password"
    if settings.SECOND_FACTOR_REQUIRED and not _has_factor(request, person):
        request.shut_in = True  # type: ignore[attr-defined]  # pages of the factors then show no menu: every entry would lead back here
        return None if name in _TO_SET_UP_FACTOR else "mfa_index"
    return None


def _has_factor(request: HttpRequest, person: Person) -> bool:
    """Looked up once a session; taking a factor away makes it be looked up again (`people.receivers`)."""
    if not request.session.get(FACTOR_SEEN):
        if not has_second_factor(person):
            return False
        request.session[FACTOR_SEEN] = True
    return True
