"""Enter a place where documents are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.identities.actions.common import said
from andon.console.undercover.identities.models import NAME_LENGTH, Place
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("identities.place_added", Right.IDENTITY_KEEP)
def add_place(actor: Actor, name: str, *, is_locked: bool, is_apart: bool, now: datetime | None = None) -> Done[Place]:
    """A place of the custodian's own unit. Raises Refused for one that is not locked or not apart from the files of cases (U12, D2)."""
    name = said(name, "place_name", NAME_LENGTH)
    if not is_locked or not is_apart:
        raise Refused(reason="place_apart")
    unit = actor.person.unit
    if Place.objects.filter(unit=unit, name=name).exists():
        raise Conflict(reason="place_there")
    made = Place.objects.create(unit=unit, name=name, is_locked=is_locked, is_apart=is_apart, by=actor.person, at=now or timezone.now())
    return Done(made, f"place:{made.pk}", {"unit": unit.pk})
