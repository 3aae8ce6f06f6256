"""What stands beside the line of time: members and links, as one reader may know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.models import BY_HAND, LEADING, CaseLink, Membership
from andon.console.casework.naming import Named, named

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

_ORDER = list(Membership.Role.values)


@dataclass(frozen=True, slots=True)
class Member:
    """A membership. `name` is empty for an operation officer, but to themselves (A19). `may_end`: this reader may end it."""

    membership: Membership
    name: str
    unit: str
    is_me: bool
    is_in_force: bool
    may_end: bool

    @property
    def key(self) -> str:
        """For names on the page."""
        return str(self.membership.pk)


@dataclass(frozen=True, slots=True)
class Link:
    """A thing that belongs to the case; `named` is nothing where the reader may not read it."""

    link: CaseLink
    named: Named | None
    may_remove: bool

    @property
    def key(self) -> str:
        """For names on the page."""
        return str(self.link.pk)


def members(case: Case, person: Person, roles: frozenset[str], *, now: datetime | None = None) -> tuple[list[Member], list[Member]]:
    """Members now, in the order of roles, and those who were."""
    now = now or timezone.now()
    found = [_member(one, person, roles, now) for one in case.memberships.select_related("person__unit", "by", "ended_by").order_by("pk")]
    found.sort(key=lambda member: _ORDER.index(member.membership.role))
    return [one for one in found if one.is_in_force], [one for one in found if not one.is_in_force]


def _member(one: Membership, person: Person, roles: frozenset[str], now: datetime) -> Member:
    is_me, in_force = one.person_id == person.pk, one.is_in_force(now)
    shown = is_me or one.role != Membership.Role.OPERATOR
    may_end = one.ended_at is None and bool(roles) and (is_me or bool(roles & frozenset(LEADING)))
    return Member(one, one.person.name if shown else "", one.person.unit.name if shown else "", is_me, in_force, may_end)


def links(case: Case, person: Person, *, may_work: bool) -> dict[str, list[Link]]:
    """Links by kind, with names."""
    rows = list(case.links.filter(removed_at=None).select_related("by").order_by("pk"))
    names = named(rows, person)
    found: dict[str, list[Link]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(Link(row, names.get((row.kind, row.key)), may_work and row.kind in BY_HAND))
    return {kind: found[kind] for kind in CaseLink.Kind.values if kind in found}
