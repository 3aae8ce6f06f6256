"""The cases that a person may know of, as lists show them: narrowed, searched, counted, and what moved in them last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case as Choose
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.models import Case, CaseEvent, CaseLink, Membership, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person

TABS: dict[str, tuple[str, ...]] = {
    "open": (Case.State.OPEN,), "proposed": (Case.State.PROPOSED,), "ended": (Case.State.CLOSED, Case.State.DECLINED),
}  # fmt: skip
WORDS_LENGTH = 100
_PAGE = 500  # rows of which the moves are asked for one by one; an export brings its own (`with_moves`)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to, from its address."""

    tab: str = "open"
    words: str = ""
    kind: str = ""

    @classmethod
    def read(cls, given: Any) -> Wanted:  # noqa: ANN401 - a QueryDict or a dict
        """From the parts of an address; what makes no sense is left out."""
        tab, kind = given.get("tab", ""), given.get("kind", "")
        words = given.get("q", "").replace("\0", "").strip()[:WORDS_LENGTH]
        return cls(tab if tab in TABS else "open", words, kind if kind in Case.Kind.values else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list: who leads it, what the reader is in it, when something last moved."""

    case: Case
    leaders: tuple[str, ...]
    role: str
    moved_at: datetime


def narrowed(person: Person, wanted: Wanted, *, now: datetime | None = None) -> QuerySet[Case]:
    """The visible cases of a list, under all its tabs."""
    found = visible.cases(person, now=now)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return search(found, wanted.words) if wanted.words else found


def search(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Those of `cases` (which the caller took from `visible`) whose code or title holds the words, or that a thing of that key belongs to."""
    linked = CaseLink.objects.filter(case=OuterRef("pk"), removed_at=None).filter(Q(key=words) | Q(kind="contact", key__icontains=words))
    return cases.filter(Q(code__icontains=words) | Q(title__icontains=words) | Exists(linked))


def listed(person: Person, wanted: Wanted, *, now: datetime | None = None) -> QuerySet[Case]:
    """The cases under one tab, the latest first. When something last moved is asked of the rows of a page only."""
    return narrowed(person, wanted, now=now).filter(state__in=TABS[wanted.tab]).order_by("-opened_at", "-pk")


def with_moves(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With `moved_at`: the last event, link or member of each."""
    lasts = [_last(CaseEvent, "at"), _last(CaseLink, "at"), _last(CaseLink, "removed_at"), _last(Membership, "at"), _last(Membership, "ended_at")]
    return cases.annotate(moved_at=Greatest(*(Coalesce(last, F("opened_at")) for last in lasts)))


def _last(model: Any, field: str) -> Subquery:  # noqa: ANN401 - any of the three
    of_case = model.objects.filter(case=OuterRef("pk"), **{f"{field}__isnull": False})
    return Subquery(of_case.order_by(f"-{field}").values(field)[:1])


def counts(person: Person, wanted: Wanted, *, now: datetime | None = None) -> dict[str, int]:
    """How many cases stand under each tab, by one question."""
    tab = Choose(*(When(state__in=states, then=Value(name)) for name, states in TABS.items()))
    found = narrowed(person, wanted, now=now).order_by().annotate(tab=tab).values("tab").annotate(count=Count("pk")).values_list("tab", "count")
    return dict.fromkeys(TABS, 0) | dict(found)


def rows(cases: Iterable[Case], person: Person, *, now: datetime | None = None) -> list[Row]:
    """These cases with the names of who leads them and when something last moved, by two questions."""
    found = list(cases)
    now = now or timezone.now()
    asked = with_moves(Case.objects.filter(pk__in=[one.pk for one in found]).only("opened_at")) if len(found) <= _PAGE else ()
    moved: dict[int, datetime] = {one.pk: vars(one)["moved_at"] for one in (*asked, *(one for one in found if "moved_at" in vars(one)))}
    leaders: dict[int, list[str]] = {}
    roles: dict[int, str] = {}
    standing = Membership.objects.filter(in_force(now), case__in=found).filter(Q(role=Membership.Role.LEADER) | Q(person=person.pk))
    for one in standing.select_related("person").order_by("pk"):
        if one.role == Membership.Role.LEADER:
            leaders.setdefault(one.case_id, []).append(one.person.name)
        if one.person_id == person.pk:
            roles[one.case_id] = one.role
    return [Row(one, tuple(leaders.get(one.pk, ())), roles.get(one.pk, ""), moved.get(one.pk, one.opened_at)) for one in found]


def found_by(person: Person, words: str, limit: int) -> list[Case]:
    """Visible cases for a palette or a field that completes what is typed: open ones first."""
    if not words:
        return []
    found = search(visible.cases(person), words)
    first = Choose(When(state=Case.State.OPEN, then=0), default=1)
    return list(found.order_by(first, "-opened_at", "-pk")[:limit])
