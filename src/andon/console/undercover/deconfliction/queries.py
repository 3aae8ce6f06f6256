"""Reads: the conflicts of a person as they may know them, the requests that wait for a chief's order, and the board of planned meetings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from andon.console.casework import visible
from andon.console.people import secret_box
from andon.console.staff.rights import Right
from andon.console.undercover.deconfliction import sides
from andon.console.undercover.deconfliction.codes import Origin, State, What
from andon.console.undercover.deconfliction.models import Clash, Meeting, Side, Step, Watch
from andon.console.undercover.deconfliction.register import open_clashes
from andon.console.undercover.deconfliction.rules import BOARD_DAYS
from andon.console.undercover.deconfliction.sides import Face, faces
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_NO_LONGER = 4  # hours for which a meeting that is over stays on the board


@dataclass(frozen=True, slots=True)
class Line:
    """A conflict as one side knows it: what is theirs, and whom to call."""

    clash: Clash
    mine: Side
    face: Face


def lines(person: Person, found: Iterable[Clash]) -> list[Line]:
    """Conflicts with their faces; four questions however many there are."""
    found = list(found)
    by_clash: dict[int, list[Side]] = defaultdict(list)
    for side in Side.objects.filter(clash__in=found).select_related(*sides.PARTS):
        by_clash[side.clash_id].append(side)
    own = set(sides.sides_of(person).filter(clash__in=found).values_list("pk", flat=True))
    shown = faces(side for pair in by_clash.values() for side in pair)
    made = []
    for clash in found:
        pair = sorted(by_clash[clash.pk], key=lambda side: side.number)
        mine = next(side for side in pair if side.pk in own)
        across = next(side for side in pair if side.pk != mine.pk)
        made.append(Line(clash, mine, shown[across.pk]))
    return made


def waits_for_order(person: Person) -> QuerySet[Side]:
    """Sides of the approver's prefecture that the other side has asked to be shown, and that did not agree: what an order would open."""
    if not person.may(Right.PLAN_APPROVE) or not person.unit.prefecture:
        return Side.objects.none()
    asked = Step.objects.filter(clash=OuterRef("clash"), what=What.ASKED).exclude(side=OuterRef("pk"))
    return Side.objects.filter(Exists(asked), unit__prefecture=person.unit.prefecture, openings=None).select_related(*sides.PARTS, "clash")


def open_of(plan: Plan) -> QuerySet[Clash]:
    """Conflicts that stand in the way of a plan."""
    return Clash.objects.filter(open_clashes(plan)).distinct()


def of_case(case_id: int) -> QuerySet[Clash]:
    """The conflicts that a case is a side of."""
    return Clash.objects.filter(Exists(Side.objects.filter(clash=OuterRef("pk"), case=case_id)))


def waiting(person: Person) -> int:
    """How many open conflicts the person has."""
    return sides.clashes(person).filter(state=State.OPEN).count()


def own_values(case_id: int) -> list[tuple[Watch, str]]:
    """What the case itself has in the register, as it was typed: for who works on it."""
    found = Watch.objects.filter(case=case_id, ended_at=None, meeting=None).select_related("plan", "by").order_by("plan", "-pk")
    return [(one, secret_box.unlock(one.sealed)) for one in found]


# The board


@dataclass(frozen=True, slots=True)
class Cell:
    """A meeting as a reader may know it. Not of their case: hours and whom to call, and nothing that tells two cases apart or names one."""

    starts_at: datetime
    ends_at: datetime
    face: Face
    meeting: Meeting | None  # of their own case
    place: str
    is_now: bool


@dataclass(slots=True)
class Area:
    """An area on a day."""

    name: str
    cells: list[Cell] = field(default_factory=list)
    meets: bool = False  # two at overlapping hours


def board(person: Person, *, prefecture: str = "", now: datetime | None = None) -> list[tuple[date, list[Area]]]:
    """Planned meetings of all units by day and area. Three questions however many there are."""
    now = now or timezone.now()
    found = Meeting.objects.filter(
        cancelled_at=None, ends_at__gt=now - timedelta(hours=_NO_LONGER), starts_at__lt=now + timedelta(days=BOARD_DAYS)
    ).select_related("plan", "plan__coordinator", "case", "case__opened_by", "case__unit")
    found = found.filter(prefecture=prefecture) if prefecture else found
    rows = list(found.order_by("starts_at", F("ends_at"), "pk"))
    known = set(visible.cases(person).filter(pk__in={one.case_id for one in rows}).values_list("pk", flat=True)) if rows else set()
    called = _faces(rows)
    days: dict[date, dict[str, Area]] = {}
    for one in rows:
        name = f"{one.prefecture}{one.municipality}"
        area = days.setdefault(one.starts_at.astimezone(JAPAN).date(), {}).setdefault(name, Area(name))
        area.meets = area.meets or any(one.starts_at < cell.ends_at and cell.starts_at < one.ends_at for cell in area.cells)
        area.cells.append(_cell(one, called[one.pk], now, is_known=one.case_id in known))
    return [(day, sorted(areas.values(), key=lambda area: area.name)) for day, areas in sorted(days.items())]


def _cell(one: Meeting, face: Face, now: datetime, *, is_known: bool) -> Cell:
    place = secret_box.unlock(one.place) if is_known and one.place else ""
    return Cell(one.starts_at, one.ends_at, face, one if is_known else None, place, is_now=one.starts_at <= now < one.ends_at)


def _faces(rows: Sequence[Meeting]) -> dict[int, Face]:
    """Whom to call for each meeting: as for a side of a conflict."""
    made = [Side(pk=one.pk, origin=Origin.CASE, case=one.case, plan=one.plan, unit=one.case.unit) for one in rows]
    return faces(made)
