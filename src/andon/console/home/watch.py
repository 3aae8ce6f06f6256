"""What the first page says to who checks the trail and to who changes people; and when somebody was here before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache

from andon.console.audit.models import Entry
from andon.console.home.queries import midnight
from andon.console.staff.models import Person
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from datetime import datetime

SIGNED_IN = "staff.signed_in"
REFUSED = "gate.refused"
FAILED = ("staff.signin_failed", "staff.factor_failed")
_LAST_SIGN_INS = 2
_FRESH = 5


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
        since = midnight()
        # The number of the last entry before today gives the others by subtraction: the chain has no gaps.
        before = Entry.objects.filter(at__lt=since).order_by("-at", "-number").values_list("number", flat=True).first() or 0
        last = Entry.objects.order_by("-number").values_list("number", "at").first() or (0, None)
        today = Entry.objects.filter(number__gt=before)
        found = Trail(last[0] - before, today.filter(event=REFUSED).count(), today.filter(event__in=FAILED).count(), last[0], last[1])
        cache.set("home.trail", found, _FRESH)
    return found


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
