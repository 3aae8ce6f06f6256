"""Putting values into the register and finding what they meet. Plain functions, only to be called by a verb."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse

from andon.console.measures.common.notices import tell
from andon.console.people import secret_box
from andon.console.undercover.deconfliction.codes import Kind, Origin, State, What
from andon.console.undercover.deconfliction.keyed import digest
from andon.console.undercover.deconfliction.models import Clash, Side, Step, Watch
from andon.console.undercover.deconfliction.sides import whom
from andon.console.undercover.deconfliction.sources import touching

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.deconfliction.keyed import Value
    from andon.console.undercover.deconfliction.models import Meeting
    from andon.console.undercover.deconfliction.sources import Other

_CODE_BYTES = 6


def standing(now: datetime) -> Q:
    """Values that are in the register at that time."""
    return Q(ended_at=None) & (Q(until_at=None) | Q(until_at__gt=now))


def enter(
    case: Case, value: Value, role: str, *, by: Person, now: datetime, plan: Plan | None = None, meeting: Meeting | None = None,
    until: datetime | None = None,
) -> list[Clash]:  # fmt: skip
    """Put a value into the register for a case, and return its conflicts, new ones and known ones alike. Both sides of a new one are told."""
    watch = _watch(case, value, role, by=by, now=now, plan=plan, meeting=meeting, until=until)
    found = [_against_case(watch, one, now) for one in _others(watch, now)]
    return found + [_against(watch, one, now) for one in touching(value, case, now=now)]


def _watch(
    case: Case, value: Value, role: str, *, by: Person, now: datetime, plan: Plan | None, meeting: Meeting | None, until: datetime | None
) -> Watch:
    same = Watch.objects.filter(standing(now), case=case, plan=plan, meeting=meeting, role=role, digest=value.digest, starts_at=value.starts_at)
    there = same.filter(ends_at=value.ends_at).first()
    return there or Watch.objects.create(
        case=case, plan=plan, meeting=meeting, role=role, kind=value.kind, digest=value.digest, sealed=secret_box.lock(value.text),
        starts_at=value.starts_at, ends_at=value.ends_at, by=by, since_at=now, until_at=until,
    )  # fmt: skip


def _others(watch: Watch, now: datetime) -> list[Watch]:
    """What other cases have of the same value: one of each case, a plan's before what was checked by hand."""
    same = Watch.objects.filter(standing(now), digest=watch.digest).exclude(case=watch.case)
    if watch.kind == Kind.PLACE:
        same = same.filter(starts_at__lt=watch.ends_at, ends_at__gt=watch.starts_at)
    by_case = {one.case_id: one for one in same.select_related("case", "plan").order_by(F("plan_id").asc(nulls_first=True), "-pk")}
    return list(by_case.values())


def _against_case(watch: Watch, found: Watch, now: datetime) -> Clash:
    hours = f":{':'.join(map(str, sorted((watch.pk, found.pk))))}" if watch.kind == Kind.PLACE else ""
    cases = sorted((watch.case_id, found.case_id))
    there = Side(number=2, origin=Origin.CASE, case=found.case, plan=found.plan, watch=found, unit_id=found.case.unit_id)
    return _clash(f"case:{cases[0]}|case:{cases[1]}|{watch.digest}{hours}", watch, there, now)


def _against(watch: Watch, found: Other, now: datetime) -> Clash:
    measure = found.key if found.origin == Origin.MEASURE else ""
    there = Side(number=2, origin=found.origin, hold_id=found.hold_id, measure=measure, asked_id=found.asked_id, unit_id=found.unit_id)
    return _clash(f"case:{watch.case_id}|{found.key}", watch, there, now)


def _clash(pair: str, watch: Watch, there: Side, now: datetime) -> Clash:
    """The conflict of these two; made and told once."""
    known = digest(f"pair|{pair}")
    clash, is_new = Clash.objects.get_or_create(pair=known, defaults={"code": secrets.token_hex(_CODE_BYTES), "at": now})
    if not is_new:
        return clash
    here = Side(clash=clash, number=1, origin=Origin.CASE, case=watch.case, plan=watch.plan, watch=watch, unit_id=watch.case.unit_id)
    there.clash = clash
    here.save()
    there.save()
    Step.objects.create(clash=clash, side=here, what=What.FOUND, by=watch.by, at=now)
    tell_sides("deconfliction_found", clash, [here, there])
    return clash


def tell_sides(code: str, clash: Clash, sides: Iterable[Side]) -> None:
    """Tell whom each side is called by: that there is something, never what."""
    for person in {one.pk: one for one in whom(sides).values()}.values():
        tell(code, url=reverse("deconfliction:clash", args=[clash.code]), person=person)


def leave(now: datetime, **of: object) -> int:
    """End what stands in the register for a plan or a meeting; how many values."""
    return Watch.objects.filter(ended_at=None, **of).update(ended_at=now)


def open_clashes(plan: Plan) -> Q:
    """Conflicts that stand in the way of a plan: of itself, or of its case."""
    mine = Q(sides__plan=plan.pk) | Q(sides__case=plan.case_id, sides__plan=None)
    return Q(state=State.OPEN) & mine
