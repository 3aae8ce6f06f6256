"""Who may know of a case: the one filter. Every page, list, count, search, feed, autocomplete and export starts from `cases(person)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from andon.console.casework.models import Case, CaseLink, Membership, Sample, in_force
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person


def cases(person: Person, *, now: datetime | None = None) -> QuerySet[Case]:
    """All cases that the person may know of: where they are a member now; proposals to their unit, for who may take one up; an inspector's sample."""
    now = now or timezone.now()
    known = Q(pk__in=())
    if person.may(Right.CASE_READ):
        known |= Q(Exists(Membership.objects.filter(in_force(now), case=OuterRef("pk"), person=person.pk)))
    if person.may(Right.CASE_WORK):
        known |= Q(state__in=(Case.State.PROPOSED, Case.State.DECLINED), unit=person.unit_id)
    if person.may(Right.INSPECT):
        known |= Q(Exists(Sample.objects.filter(in_force(now), case=OuterRef("pk"), inspector=person.pk)))
    return Case.objects.filter(known)


def sees(person: Person, case_id: int, *, now: datetime | None = None) -> bool:
    """Whether the person may know of the case."""
    return cases(person, now=now).filter(pk=case_id).exists()


def case_or_404(person: Person, pk: int, *, now: datetime | None = None) -> Case:
    """The case. Raises Http404 for one that is not there and for one that the person may not know of, alike."""
    found = cases(person, now=now).select_related("unit", "opened_by", "taken_by", "closed_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def of_target(person: Person, kind: str, keys: Collection[str]) -> QuerySet[Case]:
    """The visible cases that something is linked to: what a card may say of them."""
    return cases(person).filter(Exists(CaseLink.objects.filter(case=OuterRef("pk"), kind=kind, key__in=keys, removed_at=None)))


def roles_in(person: Person, case_id: int, *, now: datetime | None = None) -> frozenset[str]:
    """What the person is in the case now; nothing for who is not a member (an inspector, or who may take a proposal up)."""
    held = Membership.objects.filter(in_force(now or timezone.now()), case=case_id, person=person.pk)
    return frozenset(held.values_list("role", flat=True)) if person.may(Right.CASE_READ) else frozenset()


def inspects(person: Person, case_id: int, *, now: datetime | None = None) -> bool:
    """Whether the person reads the case as an inspector: everything in it, and nothing to change."""
    if not person.may(Right.INSPECT):
        return False
    return Sample.objects.filter(in_force(now or timezone.now()), case=case_id, inspector=person.pk).exists()


def opens(person: Person, case: Case, right: Right | str | None) -> bool:
    """Whether the person may read a part of a visible case that asks for `right`: who has it, and the inspector who sampled the case."""
    return right is None or person.may(right) or inspects(person, case.pk)
