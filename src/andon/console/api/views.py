"""What the interface says of itself: OpenAPI for programs, a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from andon.console.api import described
from andon.console.api.keys import LIMIT
from andon.console.api.schemas import MOST_POSTS
from andon.console.doors import page
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.staff.tokens import token_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@page(Right.TOKENS)
def documentation(request: HttpRequest) -> HttpResponse:
    """The endpoints with their fields, from the same schema that programs read."""
    root = f"{request.scheme}://{request.get_host()}"
    about = {"operations": described.operations(), "types": described.types(), "root": root, "limit": LIMIT, "most_posts": MOST_POSTS}
    return render(request, "api/documentation.html", about)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The schema, for who holds a key or may make one."""
    if not (_may_make_keys(request.user) or token_of(request.headers.get("Authorization", "").removeprefix("Bearer ")) is not None):
        raise PermissionDenied
    return JsonResponse(described.schema(), json_dumps_params={"ensure_ascii": False})


def _may_make_keys(user: Person | AnonymousUser) -> bool:
    return isinstance(user, Person) and user.may(Right.TOKENS)
