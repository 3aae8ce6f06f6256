"""What goes out, as a person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.measures.common.models import Outgoing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.staff.models import Person


def visible(person: Person) -> QuerySet[Outgoing]:
    """What people of the person's unit approved; of digests, their own only."""
    return Outgoing.objects.filter(~Q(kind="digest") | Q(by=person.pk), unit=person.unit_id)
