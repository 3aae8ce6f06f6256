"""What the first page says to who checks the trail and to who changes people; and when somebody was here before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.core.cache import cache

from andon.console.audit.models import Entry
from andon.console.home.queries import DAYS, midnight
from andon.console.staff.models import Person
from andon.console.staff.rights import Role
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import date, datetime

SIGNED_IN = "staff.signed_in"
REFUSED = "gate.refused"
FAILED = ("staff.signin_failed", "staff.factor_failed")
_LAST_SIGN_INS = 2
_FRESH, _SLOW = 5, 60


@dataclass(frozen=True, slots=True)
class Trail:
    """The trail of today: entries, refusals, failed sign-ins, and the number of the last entry."""

    entries: int
    refused: int
    failed: int
    last: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holders:
    """How many people have a role."""

    role: str
    count: int

    @property
    def word(self) -> str:
        """The code of the role's name."""
        return f"role.{self.role}"


@dataclass(frozen=True, slots=True)
class People:
    """Who can sign in: everybody, by role, and how many were added and not yet seen."""

    active: int
    off: int
    roles: list[Holders]
    never: int


def trail() -> Trail:
    """What the auditor sees first."""
    found: Trail | None = cache.get("home.trail")
    if found is None:
        before = _last_before(midnight())
        last = Entry.objects.order_by("-number").values_list("number", "at").first() or (0, None)
        today = Entry.objects.filter(number__gt=before)
        found = Trail(last[0] - before, today.filter(event=REFUSED).count(), today.filter(event__in=FAILED).count(), last[0], last[1])
        cache.set("home.trail", found, _FRESH)
    return found


def days() -> list[tuple[date, int]]:
    """Entries on each of the last days, today last."""
    found: list[tuple[date, int]] | None = cache.get("home.trail.days")
    if found is None:
        bounds = [midnight(days_ago=ago) for ago in range(DAYS - 1, -2, -1)]
        numbers = [_last_before(bound) for bound in bounds]
        found = [(bound.astimezone(JAPAN).date(), after - before) for bound, (before, after) in zip(bounds, pairwise(numbers), strict=False)]
        cache.set("home.trail.days", found, _SLOW)
    return found


def _last_before(moment: datetime) -> int:
    """The number of the last entry before a moment. Counts follow by subtraction: the chain has no gaps."""
    return Entry.objects.filter(at__lt=moment).order_by("-at", "-number").values_list("number", flat=True).first() or 0


def people() -> People:
    """What the administrator sees first."""
    everybody = list(Person.objects.values_list("roles", "is_active", "last_login"))
    active = [(roles, seen) for roles, is_active, seen in everybody if is_active]
    roles = [Holders(role.value, sum(role.value in held for held, _ in active)) for role in Role]
    return People(len(active), len(everybody) - len(active), roles, sum(seen is None for _, seen in active))


def sign_in_before(person: Person) -> datetime | None:
    """When the person signed in the time before the last one."""
    entries = Entry.objects.filter(person=person.pk, event=SIGNED_IN).order_by("-number").values_list("at", flat=True)[:_LAST_SIGN_INS]
    found = list(entries)
    return found[1] if len(found) == _LAST_SIGN_INS else None
