"""Who may know of an exhibit: who may know of its case. Every page, list, count and download starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from andon.console.casework.visible import cases
from andon.console.evidence.exhibits.models import Exhibit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person


def exhibits(person: Person) -> QuerySet[Exhibit]:
    """All exhibits that the person may know of, also those that are still being copied."""
    return Exhibit.objects.filter(case__in=cases(person)).exclude(state=Exhibit.State.DROPPED)


def exhibit_or_404(person: Person, pk: int) -> Exhibit:
    """The exhibit. Raises Http404 for one that is not there and for one that the person may not know of, alike."""
    found = exhibits(person).select_related("case", "by__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def in_case(case: Case, pk: int) -> Exhibit:
    """The exhibit of a case that the person was found to see. Raises Http404 for one of another case, and for one that is not there."""
    found = Exhibit.objects.select_related("case", "by__unit").filter(case=case, pk=pk).exclude(state=Exhibit.State.DROPPED).first()
    if found is None:
        raise Http404
    return found
