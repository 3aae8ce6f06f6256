"""Telling people: one line each, until they read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.measures.common.models import Notice
from andon.console.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from andon.console.staff.models import Unit
    from andon.console.staff.rights import Right


def tell(
    code: str, *, url: str, person: Person | None = None, unit: Unit | None = None, right: Right | str | None = None,
    data: Mapping[str, Any] | None = None,
) -> int:  # fmt: skip
    """Tell one person, or everybody of a unit (of all units) who has a right; called inside a verb. Returns how many were told.

    The sentence is "notice.<code>", its places filled from `data` (ids, counts, codes, names of units; no text of posts). What somebody was told of
    the same page and has not read yet is brought up to date, not doubled.
    """
    told = 0
    for one in _whom(person, unit, right):
        values = {"data": dict(data or {}), "at": timezone.now(), "mailed_at": None}
        Notice.objects.update_or_create(person=one, code=code, url=url, read_at=None, defaults=values)
        told += 1
    return told


def unread(person_id: int) -> int:
    """How many notices a person has not read."""
    return Notice.objects.filter(person=person_id, read_at=None).count()


def _whom(person: Person | None, unit: Unit | None, right: Right | str | None) -> Iterable[Person]:
    if person is not None:
        return [person] if person.is_active else []
    people = Person.objects.filter(is_active=True)
    people = people if unit is None else people.filter(unit=unit)
    return [one for one in people if right is None or one.may(right)]
