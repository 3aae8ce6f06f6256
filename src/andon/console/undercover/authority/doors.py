"""Pages of one plan: who may not know of its case is told that there is no such page, and reading one is an event."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.http import Http404

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.authority import queries
from andon.console.undercover.authority.models import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
_READING = ("GET", "HEAD")


def plan_page(
    right: Right = Right.CASE_READ, *, event: str = "authority.opened", grave: bool = False
) -> Callable[[Callable[Concatenate[HttpRequest, Plan, P], HttpResponse]], Callable[Concatenate[HttpRequest, int, P], HttpResponse]]:
    """Make a view of (request, plan, …) one of an address with `<int:plan_id>`; as `casework.doors.case_page` is for cases."""

    def bind(view: Callable[Concatenate[HttpRequest, Plan, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, int, P], HttpResponse]:
        @wraps(view)
        def of_plan(request: HttpRequest, plan_id: int, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            plan = queries.plans(actor.person).filter(pk=plan_id).first()
            if plan is None:
                raise Http404
            if request.method in _READING:
                gate.saw(actor, event, f"plan:{plan_id}", {"page": view.__name__})
            return view(request, plan, *args, **kwargs)

        by_right, by_sample = page(right, grave=grave)(of_plan), page(Right.INSPECT)(of_plan)

        @wraps(view)
        def through(request: HttpRequest, plan_id: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            reading = request.method in _READING and isinstance(request.user, Person) and request.user.may(Right.INSPECT)
            case_id = Plan.objects.filter(pk=plan_id).values_list("case", flat=True).first() if reading else None
            sampled = case_id is not None and isinstance(request.user, Person) and visible.inspects(request.user, case_id)
            return (by_sample if sampled else by_right)(request, plan_id, *args, **kwargs)

        return cast("Callable[Concatenate[HttpRequest, int, P], HttpResponse]", through)

    return bind
