"""The life of a case: opened, taken up, declined, renamed, closed, opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.actions.common import happened, led, locked, said_why
from andon.console.casework.actions.members import admit
from andon.console.casework.codes import new_code
from andon.console.casework.hooks import MAY_CLOSE
from andon.console.casework.models import TITLE_LENGTH, Case, CaseEvent, CaseLink, Membership
from andon.console.gate import Actor, Done, verb
from andon.console.holds.actions.end import lift
from andon.console.holds.models import Hold
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

State, What = Case.State, CaseEvent.What


@verb("casework.opened_new", Right.CASE_WORK)
def open_case(actor: Actor, title: str, kind: str, *, ground: str, now: datetime | None = None) -> Done[Case]:
    """Open a case of the actor's unit, led by the actor. Raises Refused without a title or a ground."""
    now = now or timezone.now()
    title, ground = _titled(title, kind), said_why(ground)
    case = Case.objects.create(
        code=new_code(now), title=title, kind=kind, unit=actor.person.unit, state=State.OPEN, ground=ground, opened_at=now, opened_by=actor.person,
    )  # fmt: skip
    admit(case, actor.person, Membership.Role.LEADER, by=actor.person, ground=ground, at=now)
    happened(case, What.OPENED, actor.person, now, ground)
    return Done(case, f"case:{case.pk}", {"kind": kind, "unit": case.unit_id})


@verb("casework.taken_up", Right.CASE_WORK)
def take_up(actor: Actor, case_id: int, title: str, kind: str, *, now: datetime | None = None) -> Done[Case]:
    """Make a proposal to the actor's unit an open case, led by the actor. Raises Conflict when somebody was quicker."""
    now = now or timezone.now()
    case = _proposed(actor, case_id, now)
    case.title, case.kind, case.state, case.taken_at, case.taken_by = _titled(title, kind), kind, State.OPEN, now, actor.person
    case.save(update_fields=["title", "kind", "state", "taken_at", "taken_by"])
    happened(case, What.TAKEN_UP, actor.person, now)
    admit(case, actor.person, Membership.Role.LEADER, by=actor.person, ground=case.ground or case.code, at=now)
    return Done(case, f"case:{case_id}", {"kind": kind, "by": case.opened_by_id})


@verb("casework.declined", Right.CASE_WORK)
def decline(actor: Actor, case_id: int, *, note: str, now: datetime | None = None) -> Done[list[int]]:
    """Decline a proposal to the actor's unit, with a reason. Lifts the unit's holds that it had placed; returns those that stand on."""
    now = now or timezone.now()
    case = _proposed(actor, case_id, now)
    note = said_why(note)
    case.state, case.taken_at, case.taken_by = State.DECLINED, now, actor.person
    case.save(update_fields=["state", "taken_at", "taken_by"])
    happened(case, What.DECLINED, actor.person, now, note)
    left = _let_go(actor, case, note, now)
    return Done(left, f"case:{case_id}", {"by": case.opened_by_id, "holds_left": left})


def _proposed(actor: Actor, case_id: int, now: datetime) -> Case:
    """A proposal to the actor's own unit."""
    case = locked(actor, case_id, now=now)
    if case.state != State.PROPOSED:
        raise Conflict(reason="case_taken", name=f"case:{case_id}")
    if case.unit_id != actor.person.unit_id:
        raise Refused(reason="case_unit", name=f"case:{case_id}")
    return case


def _let_go(actor: Actor, case: Case, note: str, now: datetime) -> list[int]:
    """Lift the holds that only this proposal needs; those of another unit, or of another case too, stand."""
    left = []
    for key in case.links.filter(kind=CaseLink.Kind.HOLD, removed_at=None).values_list("key", flat=True):
        hold = Hold.objects.filter(pk=int(key), lifted_at=None).first()
        if hold is None:
            continue
        live = (State.PROPOSED, State.OPEN)
        shared = CaseLink.objects.filter(kind=CaseLink.Kind.HOLD, key=key, removed_at=None, case__state__in=live).exclude(case=case.pk).exists()
        ours = hold.by_id == case.opened_by_id and hold.placed_at == case.opened_at  # a hold that stood before is not the proposal's
        if shared or not ours or hold.unit_id != actor.person.unit_id or not actor.person.may(Right.HOLD_LIFT):
            left.append(hold.pk)
        else:
            lift(actor, hold.pk, note=note, now=now)
    return left


@verb("casework.renamed", Right.CASE_WORK)
def rename(actor: Actor, case_id: int, title: str, *, now: datetime | None = None) -> Done[Case]:
    """Give the case another title."""
    now = now or timezone.now()
    case = led(actor, case_id, now=now)
    before, case.title = case.title, _titled(title, case.kind)
    case.save(update_fields=["title"])
    happened(case, What.RENAMED, actor.person, now, before)
    return Done(case, f"case:{case_id}", {})


@verb("casework.closed", Right.CASE_WORK)
def close(actor: Actor, case_id: int, *, note: str, now: datetime | None = None) -> Done[Case]:
    """Close an open case. Raises Refused without a reason, and when an app knows what must be done before (a document that is not accounted for)."""
    now = now or timezone.now()
    case, note = led(actor, case_id, now=now), said_why(note)
    if case.state != State.OPEN:
        raise Conflict(reason="case_not_open", name=f"case:{case_id}")
    for may in MAY_CLOSE:
        may(case, now)
    case.state, case.closed_at, case.closed_by = State.CLOSED, now, actor.person
    case.save(update_fields=["state", "closed_at", "closed_by"])
    happened(case, What.CLOSED, actor.person, now, note)
    return Done(case, f"case:{case_id}", {})


@verb("casework.reopened", Right.CASE_WORK)
def reopen(actor: Actor, case_id: int, *, note: str, now: datetime | None = None) -> Done[Case]:
    """Open a closed case again, with a reason."""
    now = now or timezone.now()
    case, note = led(actor, case_id, now=now), said_why(note)
    if case.state != State.CLOSED:
        raise Conflict(reason="case_not_closed", name=f"case:{case_id}")
    case.state, case.closed_at, case.closed_by = State.OPEN, None, None
    case.save(update_fields=["state", "closed_at", "closed_by"])
    happened(case, What.REOPENED, actor.person, now, note)
    return Done(case, f"case:{case_id}", {})


def _titled(title: str, kind: str) -> str:
    text = title.strip()[:TITLE_LENGTH]
    if not text or kind not in Case.Kind.values:
        raise Refused(reason="case_title")
    return text
