"""Ask the approver for a longer period or for anything wider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import Verb
from andon.console.undercover.authority.moving import move

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan


@verb("authority.renewal_asked", Right.PLAN_APPLY)
def ask_renewal(actor: Actor, plan_id: int, *, until: datetime, results: str, need: str, now: datetime | None = None) -> Done[Plan]:
    """Ask for a further period: what came of it so far, and why it is still needed."""
    moved = move(actor, plan_id, Verb.ASK_RENEWAL, Given(until=until, results=results, text=need), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.amendment_asked", Right.PLAN_APPLY)
def ask_amendment(actor: Actor, plan_id: int, *, adds: dict[str, Any], why: str, now: datetime | None = None) -> Done[Plan]:
    """Ask for more than the plan: `adds` names offences, targets, accounts, operators (lists) and a number of documents."""
    moved = move(actor, plan_id, Verb.ASK_AMENDMENT, Given(adds=adds, text=why), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)
