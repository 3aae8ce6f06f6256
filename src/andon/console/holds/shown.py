"""Holds as a screen lists them: with the names of their targets, and what asks for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.holds import queries
from andon.console.holds.naming import Named, named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.holds.models import Hold
    from andon.console.holds.queries import Held
    from andon.console.staff.models import Person

TABS = ("asking", "standing", "lifted")


@dataclass(frozen=True, slots=True)
class Line:
    """A hold and what it is on; whether it is expired, or its review day has come."""

    hold: Hold
    named: Named
    is_expired: bool
    is_up: bool


def listed(person: Person, tab: str, words: str, now: datetime) -> QuerySet[Hold]:
    """The holds of a person's unit under one tab: those that ask for a decision, all that stand (the first to end first), those lifted."""
    mine = queries.of_unit(person)
    if words:
        mine = mine.filter(Q(target_key__icontains=words) | Q(note__icontains=words) | Q(by__name__icontains=words))
    if tab == "lifted":
        return mine.filter(lifted_at__isnull=False).order_by("-lifted_at", "-pk")
    mine = mine.filter(lifted_at=None).order_by("until", "pk")
    return mine.filter(Q(until__lte=now) | Q(review_at__lte=now)) if tab == "asking" else mine


def lines(holds: Iterable[Hold], now: datetime) -> list[Line]:
    """These holds with names: a few questions for all of them."""
    rows = list(holds)
    names = named(hold.target for hold in rows)
    return [Line(hold, names[hold.target], hold.is_expired(now), hold.is_up_for_review(now)) for hold in rows]


def others(hold: Hold, now: datetime) -> list[Held]:
    """Standing holds of other units on the same target, as others may know them."""
    return [queries.of_hold(one, now) for one in queries.standing_holds([hold.target]).get(hold.target, []) if one.unit_id != hold.unit_id]
