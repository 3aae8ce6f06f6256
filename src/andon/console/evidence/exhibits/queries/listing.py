"""Exhibits as lists show them: who holds each, whether it is sealed, whether its content was taken in before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from andon.console.evidence.exhibits.models import CustodyLine, Exhibit, Handing
from andon.console.evidence.exhibits.people import named_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from andon.console.staff.models import Person

PER_PAGE = 50
WORDS_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Row:
    """An exhibit in a list. `same` are other exhibits of the case with the same content, `taker` who has yet to confirm a transfer."""

    exhibit: Exhibit
    holder: str
    is_sealed: bool
    same: tuple[Exhibit, ...]
    taker: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to, from its address."""

    words: str = ""
    mine: bool = False

    @classmethod
    def read(cls, given: Any) -> Wanted:  # noqa: ANN401 - a QueryDict or a dict
        """From the parts of an address."""
        return cls(given.get("q", "").replace("\0", "").strip()[:WORDS_LENGTH], given.get("mine", "") == "1")


def narrowed(known: QuerySet[Exhibit], wanted: Wanted, person: Person) -> QuerySet[Exhibit]:
    """Those of `known` that are wanted, latest first."""
    if wanted.words:
        words = wanted.words
        known = known.filter(Q(title__icontains=words) | Q(number__icontains=words) | Q(device__icontains=words) | Q(code__iexact=words))
    if wanted.mine:
        handed = CustodyLine.objects.filter(exhibit=OuterRef("code"), event="transferred").order_by("-number").annotate(to=KT("facts__to"))
        first = CustodyLine.objects.filter(exhibit=OuterRef("code"), event="taken")
        holder = Coalesce(Subquery(handed.values("to")[:1]), Subquery(first.values("by")[:1]), output_field=TextField())
        known = known.filter(state=Exhibit.State.TAKEN).annotate(holder=holder).filter(holder__endswith=named_end(person))
    return known.select_related("case", "by").order_by("-pk")


def rows(page: Iterable[Exhibit]) -> list[Row]:
    """What a list says of the exhibits of one page: three queries, however many they are."""
    shown = list(page)
    acts = _acts([one.code for one in shown if one.code])
    same = _same(shown)
    waiting = Handing.objects.filter(exhibit__in=shown, ended_at=None).select_related("taker")
    takers = {one.exhibit_id: one.taker.name for one in waiting}
    return [_row(one, acts[one.code], same, takers.get(one.pk, "")) for one in shown]


def _row(exhibit: Exhibit, acts: Sequence[CustodyLine], same: dict[tuple[int, str], list[Exhibit]], taker: str) -> Row:
    holder, is_sealed = folded(acts)
    others = tuple(one for one in same.get((exhibit.case_id, exhibit.tree_sha256), []) if one.pk != exhibit.pk)
    return Row(exhibit, holder, is_sealed, others, taker)


def folded(acts: Iterable[CustodyLine]) -> tuple[str, bool]:
    """Who holds it, and whether it is sealed, from the acts in their order."""
    holder, is_sealed = "", False
    for act in acts:
        if act.event == "taken":
            holder = act.by
        elif act.event == "transferred":
            holder = str(act.facts.get("to", ""))
        elif act.event in ("sealed", "unsealed"):
            is_sealed = act.event == "sealed"
    return holder, is_sealed


def _acts(codes: Sequence[str]) -> dict[str, list[CustodyLine]]:
    found: dict[str, list[CustodyLine]] = defaultdict(list)
    told = CustodyLine.objects.filter(exhibit__in=codes, event__in=("taken", "transferred", "sealed", "unsealed"))
    for line in told.order_by("number").only("number", "exhibit", "event", "by", "facts"):
        found[line.exhibit].append(line)
    return found


def _same(shown: Sequence[Exhibit]) -> dict[tuple[int, str], list[Exhibit]]:
    """Exhibits by case and content, of the contents that are shown: the same material taken in twice is said, never refused."""
    hashes = {one.tree_sha256 for one in shown if one.tree_sha256}
    found: dict[tuple[int, str], list[Exhibit]] = defaultdict(list)
    for one in Exhibit.objects.filter(case__in={one.case_id for one in shown}, tree_sha256__in=hashes, state=Exhibit.State.TAKEN).order_by("pk"):
        found[one.case_id, one.tree_sha256].append(one)
    return found
