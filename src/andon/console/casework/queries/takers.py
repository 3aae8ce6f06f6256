"""Who can take a proposal up, and who can be let into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.casework.models import ROLE_NEEDS
from andon.console.staff.models import Person, Unit
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet


def units_that_take() -> QuerySet[Unit]:
    """Units with somebody who may work on cases. Roles are a list in one column: people are few, and are gone through."""
    units = {person.unit_id for person in Person.objects.filter(is_active=True).only("unit_id", "roles", "is_active") if person.may(Right.CASE_WORK)}
    return Unit.objects.filter(pk__in=units).order_by("name")


def fitting(role: str) -> list[Person]:
    """Active people whose rights fit the role, by unit and name. Inspectors never do."""
    right = ROLE_NEEDS[role]
    everybody = Person.objects.filter(is_active=True).select_related("unit").order_by("unit__name", "name")
    return [one for one in everybody if one.may(right) and one.may(Right.CASE_READ) and not one.may(Right.INSPECT)]
