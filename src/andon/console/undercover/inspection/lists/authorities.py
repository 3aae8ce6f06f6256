"""All authorities that were ever granted, with their dates, and the days of each officer's code in each case (O4, A10)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from andon.console.frame.templatetags.desk import jst
from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.authority.models import Grant, PlanEvent
from andon.console.undercover.authority.queries import granted_plans
from andon.console.undercover.inspection.lists.listing import Cell, Listing, Row, said, toned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_DAY = timedelta(days=1)
_OVER = frozenset({Verb.END.value, Verb.EXPIRE.value, Verb.CANCEL.value})
Span = tuple["datetime", "datetime"]
Days = dict[tuple[int, str], tuple[int, int]]


def plans() -> list[Plan]:
    """With what their dates are read off, the latest first."""
    grants = Prefetch("grants", Grant.objects.select_related("by").order_by("number"))
    events = Prefetch("events", PlanEvent.objects.select_related("by").order_by("id"))
    found = granted_plans().prefetch_related(None).prefetch_related(grants, events, "notices")
    return list(found.select_related("case", "unit").order_by("-pk"))


def rows(now: datetime) -> list[Row]:
    """One line for each plan."""
    found = plans()
    days = officer_days(found, now)
    return [Row(plan.case, _cells(plan, days), tone=_tone(plan)) for plan in found]


def _tone(plan: Plan) -> str:
    return "warn" if any(grant.involvement or grant.higher for grant in plan.grants.all()) else ""


def _cells(plan: Plan, days: Days) -> tuple[Cell, ...]:
    grants, events, notice = list(plan.grants.all()), list(plan.events.all()), next(iter(plan.notices.all()), None)
    over = next((event for event in events if event.verb in _OVER), None)
    first = grants[0]
    return (
        plan.code, plan.unit.name, said(f"authority.state.{plan.state}"), [jst(first.at), first.by.name], notice.given_at if notice else None,
        [jst(first.starts_at), f"– {jst(grants[-1].ends_at)}"], _renewals(grants),
        [line for one in suspended(events) for line in _span(one)], [jst(over.at), said(f"authority.verb.{over.verb}")] if over else [],
        [said("inspection.days", officer=code, used=days[plan.case_id, code][0], granted=days[plan.case_id, code][1]) for code in plan.operators],
        _notes(grants),
    )  # fmt: skip


def _renewals(grants: list[Grant]) -> list[str]:
    """When each was granted, and until when."""
    return [line for grant in grants[1:] for line in (f"{grant.number}. {jst(grant.at)}", f"– {jst(grant.ends_at)}")]


def _notes(grants: list[Grant]) -> list[str]:
    """That a part of the approver's own or a higher approval was recorded; what it says stands in the case."""
    found = [said("inspection.recorded.involvement")] if any(grant.involvement for grant in grants) else []
    return found + ([said("inspection.recorded.higher")] if any(grant.higher for grant in grants) else [])


def _span(span: tuple[datetime, datetime | None]) -> tuple[str, str]:
    return jst(span[0]), f"– {jst(span[1]) if span[1] else ''}"


def suspended(events: Sequence[PlanEvent]) -> list[tuple[datetime, datetime | None]]:
    """When it stood still."""
    found: list[tuple[datetime, datetime | None]] = []
    since: datetime | None = None
    for event in events:
        if event.after == State.SUSPENDED:
            since = since or event.at
        elif since is not None:
            found.append((since, event.at))
            since = None
    return [*found, (since, None)] if since is not None else found


def active(events: Sequence[PlanEvent], now: datetime) -> list[Span]:
    """When it was being carried out: begun, not suspended, within its period, up to now."""
    found = []
    for event, following in pairwise([*events, None]):
        if event is None or event.after != State.ACTIVE or event.starts_at is None or event.ends_at is None:
            continue
        start = max(event.at, event.starts_at)
        end = min(following.at if following else now, event.ends_at, now)
        if start < end:
            found.append((start, end))
    return found


def officer_days(found: Iterable[Plan], now: datetime) -> Days:
    """By case and code: days used (a day that two plans cover is one), days granted (added up over all plans, as A10 counts). Begun days count."""
    used: defaultdict[tuple[int, str], list[Span]] = defaultdict(list)
    granted: defaultdict[tuple[int, str], timedelta] = defaultdict(timedelta)
    for plan in found:
        spans, length = active(list(plan.events.all()), now), sum((one.ends_at - one.starts_at for one in plan.grants.all()), timedelta())
        for code in plan.operators:
            used[plan.case_id, code] += spans
            granted[plan.case_id, code] += length
    return {key: (_whole(_together(used[key])), _whole(granted[key])) for key in granted}


def _together(spans: list[Span]) -> timedelta:
    """The length of all spans, where they overlap once."""
    total, reached = timedelta(), None
    for start, end in sorted(spans):
        start = start if reached is None else max(start, reached)  # noqa: PLW2901 - what an earlier span covers is counted there
        total += max(end - start, timedelta())
        reached = end if reached is None else max(end, reached)
    return total


def _whole(length: timedelta) -> int:
    return -(-length // _DAY)


_COLUMNS = ("plan", "unit", "state", "granted", "notice", "period", "renewals", "suspended", "over", "days", "notes")
LIST = Listing("authorities", _COLUMNS, rows, toned)
