"""Put a correction beside an entry. The entry itself cannot change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.models import TEXT_LENGTH
from andon.console.undercover.contactlog.actions.common import logged_in, said
from andon.console.undercover.contactlog.models import Correction, LogEntry
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("contactlog.corrected", Right.CONTACT_LOG)
def correct(actor: Actor, entry_id: int, field: str, text: str, *, why: str, now: datetime | None = None) -> Done[Correction]:
    """Say what a field should read, and why. Whether a contact was permitted or late is not a field."""
    now = now or timezone.now()
    entry = known(actor, entry_id, now=now)
    logged_in(actor, entry.case_id, now=now)
    if field not in Correction.Field.values or not text.strip():
        raise Refused(reason="log_correction")
    why = said(why, "log_correction")
    made = Correction.objects.create(entry=entry, field=field, text=text.strip()[:TEXT_LENGTH], why=why, by=actor.person, at=now)
    return Done(made, f"log:{entry_id}", {"correction": made.pk, "field": field})


def known(actor: Actor, entry_id: int, *, now: datetime) -> LogEntry:
    """The entry. Raises Conflict for one of a case that the actor may not know of, and for none, alike."""
    entry = LogEntry.objects.select_related("plan", "case").filter(pk=entry_id).first()
    if entry is None or not visible.sees(actor.person, entry.case_id, now=now):
        raise Conflict(reason="log_unknown", name=f"log:{entry_id}")
    return entry
