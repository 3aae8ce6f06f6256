"""What the page of a case shows of its plans, and what closing a case asks of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from andon.console.casework.models import LEADING, WORKING, Membership, in_force
from andon.console.casework.naming import Named
from andon.console.casework.timeline import Moment
from andon.console.casework.visible import roles_in
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority import queries
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import Plan, PlanEvent
from andon.domain.errors import Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person

_TONES: dict[str, Tone] = {
    "approve": "done", "begin": "done", "resume": "done", "renew": "done", "amend": "done", "refuse": "against", "cancel": "warn", "stop": "warn",
    "suspend": "warn", "miss_review": "warn", "expire": "warn",
}  # fmt: skip
_OVER = frozenset({State.ENDED, State.CANCELLED, State.REFUSED, State.CLOSED})
_HIDDEN = frozenset({"write"})  # somebody saved a draft: no news for the line of time


def may_close(case: Case, _now: datetime) -> None:
    """Raise Refused for a case with a plan that is not closed: its documents and errors are not accounted for."""
    if Plan.objects.filter(case=case).exclude(state=State.CLOSED).exists():
        raise Refused(reason="plans_open", name=f"case:{case.pk}")


def moments(case: Case, _person: Person) -> Iterator[Moment]:
    """Each verb of each plan, and the spans of time in which there was authority."""
    events = PlanEvent.objects.filter(plan__case=case).exclude(verb__in=_HIDDEN).select_related("plan", "by").order_by("plan", "id")
    by_plan: dict[int, list[PlanEvent]] = {}
    for event in events:
        by_plan.setdefault(event.plan_id, []).append(event)
        yield _moment(event)
    for one in by_plan.values():
        yield from spans(one)


def _moment(event: PlanEvent) -> Moment:
    label = say("authority.moment", language(), plan=event.plan.code, verb=say(f"authority.verb.{event.verb}", language()))
    note = say(f"authority.ground.{event.ground}", language()) if event.ground else ""
    who = event.by.name if event.by else say("authority.who.machine", language())
    url, tone = reverse("authority:plan", args=[event.plan_id]), _TONES.get(event.verb, "quiet")
    return Moment(event.at, "authority", label, url, tone, {"who": who, "note": note})


def spans(events: list[PlanEvent]) -> Iterator[Moment]:
    """The spans in which a plan was being carried out, within its period."""
    now = timezone.now()
    begin: PlanEvent | None = None
    for event, following in pairwise([*events, None]):
        if event is None or event.after != State.ACTIVE:
            begin = None
            continue
        begin = begin or event
        if following is not None and following.after == State.ACTIVE:
            continue
        end = min(following.at, event.ends_at or following.at) if following else event.ends_at
        label = say("authority.span", language(), plan=event.plan.code)
        is_open = following is None and (end is None or end > now)
        yield Moment(begin.at, "authority", label, reverse("authority:plan", args=[event.plan_id]), "done", {"is_open": is_open}, until=end)
        begin = None


def names(keys: Sequence[str], person: Person) -> dict[str, Named]:
    """What linked plans are called, for a reader who may know of them."""
    known = queries.plans(person).filter(pk__in=[int(key) for key in keys if key.isdigit()])
    return {
        str(plan.pk): Named(plan.code, reverse("authority:plan", args=[plan.pk]), say(f"authority.state.{plan.state}", language()), at=plan.made_at)
        for plan in known
    }


def panel(case: Case, person: Person) -> dict[str, Any] | None:
    """The plans of a case; nothing for a case of another kind."""
    if case.kind != case.Kind.UNDERCOVER:
        return None
    plans = list(Plan.objects.filter(case=case).select_related("coordinator").order_by("-pk"))
    roles = roles_in(person, case.pk)
    works = case.is_open and person.may(Right.PLAN_APPLY) and bool(roles & frozenset(WORKING))
    return {"plans": plans, "may_draft": works, "lingering": _lingering(case, plans) if roles & frozenset(LEADING) else 0}


def _lingering(case: Case, plans: Sequence[Plan]) -> int:
    """How many officers still see the case though every plan of it is over: a person ends that, once the documents are back (need-to-know)."""
    if not plans or any(plan.state not in _OVER for plan in plans):
        return 0
    return case.memberships.filter(in_force(timezone.now()), role=Membership.Role.OPERATOR).count()
