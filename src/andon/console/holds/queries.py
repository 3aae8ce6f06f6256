"""Reading holds: whether something is held and whom to ask (for everybody), and the holds of one's own unit with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andon.console.holds.models import Hold
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.holds.targets import Target
    from andon.console.staff.models import Person

_PIECE = 400  # keys of one question to the database


@dataclass(frozen=True, slots=True)
class Held:
    """That something is held, and whom to ask. Never why: that is for the unit."""

    hold_id: int
    unit: str
    ask: str  # a person's name
    until: datetime
    is_expired: bool
    since: datetime


def standing(targets: Iterable[Target], *, now: datetime | None = None) -> dict[Target, Held]:
    """Those of `targets` that are held, with the hold that stands longest. An expired hold still holds."""
    return {target: of_hold(holds[0], now) for target, holds in standing_holds(targets).items()}


def standing_holds(targets: Iterable[Target]) -> dict[Target, list[Hold]]:
    """All standing holds on `targets`, the oldest of each first. For those who go on to `of_hold`."""
    by_kind: dict[str, set[str]] = {}
    for target in targets:
        by_kind.setdefault(target.kind, set()).add(target.key)
    found: dict[Target, list[Hold]] = {}
    for kind, keys in by_kind.items():
        for piece in _pieces(sorted(keys)):
            for hold in _standing().filter(target_kind=kind, target_key__in=piece).order_by("pk"):
                found.setdefault(hold.target, []).append(hold)
    return found


def of_hold(hold: Hold, now: datetime | None = None) -> Held:
    """What others may know of a hold."""
    asked = hold.ask if hold.ask.is_active else hold.by
    return Held(hold.pk, hold.unit.name, asked.name, hold.until, hold.is_expired(now or timezone.now()), hold.placed_at)


def kinds_held() -> frozenset[str]:
    """The kinds of target that anything is held of: asked first, since mostly there is nothing."""
    return frozenset(Hold.objects.filter(lifted_at=None).order_by().values_list("target_kind", flat=True).distinct())


def may_read_reason(person: Person, hold: Hold) -> bool:
    """Whether the person may know why: somebody of the unit that placed it, with the right to place or to lift."""
    return person.unit_id == hold.unit_id and (person.may(Right.HOLD_PLACE) or person.may(Right.HOLD_LIFT))


def of_unit(person: Person) -> QuerySet[Hold]:
    """All holds of the person's unit; none for a person who may not read them."""
    mine = Hold.objects.filter(unit=person.unit_id).select_related("unit", "by", "ask", "lifted_by")
    return mine if person.may(Right.HOLD_PLACE) or person.may(Right.HOLD_LIFT) else mine.none()


def asking(person: Person, *, now: datetime | None = None) -> QuerySet[Hold]:
    """Holds of the person's unit that ask for a decision, the longest expired first: past their last day, or past their review day."""
    now = now or timezone.now()
    return of_unit(person).filter(lifted_at=None).filter(Q(until__lte=now) | Q(review_at__lte=now)).order_by("until", "pk")


def expired_since(before: datetime | None, now: datetime) -> QuerySet[Hold]:
    """Standing holds of all units whose time ended after `before` (none: at any time) and up to `now`. For telling their units, not for a screen."""
    over = _standing().filter(until__lte=now)
    return (over.filter(until__gt=before) if before else over).order_by("pk")


def _standing() -> QuerySet[Hold]:
    return Hold.objects.filter(lifted_at=None).select_related("unit", "ask", "by")


def _pieces(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _PIECE):
        yield keys[start : start + _PIECE]
