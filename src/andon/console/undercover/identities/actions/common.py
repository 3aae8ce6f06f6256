"""What the verbs share: the plan, locked, for its custodian or its members; and movements. Plain functions, called by verbs only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.casework import visible
from andon.console.casework.models import LEADING, WORKING, Membership
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.models import NOTE_LENGTH, Plan, PlanEvent
from andon.console.undercover.identities import seal
from andon.console.undercover.identities.codes import AFTER, BEFORE, Moved, State
from andon.console.undercover.identities.models import NAME_LENGTH, Document, Movement, Slip
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.gate import Actor
    from andon.console.staff.models import Person
    from andon.console.undercover.identities.models import Place

_CUSTODIAN = frozenset({Membership.Role.CUSTODIAN.value})
TAKING, LED = frozenset(WORKING), frozenset(LEADING)
GRANTED = frozenset({PlanState.APPROVED.value, PlanState.NOTIFIED.value, PlanState.ACTIVE.value})
RUNNING = GRANTED | {PlanState.SUSPENDED.value}


@dataclass(frozen=True, slots=True)
class Move:
    """How a document moves: what is not told stays empty."""

    what: str
    second: Person | None = None
    other: str = ""
    officer: str = ""
    place: Place | None = None
    due_at: datetime | None = None
    note: str = ""
    slip: Slip | None = None


def kept(actor: Actor, plan_id: int, *, now: datetime) -> Plan:
    """The plan, locked, for a custodian of its case. Raises Conflict for one that is unknown to them and for none alike, Refused for others (U12)."""
    return _locked(actor, plan_id, _CUSTODIAN, "identity_custodian", now)


def taken(actor: Actor, plan_id: int, *, now: datetime, led: bool = False) -> Plan:
    """The same, for who works on the case (`led`: its leader or coordinator): the second person."""
    plan = _locked(actor, plan_id, LED if led else TAKING, "identity_second_led" if led else "identity_second", now)
    if actor.person.pk in seal.operators(plan).values():
        raise Refused(reason="identity_officer", name=f"plan:{plan_id}")  # A19: the officer's name would stand in the register
    return plan


def _locked(actor: Actor, plan_id: int, roles: frozenset[str], reason: str, now: datetime) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("case").filter(pk=plan_id).first()
    if plan is None or not visible.sees(actor.person, plan.case_id, now=now):
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    if not visible.roles_in(actor.person, plan.case_id, now=now) & roles:
        raise Refused(reason=reason, name=f"plan:{plan_id}")
    return plan


def state_at(plan: Plan, now: datetime) -> str:
    """Where the plan stood at a time, by its events; a draft before the first."""
    last = PlanEvent.objects.filter(plan=plan, at__lte=now).order_by("-id").values_list("after", flat=True).first()
    return last or PlanState.DRAFT.value


def document_of(actor: Actor, document_id: int, *, now: datetime) -> Document:
    """The document of a case that the actor may know of. Raises Conflict for others and for none, alike."""
    found = Document.objects.select_related("plan").filter(pk=document_id).first()
    if found is None or not visible.sees(actor.person, found.plan.case_id, now=now):
        raise Conflict(reason="document_unknown", name=f"document:{document_id}")
    return found


def move(actor: Actor, document_id: int, how: Move, *, now: datetime, by: Person | None = None) -> Movement:
    """Keep a movement and where the document is after it; the plan is locked by the caller.

    Raises Conflict where it is somewhere else by now: two movements never begin at one place.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state not in BEFORE[how.what]:
        raise Conflict(reason=f"document_{document.state}", name=f"document:{document_id}")
    document.state, document.moved_at, document.officer, document.due_at = AFTER[how.what], now, how.officer, how.due_at
    document.place = how.place if document.state == State.STORED else None
    if how.what != Moved.DESTROYED:
        document.reconciled_at = None
    document.save(update_fields=["state", "moved_at", "officer", "due_at", "place", "reconciled_at"])
    return keep(document, how, by=by or actor.person, now=now)


def keep(document: Document, how: Move, *, by: Person, now: datetime) -> Movement:
    """Add to the chain of a document."""
    return Movement.objects.create(
        document=document, number=document.movements.count() + 1, what=how.what, by=by, second=how.second, other=how.other[:NAME_LENGTH],
        officer=how.officer, place=how.place, due_at=how.due_at, note=how.note.strip()[:NOTE_LENGTH], slip=how.slip, at=now,
    )  # fmt: skip


def said(text: str, reason: str, length: int = NOTE_LENGTH) -> str:
    """The text, without spaces around. Raises Refused for none."""
    plain = text.strip()[:length]
    if not plain:
        raise Refused(reason=reason)
    return plain
