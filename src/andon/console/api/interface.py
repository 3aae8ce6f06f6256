"""The interface for other programs: all its parts put together."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern
from ninja import NinjaAPI

from andon.console.api import posts, reads
from andon.console.api.keys import PerKey
from andon.console.api.problems import answer_problems, not_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.urls import URLResolver

PREFIX = "/api/v1/"
interface = NinjaAPI(
    title="andon", version="1", urls_namespace="api", docs_url=None, openapi_url=None, throttle=PerKey(),
    description="Posts in; queue, campaigns and decisions out. Keys are made by people, act for them, and hold no more than their rights.",
)  # fmt: skip
answer_problems(interface)
interface.add_router("", posts.router)
interface.add_router("", reads.router)


def addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """What `path` takes. A method that an address does not know is refused in the form of all refusals."""
    patterns, app, namespace = interface.urls
    for one in patterns:
        if isinstance(one, URLPattern) and one.callback is not None:
            one.callback = _in_our_form(one.callback)
    return patterns, app, namespace


def _in_our_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - whatever the address holds
        answer = view(request, *args, **kwargs)
        return not_allowed(answer["Allow"]) if answer.status_code == 405 else answer  # noqa: PLR2004 - HTTP

    return through
