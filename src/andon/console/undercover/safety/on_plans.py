"""What plans, meetings and contacts ask of safety: consent before a beginning, checks while somebody is out, nothing due once it is over."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.contactlog.codes import Direction
from andon.console.undercover.safety.actions.checking import finish, make
from andon.console.undercover.safety.actions.consenting import without_consent
from andon.console.undercover.safety.codes import CheckStep, Origin
from andon.console.undercover.safety.models import Outing, WelfareCheck
from andon.console.undercover.safety.rules import AFTER, DURING, FRESH, MOST_CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.console.undercover.authority.models import PlanEvent
    from andon.console.undercover.contactlog.hooks import Planned
    from andon.console.undercover.contactlog.models import LogEntry

_OVER = frozenset({State.ENDED.value, State.CANCELLED.value, State.REFUSED.value, State.CLOSED.value})


def may_begin(plan: Plan, _now: datetime) -> str | None:
    """Nobody goes without having consented; nor does it go on after consent was withdrawn."""
    return "safety_consent_missing" if without_consent(plan) else None


def before_contact(plan: Plan, _now: datetime) -> str | None:
    """What the log says before somebody contacts."""
    return "safety.before.consent" if without_consent(plan) else None


def after_state(plan: Plan, event: PlanEvent) -> None:
    """A plan that is over leaves nothing due. Who is out stays on the list until they are back."""
    if event.after not in _OVER:
        return
    for check in WelfareCheck.objects.select_for_update().filter(plan=plan, done_at=None, due_at__gt=event.at):
        finish(check, CheckStep.DROPPED, now=event.at)
    Outing.objects.filter(plan=plan, back_at=None, dropped_at=None, starts_at__gt=event.at).update(dropped_at=event.at)


def after_meeting(told: Planned, now: datetime) -> None:
    """Checks at the beginning, while it goes on and after its end, for each officer; a cancelled one leaves none."""
    if told.is_cancelled:
        for check in WelfareCheck.objects.select_for_update().filter(meeting=told.number, done_at=None):
            finish(check, CheckStep.DROPPED, now=now)
        Outing.objects.filter(meeting=told.number, back_at=None).update(dropped_at=now)
        return
    plan = Plan.objects.get(pk=told.plan_id)
    for officer in told.officers:
        Outing.objects.get_or_create(
            meeting=told.number, officer=officer, defaults={"plan": plan, "starts_at": told.starts_at, "ends_at": told.ends_at}
        )
        for due in islice(_times(told.starts_at, told.ends_at), MOST_CHECKS):
            make(plan, officer, due, Origin.MEETING, now=now, meeting=told.number)


def _times(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    at = starts_at
    while at < ends_at:
        yield at
        at += DURING
    yield ends_at + AFTER


def after_entry(entry: LogEntry) -> None:
    """A meeting that nobody had planned asks for a check after it, while it is fresh."""
    is_fresh = entry.logged_at - entry.happened_at <= FRESH
    if entry.direction != Direction.MET or entry.plan is None or not is_fresh or entry.officer not in entry.plan.operators:
        return
    due = max(entry.happened_at + AFTER, entry.logged_at)
    if not WelfareCheck.objects.filter(plan=entry.plan, officer=entry.officer, due_at__gte=entry.happened_at, done_at=None).exists():
        make(entry.plan, entry.officer, due, Origin.CONTACT, now=entry.logged_at)
