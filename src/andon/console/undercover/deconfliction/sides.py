"""Who is on a side of a conflict, whom the other side is to call, and what it would be shown. The other side never sees more than that here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.models import WORKING, Membership, in_force
from andon.console.people import secret_box
from andon.console.staff.rights import Right
from andon.console.undercover.deconfliction.codes import Origin
from andon.console.undercover.deconfliction.models import Clash, Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from andon.console.staff.models import Person

PARTS = ("unit", "case", "case__opened_by", "plan", "plan__coordinator", "hold", "hold__ask", "hold__by", "asked", "watch")


@dataclass(frozen=True, slots=True)
class Face:
    """All that one side learns of the other: an office and a person to call."""

    unit: str
    name: str


def sides_of(person: Person) -> QuerySet[Side]:
    """The sides that the person is on: a case they may know of, a hold whose reason they may read, a measure of their unit."""
    mine = Q(origin=Origin.CASE, case__in=visible.cases(person))
    if person.may(Right.HOLD_PLACE) or person.may(Right.HOLD_LIFT):
        mine |= Q(origin=Origin.HOLD, hold__unit=person.unit_id)
    if person.may(Right.MEASURE_DRAFT):
        mine |= Q(origin=Origin.MEASURE, unit=person.unit_id)
    return Side.objects.filter(mine).select_related(*PARTS)


def clashes(person: Person) -> QuerySet[Clash]:
    """The conflicts that the person may know of. Every page, list and count starts here."""
    return Clash.objects.filter(Exists(sides_of(person).filter(clash=OuterRef("pk"))))


def acting_side(person: Person, clash: Clash) -> Side | None:
    """The side that the person acts for: who works on the case, who is of the unit. Nobody for who only reads (an inspector)."""
    for side in sides_of(person).filter(clash=clash).order_by("number"):
        if side.origin != Origin.CASE or visible.roles_in(person, side.case_id or 0) & frozenset(WORKING):
            return side
    return None


def other(side: Side) -> Side:
    """The side across."""
    return Side.objects.select_related(*PARTS).get(clash=side.clash_id, number=3 - side.number)


def whom(sides: Iterable[Side]) -> dict[int, Person]:
    """Whom to call for each side: the coordinator of the plan, else who leads the case; whom the hold names; who drafted the measure."""
    sides = list(sides)
    leaders = _leaders([side.case_id for side in sides if side.case_id and not _coordinator(side)])
    return {side.pk: _call(side, leaders) for side in sides}


def faces(sides: Iterable[Side]) -> dict[int, Face]:
    """By side: its unit, and the person to call."""
    sides = list(sides)
    called = whom(sides)
    return {side.pk: Face(side.unit.name, called[side.pk].name) for side in sides}


def _coordinator(side: Side) -> Person | None:
    one: Person | None = side.plan.coordinator if side.plan else None
    return one if one is not None and one.is_active else None


def _leaders(cases: list[int]) -> dict[int, Person]:
    """The first leader of each case."""
    leading = Membership.objects.filter(in_force(timezone.now()), case__in=cases, role=Membership.Role.LEADER, person__is_active=True)
    return {one.case_id: one.person for one in leading.select_related("person").order_by("-pk")}


def _call(side: Side, leaders: dict[int, Person]) -> Person:
    if side.hold is not None:
        held: Person = side.hold.ask if side.hold.ask.is_active else side.hold.by
        return held
    if side.asked is not None:
        asked: Person = side.asked
        return asked
    case = side.case
    if case is None:
        raise AssertionError(side.pk)  # a side is one of the three
    return _coordinator(side) or leaders.get(case.pk) or case.opened_by


def content(side: Side) -> dict[str, str]:
    """What an opening shows of a side: which case and plan, and the value. Of a hold or a measure, which. Not a page more."""
    if side.hold is not None:
        return {"hold": f"{side.hold.pk}", "reason": side.hold.reason, "note": side.hold.note}
    if side.measure:
        return {"measure": side.measure}
    if side.case is None:
        return {}
    shown = {"case": side.case.code, "title": side.case.title, "plan": side.plan.code if side.plan else ""}
    return shown | {"value": secret_box.unlock(side.watch.sealed)} if side.watch else shown
