"""The coordinator has read raised words. Inducement is a stop event and an error (A17); so is a stop rule that came true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import ErrorKind, Ground
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.contactlog.actions.common import logged_in, said, stop_if_met
from andon.console.undercover.contactlog.actions.correct import known
from andon.console.undercover.contactlog.codes import CHECKLIST, Judgement
from andon.console.undercover.contactlog.models import Acknowledgement, LogEntry, StopCheck
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("contactlog.acknowledged", Right.CASE_WORK)
def acknowledge(
    actor: Actor, entry_id: int, judgement: str, text: str, *, ground: str = "", now: datetime | None = None
) -> Done[Acknowledgement]:
    """Answer for the raised words of an entry: by the plan's coordinator, once, in words of his own.

    INDUCEMENT stops the operation and stands in the errors register; STOP (of what came in) stops it for `ground`.
    """
    now = now or timezone.now()
    entry = known(actor, entry_id, now=now)
    logged_in(actor, entry.case_id, now=now)
    _may(actor, entry, judgement, ground)
    made = Acknowledgement.objects.create(entry=entry, judgement=judgement, text=said(text, "log_acknowledgement"), by=actor.person, at=now)
    grounds = _follows(actor, entry, made, ground, now)
    return Done(made, f"log:{entry_id}", {"judgement": judgement, "stopped": grounds})


def _may(actor: Actor, entry: LogEntry, judgement: str, ground: str) -> None:
    if entry.plan is None or entry.plan.coordinator_id != actor.person.pk:
        raise Refused(reason="plan_who_coordinator", name=f"log:{entry.pk}")
    if not entry.raised.exists():
        raise Conflict(reason="log_not_raised", name=f"log:{entry.pk}")
    if Acknowledgement.objects.filter(entry=entry).exists():
        raise Conflict(reason="log_acknowledged", name=f"log:{entry.pk}")
    fits = judgement in (Judgement.FINE, Judgement.INDUCEMENT) if entry.is_ours else judgement in (Judgement.FINE, Judgement.STOP)
    if not fits or (judgement == Judgement.STOP and ground not in CHECKLIST):
        raise Refused(reason="log_judgement")


def _follows(actor: Actor, entry: LogEntry, made: Acknowledgement, ground: str, now: datetime) -> list[str]:
    if made.judgement == Judgement.FINE:
        return []
    plan = entry.plan
    if plan is None:  # `_may` has refused it
        raise Conflict(reason="plan_unknown", name=f"log:{entry.pk}")
    met = Ground.INDUCEMENT.value if made.judgement == Judgement.INDUCEMENT else ground
    if made.judgement == Judgement.INDUCEMENT:
        about = About(entry.case_id, entry.plan_id, entry.happened_at, now, actor.person, made.text)
        record_error(ErrorKind.INDUCEMENT, f"log:{entry.pk}", about, {"entry": entry.pk})
    check = StopCheck.objects.create(plan=plan, entry=entry, answers={met: True}, text=made.text, by=actor.person, at=now)
    return stop_if_met(actor, check, now=now)
