"""Where people come in on a screen: the actor of a request, and pages that ask for a right."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from andon.console.gate import Actor, Via
from andon.console.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.rights import Right

P = ParamSpec("P")


def actor_of(request: HttpRequest) -> Actor:
    """Who sits at this screen. Raises PermissionDenied for nobody."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return Actor(request.user, Via.SCREEN, fresh=bool(did_recently_reauthenticate(request)))


def page(
    right: Right, *, grave: bool = False
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Make a view one that needs a sign-in and `right` (the "no right" page otherwise); a `grave` one asks for a fresh sign-in before a POST."""

    def bind(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def through(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Person) or not request.user.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded = reauthentication_required(through, allow_get=True) if grave else through
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(guarded))

    return bind
