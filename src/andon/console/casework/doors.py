"""Pages of one case: who may not know of it is told that there is no such page, and reading one is an event."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.http import Http404

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.staff.models import Person
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case

P = ParamSpec("P")
_READING = ("GET", "HEAD")


def case_page(
    right: Right = Right.CASE_READ, *, event: str = "casework.opened", grave: bool = False
) -> Callable[[Callable[Concatenate[HttpRequest, Case, P], HttpResponse]], Callable[Concatenate[HttpRequest, int, P], HttpResponse]]:
    """Make a view of (request, case, …) one of an address with `<int:case_id>`.

    It asks for `right` (an inspector reads the cases of his sample without it), answers 404 for a case that the person may not know of, and keeps a
    GET in the trail as `event` of the case.
    """

    def bind(view: Callable[Concatenate[HttpRequest, Case, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, int, P], HttpResponse]:
        @wraps(view)
        def of_case(request: HttpRequest, case_id: int, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            try:
                case = visible.case_or_404(actor.person, case_id)
            except Http404:
                gate.saw(actor, "casework.missed", f"case:{case_id}", {"page": view.__name__})
                raise
            if request.method in _READING:
                gate.saw(actor, event, f"case:{case_id}", {"page": view.__name__})
            return view(request, case, *args, **kwargs)

        by_right, by_sample = page(right, grave=grave)(of_case), page(Right.INSPECT)(of_case)

        @wraps(view)
        def through(request: HttpRequest, case_id: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            sampled = request.method in _READING and isinstance(request.user, Person) and visible.inspects(request.user, case_id)
            return (by_sample if sampled else by_right)(request, case_id, *args, **kwargs)

        return cast("Callable[Concatenate[HttpRequest, int, P], HttpResponse]", through)

    return bind
