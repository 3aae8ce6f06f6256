"""Carry a granted plan out: notice, beginning, reviews, suspension, stop, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import Verb
from andon.console.undercover.authority.moving import move

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan


@verb("authority.notified", Right.CASE_WORK)
def notify(actor: Actor, plan_id: int, *, reference: str, given_at: datetime, now: datetime | None = None) -> Done[Plan]:
    """Keep that the NPA was told, when, under which number."""
    moved = move(actor, plan_id, Verb.NOTIFY, Given(reference=reference, given_at=given_at), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.begun", Right.CASE_WORK)
def begin(actor: Actor, plan_id: int, *, now: datetime | None = None) -> Done[Plan]:
    """Begin to carry it out: from here on there is authority, within the period."""
    moved = move(actor, plan_id, Verb.BEGIN, now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.reviewed", Right.CASE_WORK)
def review(actor: Actor, plan_id: int, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Keep the result of a review that is due."""
    moved = move(actor, plan_id, Verb.REVIEW, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.suspended", Right.CASE_READ)
def suspend(actor: Actor, plan_id: int, ground: str, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Suspend it: by the coordinator or the approver. Only the approver lets it go on."""
    moved = move(actor, plan_id, Verb.SUSPEND, Given(ground=ground, text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.stopped", Right.CONTACT_LOG)
def stop(actor: Actor, plan_id: int, ground: str, text: str = "", *, now: datetime | None = None) -> Done[Plan]:
    """Stop it on a ground of the stop rules: by anybody who may log contacts in the case. Only a new approval lets it go on."""
    moved = move(actor, plan_id, Verb.STOP, Given(ground=ground, text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.ended", Right.CASE_WORK)
def end(actor: Actor, plan_id: int, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """End it, with what came of it."""
    moved = move(actor, plan_id, Verb.END, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.cancelled", Right.CASE_READ)
def cancel(actor: Actor, plan_id: int, ground: str, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Cancel it because its grounds have fallen away; the state of every document and account is kept with it."""
    moved = move(actor, plan_id, Verb.CANCEL, Given(ground=ground, text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.closed", Right.CASE_WORK)
def close(actor: Actor, plan_id: int, text: str = "", *, now: datetime | None = None) -> Done[Plan]:
    """Close the file of a plan: every document is accounted for, every error closed, unrelated material decided on."""
    moved = move(actor, plan_id, Verb.CLOSE, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)
