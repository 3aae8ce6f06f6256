"""Whom an administrator may act on: anybody but himself, as long as he is still an administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.audit.models import Entry
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from andon.console.gate import Actor


_OPENS_CASES = (Right.CASE_READ, Right.INSPECT)
_REMEMBERED = timedelta(days=30)


def still_administrator(actor: Actor) -> None:
    """Read the actor's rights again inside the transaction: of two administrators who switch each other off at once, one is refused."""
    now = Person.objects.select_for_update().get(pk=actor.person.pk)
    if not now.may(Right.STAFF_CHANGE):
        raise Refused(reason="right", name="staff.change")


def another(actor: Actor, person_id: int) -> Person:
    """The person of that number, locked for the change. Raises Refused for the actor himself, Conflict for nobody. Only to be called by a verb."""
    if person_id == actor.person.pk:
        raise Refused(reason="own_account", name="staff")
    still_administrator(actor)
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Conflict(name=f"person:{person_id}")
    return person


def not_adopting(actor: Actor, person: Person, other: str) -> None:
    """One administrator does not give somebody who may read cases both a new password and new factors: he could then sign in as them.

    `other` is the event of the other half. Raises Refused when the same administrator did that within the last 30 days; a second one may.
    """
    mine = Entry.objects.filter(event=other, subject=f"person:{person.pk}", person=actor.person.pk, at__gt=timezone.now() - _REMEMBERED)
    if any(person.may(right) and not actor.person.may(right) for right in _OPENS_CASES) and mine.exists():
        raise Refused(reason="adopting", name="staff")
