"""What the verbs of cases share: the case locked for the change, who may change it, and its events. Plain functions, called by verbs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.casework import visible
from andon.console.casework.models import GROUND_LENGTH, LEADING, WORKING, Case, CaseEvent
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.gate import Actor
    from andon.console.staff.models import Person


def locked(actor: Actor, case_id: int, *, now: datetime) -> Case:
    """The case, held until the end of the transaction. Raises Refused for one that the actor may not know of and for none alike."""
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None or not visible.sees(actor.person, case_id, now=now):
        raise Refused(reason="case_unknown", name=f"case:{case_id}")
    return case


def led(actor: Actor, case_id: int, *, now: datetime) -> Case:
    """The same, for one of its leaders or its coordinator."""
    return _as(actor, case_id, LEADING, "case_leading", now)


def worked_on(actor: Actor, case_id: int, *, now: datetime) -> Case:
    """The same, for who works on it while it is open."""
    case = _as(actor, case_id, WORKING, "case_working", now)
    if not case.is_open:
        raise Conflict(reason="case_not_open", name=f"case:{case_id}")
    return case


def _as(actor: Actor, case_id: int, roles: Iterable[str], reason: str, now: datetime) -> Case:
    case = locked(actor, case_id, now=now)
    if not visible.roles_in(actor.person, case_id, now=now) & frozenset(roles):
        raise Refused(reason=reason, name=f"case:{case_id}")
    return case


def happened(case: Case, what: str, by: Person, at: datetime, note: str = "", **data: object) -> CaseEvent:
    """Add an event to the case."""
    return CaseEvent.objects.create(case=case, what=what, by=by, at=at, note=note.strip()[:GROUND_LENGTH], data=data)


def said_why(ground: str) -> str:
    """The ground, without spaces around. Raises Refused for none."""
    text = ground.strip()[:GROUND_LENGTH]
    if not text:
        raise Refused(reason="case_ground")
    return text
