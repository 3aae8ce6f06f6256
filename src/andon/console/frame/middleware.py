"""Headers that every answer carries, and what a fragment gets when its person is no longer signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No device for any page; nothing that a signed-in person sees is kept by a browser or a proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", _POLICY)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return _whole_page(request, response)

    return middleware


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A fragment's redirect to the doors (sign-in, second factor, fresh sign-in) becomes one of the whole page: no password form inside a card."""
    if "HX-Request" not in request.headers or response.status_code not in (301, 302, 303, 307):
        return response
    target = urlsplit(response.headers.get("Location", ""))
    if not target.path.startswith(_doors()):
        return response
    seen = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = seen.path + (f"?{seen.query}" if seen.query else "") if seen.netloc == request.get_host() else "/"
    whole = HttpResponse(status=204, headers={"HX-Redirect": f"{target.path}?{urlencode({'next': back})}"})
    whole.cookies = response.cookies
    return whole


def _doors() -> str:
    """Where all pages of signing in live: the folder of the sign-in page ("/account/")."""
    return resolve_url(settings.LOGIN_URL).rsplit("/login", 1)[0] + "/"
