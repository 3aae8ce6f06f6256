"""Where people come in on a screen: the actor of a request, and pages that ask for a right."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.gate import Actor, Via
from andon.console.staff.models import Person
from andon.domain.errors import AndonError, Conflict, Refused
from andon.wording.say import say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.rights import Right

P = ParamSpec("P")
_READING = ("GET", "HEAD", "OPTIONS")


def actor_of(request: HttpRequest) -> Actor:
    """Who sits at this screen. Raises PermissionDenied for nobody."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return Actor(request.user, Via.SCREEN, fresh=_is_fresh(request))


def _is_fresh(request: HttpRequest) -> bool:
    """Whether they proved again who they are within the last minutes.

    By the session alone: allauth's own function also asks the database which proofs they could give, three queries for every page.
    """
    proofs = [record["at"] for record in get_authentication_records(request, request.user) if record.get("reauthenticated")]
    return bool(proofs) and time.time() - proofs[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def page(
    right: Right, *, grave: bool = False
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Make a view one that needs a sign-in and `right` (the "no right" page otherwise); a `grave` one asks for a fresh sign-in before a POST.

    A verb that refuses inside the view, or comes too late, becomes a page (for HTMX: a toast) with its one sentence.
    """

    def bind(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def through(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Person) or not request.user.may(right):
                raise PermissionDenied
            if grave and request.method not in _READING and not _is_fresh(request):
                raise ReauthenticationRequired
            try:
                return view(request, *args, **kwargs)
            except Refused as error:
                if error.data.get("reason") == "not_fresh":
                    raise ReauthenticationRequired from error
                return refusal(request, error, status=403)
            except Conflict as error:
                return refusal(request, error, status=409)

        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(through))

    return bind


def refusal(request: HttpRequest, error: AndonError, *, status: int) -> HttpResponse:
    """The sentence of an error, as a page or as a toast."""
    sentence = say_error(error, language())
    response = render(request, "desk/refused.html", {"sentence": sentence, "status": status}, status=status)
    return toast(response, sentence, tone="wrong") if getattr(request, "htmx", False) else response
