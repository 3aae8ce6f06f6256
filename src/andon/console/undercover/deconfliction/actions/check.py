"""Check by hand: for a case, on a ground, a few values at a time. What is checked stands in the register from then on: who asks is seen, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone

from andon.console import gate
from andon.console.casework.actions.common import worked_on
from andon.console.gate import Actor, Done, verb
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.deconfliction.codes import Kind, Role
from andon.console.undercover.deconfliction.models import Check, Clash
from andon.console.undercover.deconfliction.register import enter
from andon.console.undercover.deconfliction.rules import DAY_VALUES, KEPT_FOR, LEAST_GROUND, LONGEST_WINDOW, MOST_VALUES
from andon.domain.errors import Refused
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from andon.console.undercover.deconfliction.keyed import Value

_EVENT = "deconfliction.checked"
_GUARDED = frozenset({"deconfliction_list", "deconfliction_limit"})


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a check says: which conflicts, by their codes."""

    check: Check
    clashes: tuple[Clash, ...]


def check(actor: Actor, case_id: int, values: Sequence[Value], ground: str, *, now: datetime | None = None) -> Answer:
    """Check values for a case that the actor works on.

    Raises Refused without a ground, for more values than a check of somebody has, and beyond what a person may check in a day; the last two are kept
    in the trail although nothing was done.
    """
    try:
        return _checked(actor, case_id, values, ground, now=now)
    except Refused as error:
        if error.data.get("reason") in _GUARDED:
            gate.record(actor.who(), "gate.refused", _EVENT, {"right": str(Right.CASE_WORK), "reason": error.data["reason"]})
        raise


@verb(_EVENT, Right.CASE_WORK)
def _checked(actor: Actor, case_id: int, values: Sequence[Value], ground: str, *, now: datetime | None = None) -> Done[Answer]:
    now = now or timezone.now()
    case = worked_on(actor, case_id, now=now)
    ground = ground.strip()[:NOTE_LENGTH]
    if len(ground) < LEAST_GROUND:
        raise Refused(reason="deconfliction_ground", name=f"case:{case_id}")
    values = list({(one.key, one.starts_at, one.ends_at): one for one in values}.values())
    if not 0 < len(values) <= MOST_VALUES:
        raise Refused(reason="deconfliction_list" if values else "deconfliction_value", name=f"case:{case_id}")
    _window(values)
    if len(values) > left_today(actor.person, now=now):
        raise Refused(reason="deconfliction_limit", name=f"case:{case_id}")
    found: dict[int, Clash] = {}
    for one in values:
        for clash in enter(case, one, Role.CHECKED, by=actor.person, now=now, until=now + KEPT_FOR):
            found[clash.pk] = clash
    made = Check.objects.create(case=case, by=actor.person, at=now, ground=ground, by_hand=True, values=len(values), conflicts=len(found))
    return Done(Answer(made, tuple(found.values())), f"case:{case_id}", {"check": made.pk, "values": made.values, "conflicts": made.conflicts})


def left_today(person: Person, *, now: datetime | None = None) -> int:
    """How many values the person may still check today; called inside a verb: nobody else counts at the same time."""
    Person.objects.select_for_update().filter(pk=person.pk).first()
    return max(DAY_VALUES - spent_today(person, now=now), 0)


def spent_today(person: Person, *, now: datetime | None = None) -> int:
    """How many values the person has checked today, over all cases."""
    now = now or timezone.now()
    day = now.astimezone(JAPAN).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(Check.objects.filter(by=person.pk, by_hand=True, at__gte=day, at__lte=now).aggregate(sum=Sum("values"))["sum"] or 0)


def _window(values: Sequence[Value]) -> None:
    """An area has hours, and not a week of them: that would be a list of its own."""
    for one in values:
        if one.kind != Kind.PLACE:
            continue
        if one.starts_at is None or one.ends_at is None or not one.starts_at < one.ends_at <= one.starts_at + LONGEST_WINDOW:
            raise Refused(reason="deconfliction_hours")
