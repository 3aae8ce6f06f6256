"""Verbs of reading an exhibit: it is ordered, it begins, it is done, it failed. The reading itself stands between them (`running.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone

from andon.console.evidence.conversations.models import Reading, State
from andon.console.evidence.conversations.storing import keep
from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import kept, taken
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, EvidenceError, Refused
from andon.evidence.chats.times import ASSUMED_ZONE, zone_named
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from andon.console.evidence.conversations.storing import Gathered
    from andon.console.evidence.exhibits.models import Exhibit

UNFINISHED = (State.WAITING, State.RUNNING)


@verb("conversations.reading_ordered", Right.EVIDENCE_KEEP)
def order(actor: Actor, exhibit_id: int, zone: str = ASSUMED_ZONE) -> Done[Reading]:
    """An exhibit is to be read (again): with which zone for times that carry none.

    Raises Conflict for one that is not taken in or is being read, Refused for who keeps no exhibits of the case, for a zone that is none, and for a
    sealed exhibit: nothing is derived from it until it is opened.
    """
    exhibit = taken(kept(actor, exhibit_id))
    _zone(zone)
    if acts.is_sealed(store(), exhibit.code):
        raise Refused(reason="conversations_sealed", name=exhibit.code)
    if exhibit.readings.filter(state__in=UNFINISHED).exists():
        raise Conflict(reason="conversations_being_read", name=exhibit.code)
    return Done(*_ordered(actor, exhibit, zone))


@verb("conversations.reading_ordered", Right.EVIDENCE_KEEP)
def order_first(actor: Actor, exhibit_id: int) -> Done[Reading]:
    """The first reading, ordered by taking the exhibit in; the one that is there already when this is said twice."""
    exhibit = taken(kept(actor, exhibit_id))
    first = exhibit.readings.order_by("number").first()
    if first is not None:
        return Done(first, f"exhibit:{exhibit_id}", {"reading": first.pk, "again": True})
    return Done(*_ordered(actor, exhibit, ASSUMED_ZONE))


def _ordered(actor: Actor, exhibit: Exhibit, zone: str) -> tuple[Reading, str, dict[str, Any]]:
    number = (exhibit.readings.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Reading.objects.create(exhibit=exhibit, number=number, zone=zone, by=actor.person, at=timezone.now())
    return made, f"exhibit:{exhibit.pk}", {"case": exhibit.case_id, "reading": made.pk, "number": number, "zone": zone}


@verb("conversations.reading_begun", Right.EVIDENCE_KEEP)
def begin(actor: Actor, reading_id: int) -> Done[Reading]:
    """It begins, or begins anew after a stop. Raises Refused when who ordered it may no longer, Conflict when it has ended."""
    reading = _locked(reading_id)
    taken(kept(actor, reading.exhibit_id))
    if reading.state not in UNFINISHED:
        raise Conflict(reason="conversations_reading_ended", name=f"reading:{reading_id}")
    reading.state, reading.started_at = State.RUNNING, timezone.now()
    reading.save(update_fields=["state", "started_at"])
    return Done(reading, f"reading:{reading_id}", {"exhibit": reading.exhibit_id})


@unattended("conversations.read", Via.WORKER)
def finish(reading_id: int, gathered: Gathered) -> Done[Reading]:
    """The book is in the store: what stands in it is listed. Whoever ordered it may have left since; what is in the store is told all the same."""
    reading = _locked(reading_id)
    if reading.is_over:
        return Done(reading, f"reading:{reading_id}", {"again": True})
    mirror.follow(store())
    keep(reading, gathered)
    totals = reading.totals
    facts = {
        "exhibit": reading.exhibit_id, "case": reading.exhibit.case_id, "book": reading.book_sha256, "conversations": reading.conversation_count,
        "messages": reading.messages, "gaps": reading.gaps, "records": totals["records"], "rejected": totals["rejected"], "whole": reading.is_whole,
    }  # fmt: skip
    return Done(reading, f"reading:{reading_id}", facts)


@unattended("conversations.reading_failed", Via.WORKER)
def fail(reading_id: int, problem: dict[str, Any]) -> Done[Reading]:
    """It could not be read: code and data of what went wrong."""
    reading = _locked(reading_id)
    if not reading.is_over:
        reading.state, reading.problem, reading.ended_at = State.FAILED, problem, timezone.now()
        reading.save(update_fields=["state", "problem", "ended_at"])
    facts = {"exhibit": reading.exhibit_id, "problem": problem.get("code", ""), "reason": problem.get("reason", "")}
    return Done(reading, f"reading:{reading_id}", facts)


def _locked(reading_id: int) -> Reading:
    return Reading.objects.select_for_update(of=("self",)).select_related("exhibit__case", "by__unit").get(pk=reading_id)


def _zone(name: str) -> None:
    try:
        zone_named(name)
    except EvidenceError as error:
        raise Refused(reason="conversations_zone", name=name[:60]) from error
