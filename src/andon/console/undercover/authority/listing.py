"""The lists of plans: what is under way, what is being prepared, what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.undercover.authority import queries
from andon.console.undercover.authority.codes import State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_STATES = {
    "running": (State.APPROVED, State.NOTIFIED, State.ACTIVE, State.SUSPENDED),
    "preparing": (State.DRAFT, State.SUBMITTED),
    "over": (State.ENDED, State.CANCELLED, State.REFUSED, State.CLOSED),
}
TABS = tuple(_STATES)


def listed(person: Person, tab: str) -> QuerySet[Plan]:
    """The plans of a tab; what ends first is first, what is over last changed first."""
    found = queries.plans(person).filter(state__in=_STATES[tab])
    return found.order_by("-changed_at", "-pk") if tab == "over" else found.order_by("ends_at", "pk")
