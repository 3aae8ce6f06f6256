"""The stop button: by anybody who logs in the case, at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import STOP_GROUNDS, State
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.contactlog.actions.common import plan_of, stop_if_met
from andon.console.undercover.contactlog.models import LogEntry, StopCheck
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("contactlog.stopped", Right.CONTACT_LOG)
def stop(actor: Actor, plan_id: int, ground: str, text: str = "", *, entry_id: int | None = None, now: datetime | None = None) -> Done[StopCheck]:
    """Stop the operation on a stop rule. Only a new approval lifts it, and none once the officer's identity was noticed (U14, A13)."""
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if ground not in STOP_GROUNDS:
        raise Refused(reason="plan_stop_ground", name=f"plan:{plan_id}")
    if plan.state not in (State.ACTIVE, State.SUSPENDED):
        raise Conflict(reason=f"plan_state_{plan.state}", name=f"plan:{plan_id}")
    entry = LogEntry.objects.filter(pk=entry_id, plan=plan).first() if entry_id else None
    check = StopCheck.objects.create(plan=plan, entry=entry, answers={ground: True}, text=text.strip()[:NOTE_LENGTH], by=actor.person, at=now)
    stop_if_met(actor, check, now=now)
    return Done(check, f"plan:{plan_id}", {"ground": ground, "check": check.pk, "entry": entry.pk if entry else None})
