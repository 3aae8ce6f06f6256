"""What the approver decides: in person, freshly signed in, each time anew."""

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


@verb("authority.approved", Right.PLAN_APPROVE, grave=True)
def approve(actor: Actor, plan_id: int, text: str = "", *, involvement: str = "", higher: str = "", now: datetime | None = None) -> Done[Plan]:
    """Grant a plan for its period. `involvement` names the approver's own part in the investigation, `higher` the approval of over twelve months."""
    moved = move(actor, plan_id, Verb.APPROVE, Given(text=text, involvement=involvement, higher=higher), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.refused", Right.PLAN_APPROVE, grave=True)
def refuse(actor: Actor, plan_id: int, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Refuse a plan, with a reason."""
    moved = move(actor, plan_id, Verb.REFUSE, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.sent_back", Right.PLAN_APPROVE)
def send_back(actor: Actor, plan_id: int, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Give a plan back to be written anew, with what is missing."""
    moved = move(actor, plan_id, Verb.SEND_BACK, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.resumed", Right.PLAN_APPROVE, grave=True)
def resume(actor: Actor, plan_id: int, text: str, *, involvement: str = "", now: datetime | None = None) -> Done[Plan]:
    """Let a suspended operation go on: a new approval. Never after the officer's identity was noticed."""
    moved = move(actor, plan_id, Verb.RESUME, Given(text=text, involvement=involvement), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.renewed", Right.PLAN_APPROVE, grave=True)
def renew(actor: Actor, plan_id: int, text: str, *, involvement: str = "", higher: str = "", now: datetime | None = None) -> Done[Plan]:
    """Grant the further period that was asked for."""
    moved = move(actor, plan_id, Verb.RENEW, Given(text=text, involvement=involvement, higher=higher), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.renewal_refused", Right.PLAN_APPROVE, grave=True)
def refuse_renewal(actor: Actor, plan_id: int, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Refuse a further period, with a reason."""
    moved = move(actor, plan_id, Verb.REFUSE_RENEWAL, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.amended", Right.PLAN_APPROVE, grave=True)
def amend(actor: Actor, plan_id: int, text: str = "", *, involvement: str = "", higher: str = "", now: datetime | None = None) -> Done[Plan]:
    """Grant the amendment that was asked for."""
    moved = move(actor, plan_id, Verb.AMEND, Given(text=text, involvement=involvement, higher=higher), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)


@verb("authority.amendment_refused", Right.PLAN_APPROVE, grave=True)
def refuse_amendment(actor: Actor, plan_id: int, text: str, *, now: datetime | None = None) -> Done[Plan]:
    """Refuse an amendment, with a reason."""
    moved = move(actor, plan_id, Verb.REFUSE_AMENDMENT, Given(text=text), now=now)
    return Done(moved.plan, f"plan:{plan_id}", moved.facts)
