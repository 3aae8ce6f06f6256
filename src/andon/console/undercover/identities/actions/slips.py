"""What takes two people: one begins (the custodian), another ends it at a screen of their own. No name is ever typed for somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.authority.queries import authority_at
from andon.console.undercover.identities.actions.common import RUNNING, Move, document_of, kept, move, said, state_at, taken
from andon.console.undercover.identities.codes import BEFORE, OF_STEP, Looked, State, Step
from andon.console.undercover.identities.models import Document, Movement, Officer, Reconciliation, Slip
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_LED = (Step.RECONCILE.value, Step.DESTROY.value)  # the second person leads the case


@verb("identities.slip_begun", Right.IDENTITY_KEEP)
def hand_out(actor: Actor, document_id: int, *, officer: str, due_at: datetime, note: str, now: datetime | None = None) -> Done[Slip]:
    """Begin to hand a document out for an officer (by code) until a time: it is out when the person who takes it to the officer confirms.

    Raises Refused without authority in force (A9), beyond its end, for an officer who is not in the plan or not sealed (A19), for an address that is
    listed as a dwelling (U13).
    """
    now = now or timezone.now()
    document = document_of(actor, document_id, now=now)
    plan = kept(actor, document.plan_id, now=now)
    slip = Slip(plan=plan, document=document, step=Step.HAND_OUT, officer=officer, due_at=due_at, note=said(note, "document_text"))
    _may_go_out(slip, plan, now)
    return _begun(actor, slip, now)


@verb("identities.slip_begun", Right.IDENTITY_KEEP)
def take_back(actor: Actor, document_id: int, *, note: str = "", now: datetime | None = None) -> Done[Slip]:
    """Begin to take a document back, whatever became of its plan."""
    now = now or timezone.now()
    document = document_of(actor, document_id, now=now)
    plan = kept(actor, document.plan_id, now=now)
    return _begun(actor, Slip(plan=plan, document=document, step=Step.RETURN, note=note.strip()[:NOTE_LENGTH]), now)


@verb("identities.slip_begun", Right.IDENTITY_KEEP)
def reconcile(actor: Actor, plan_id: int, *, note: str, now: datetime | None = None) -> Done[Slip]:
    """Begin to reconcile a plan's documents: each lies in its place, is lost, or is destroyed. Raises Refused while one is on its way (D4)."""
    now = now or timezone.now()
    plan = kept(actor, plan_id, now=now)
    _all_there(plan)
    return _begun(actor, Slip(plan=plan, step=Step.RECONCILE, note=said(note, "document_text")), now)


@verb("identities.slip_begun", Right.IDENTITY_KEEP)
def destroy(actor: Actor, document_id: int, *, note: str, now: datetime | None = None) -> Done[Slip]:
    """Begin to destroy a document of an operation that is over, once it is reconciled; `note` says how and where (D4)."""
    now = now or timezone.now()
    document = document_of(actor, document_id, now=now)
    plan = kept(actor, document.plan_id, now=now)
    slip = Slip(plan=plan, document=document, step=Step.DESTROY, note=said(note, "document_text"))
    _may_be_destroyed(slip, plan, now)
    return _begun(actor, slip, now)


def _begun(actor: Actor, slip: Slip, now: datetime) -> Done[Slip]:
    document = slip.document
    if document is not None and document.state not in BEFORE[OF_STEP[slip.step]]:
        raise Conflict(reason=f"document_{document.state}", name=f"document:{document.pk}")
    if Slip.objects.filter(plan=slip.plan, document=document, ended_at=None).exists():
        raise Conflict(reason="slip_there", name=f"plan:{slip.plan_id}")
    slip.by, slip.at = actor.person, now
    slip.save(force_insert=True)
    subject = f"document:{document.pk}" if document else f"plan:{slip.plan_id}"
    return Done(slip, subject, {"slip": slip.pk, "step": slip.step, "plan": slip.plan_id, "officer": slip.officer})


@verb("identities.slip_confirmed", Right.CASE_WORK)
def confirm(actor: Actor, slip_id: int, *, now: datetime | None = None) -> Done[Slip]:
    """End what another began, as the second person; whatever was true at its beginning has to be true still.

    Raises Refused for who began it (D2, D4), for who does not work on the case (reconciliation, destruction: does not lead it), and for its officer.
    """
    now = now or timezone.now()
    slip = _waiting(actor, slip_id, now)
    if slip.by_id == actor.person.pk:
        raise Refused(reason="identity_two", name=f"plan:{slip.plan_id}")
    plan = taken(actor, slip.plan_id, now=now, led=slip.step in _LED)
    slip.ended_at, slip.ended_by, slip.is_confirmed = now, actor.person, True
    slip.save(update_fields=["ended_at", "ended_by", "is_confirmed"])
    made = _reconciled(actor, slip, plan, now) if slip.step == Step.RECONCILE else _moved(actor, slip, plan, now)
    subject = f"document:{slip.document_id}" if slip.document_id else f"plan:{plan.pk}"
    facts = {"slip": slip.pk, "step": slip.step, "plan": plan.pk, "by": slip.by_id, "second": actor.person.pk, type(made).__name__.lower(): made.pk}
    return Done(slip, subject, facts)


def _moved(actor: Actor, slip: Slip, plan: Plan, now: datetime) -> Movement:
    if slip.step == Step.HAND_OUT:
        _may_go_out(slip, plan, now)
    elif slip.step == Step.DESTROY:
        _may_be_destroyed(slip, plan, now)
    how = Move(OF_STEP[slip.step], second=actor.person, officer=slip.officer, due_at=slip.due_at, note=slip.note, slip=slip)
    if slip.document_id is None:
        raise Conflict(reason="slip_gone", name=f"plan:{plan.pk}")
    return move(actor, slip.document_id, how, now=now, by=slip.by)


def _reconciled(actor: Actor, slip: Slip, plan: Plan, now: datetime) -> Reconciliation:
    _all_there(plan)
    documents = list(plan.documents.order_by("number"))
    plan.documents.update(reconciled_at=now)
    found = {str(one.number): one.state for one in documents}
    return Reconciliation.objects.create(plan=plan, slip=slip, by=slip.by, second=actor.person, found=found, note=slip.note, at=now)


@verb("identities.slip_dropped", Right.CASE_READ)
def drop(actor: Actor, slip_id: int, *, now: datetime | None = None) -> Done[Slip]:
    """Leave what was begun undone: by its custodian, or by who would have had to confirm it."""
    now = now or timezone.now()
    slip = _waiting(actor, slip_id, now)
    if slip.by_id != actor.person.pk:
        taken(actor, slip.plan_id, now=now, led=slip.step in _LED)
    slip.ended_at, slip.ended_by, slip.is_confirmed = now, actor.person, False
    slip.save(update_fields=["ended_at", "ended_by", "is_confirmed"])
    return Done(slip, f"plan:{slip.plan_id}", {"slip": slip.pk, "step": slip.step, "document": slip.document_id})


def _waiting(actor: Actor, slip_id: int, now: datetime) -> Slip:
    slip = Slip.objects.select_for_update(of=("self",)).select_related("plan", "by", "document__identity").filter(pk=slip_id, ended_at=None).first()
    if slip is None or not visible.sees(actor.person, slip.plan.case_id, now=now):
        raise Conflict(reason="slip_gone", name=f"slip:{slip_id}")
    return slip


def _may_go_out(slip: Slip, plan: Plan, now: datetime) -> None:
    """Raise Refused where a document may not leave its place."""
    name, authority = f"plan:{plan.pk}", authority_at(plan, now)
    if authority is None:
        raise Refused(reason="document_authority", name=name)
    if slip.due_at is None or not now < slip.due_at <= authority.ends_at:
        raise Refused(reason="document_due", name=name)
    if slip.officer not in plan.operators or not Officer.objects.filter(plan=plan, code=slip.officer).exists():
        raise Refused(reason="document_officer", name=name)
    if slip.document is None or slip.document.identity.officer != slip.officer:
        raise Refused(reason="document_whose", name=name)
    last = slip.document.identity.checks.last()
    if last is None or last.result == Looked.LISTED:
        raise Refused(reason="identity_address", name=name)


def _may_be_destroyed(slip: Slip, plan: Plan, now: datetime) -> None:
    document = Document.objects.filter(pk=slip.document_id or 0).first()
    if document is None:
        raise Conflict(reason="slip_gone", name=f"plan:{plan.pk}")
    if state_at(plan, now) in RUNNING:
        raise Refused(reason="document_running", name=f"document:{document.pk}")
    if document.reconciled_at is None:
        raise Refused(reason="document_unreconciled", name=f"document:{document.pk}")


def _all_there(plan: Plan) -> None:
    """Raise Refused while a document is out or has not been put in its place."""
    there = plan.documents.all()
    if not there.exists() or there.filter(state__in=(State.OUT, State.RECEIVED, State.RETURNED)).exists():
        raise Refused(reason="document_on_its_way", name=f"plan:{plan.pk}")
