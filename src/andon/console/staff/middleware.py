"""Per request: the person's language; and the door, which is closed to who has not signed in with everything that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


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
    """Placeholder of the second-factor door."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
