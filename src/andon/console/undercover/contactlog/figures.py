"""The figures of fictitious-identity investigations, by the published counting rule.

A case counts when an invented identity was shown or an officer went to the named place; an application where no papers were asked for is an
attempt and does not count. A case belongs to the year (in Japan) in which it first came to count, with its outcome as it stands when the table is
made. Of several plans in one case the furthest stage and the strongest outcome count: one investigation is one case.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.console.casework.models import Case
from andon.console.undercover.contactlog.codes import Result, Stage
from andon.console.undercover.contactlog.models import Outcome
from andon.console.undercover.contactlog.queries import standing_steps
from andon.console.undercover.contactlog.suppression import Row
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from andon.console.undercover.contactlog.models import Step

COUNTS = (Stage.ID_SHOWN.value, Stage.AT_PLACE.value)
_TOLD = frozenset({Stage.INSTRUCTIONS.value, Stage.AT_PLACE.value})
_STRONGEST = tuple(Result.values)  # of several outcomes in one case
RUNNING = "running"
ENDS = (*_STRONGEST, RUNNING)
Offence = tuple[str, str]  # offence and form: ("fraud", "attempted")


@dataclass(slots=True)
class Counted:
    """One case: how far it came, and how it ended."""

    stages: set[str] = field(default_factory=set)
    year: int | None = None  # in which it first came to count; none: an attempt
    end: str = RUNNING
    harm_prevented: bool = False
    leads: bool = False
    arrests: Counter[Offence] = field(default_factory=Counter)

    @property
    def was_told(self) -> bool:
        """Whether it received concrete instructions."""
        return bool(self.stages & _TOLD)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The numbers of one year, or of all: cases, and people where they were arrested."""

    year: int | None
    attempts: int  # applied without papers being asked for: not counted
    counted: int
    told: int
    untold: int
    after_told: dict[str, int]  # by `ENDS`
    before_told: dict[str, int]
    people: int
    offences: dict[Offence, tuple[int, int]]  # cases (each by its main offence), people
    harm_prevented: int
    leads: int


def funnel(year: int | None = None, cases: QuerySet[Case] | None = None) -> Funnel:
    """Count. `cases` narrows it to those that a reader may know of; without it, all."""
    found = counted_cases(Case.objects.all() if cases is None else cases)
    attempts = [one for one in found.values() if one.year is None]
    counts = [one for one in found.values() if one.year is not None and year in (None, one.year)]
    told, untold = [one for one in counts if one.was_told], [one for one in counts if not one.was_told]
    return Funnel(
        year, len(attempts) if year is None else 0, len(counts), len(told), len(untold), _by_end(told), _by_end(untold),
        sum(one.arrests.total() for one in counts), _by_offence(counts), sum(one.harm_prevented for one in counts), sum(one.leads for one in counts),
    )  # fmt: skip


def years(cases: QuerySet[Case] | None = None) -> list[int]:
    """The years that have something to count, the last first."""
    found = counted_cases(Case.objects.all() if cases is None else cases)
    return sorted({one.year for one in found.values() if one.year is not None}, reverse=True)


def counted_cases(cases: QuerySet[Case]) -> dict[int, Counted]:
    """Every case that reached a stage, with its furthest stages and its outcome."""
    found: dict[int, Counted] = {}
    for step in standing_steps().filter(case__in=cases).order_by("happened_at", "pk"):
        _count(found.setdefault(step.case_id, Counted()), step)
    for case_id, outcomes in _outcomes(found, cases).items():
        _conclude(found[case_id], outcomes)
    return found


def _count(one: Counted, step: Step) -> None:
    one.stages.add(step.stage)
    if one.year is None and step.stage in COUNTS:
        one.year = step.happened_at.astimezone(JAPAN).year


def _outcomes(found: dict[int, Counted], cases: QuerySet[Case]) -> dict[int, list[Outcome]]:
    """The outcome of each plan as it stands, by case."""
    last: dict[int, Outcome] = {}
    for outcome in Outcome.objects.filter(case__in=cases).order_by("pk").prefetch_related("arrests"):
        last[outcome.plan_id] = outcome
    by_case: dict[int, list[Outcome]] = {}
    for outcome in last.values():
        if outcome.case_id in found:
            by_case.setdefault(outcome.case_id, []).append(outcome)
    return by_case


def _conclude(one: Counted, outcomes: list[Outcome]) -> None:
    one.end = min((outcome.result for outcome in outcomes), key=_STRONGEST.index)
    one.harm_prevented = any(outcome.harm_prevented for outcome in outcomes)
    one.leads = any(outcome.leads for outcome in outcomes)
    for outcome in outcomes:
        for arrest in outcome.arrests.all():
            one.arrests[arrest.offence, arrest.form] += arrest.people


def _by_end(cases: Iterable[Counted]) -> dict[str, int]:
    ends = Counter(one.end for one in cases)
    return {end: ends[end] for end in ENDS}


def _by_offence(cases: Iterable[Counted]) -> dict[Offence, tuple[int, int]]:
    """Each case under its main offence (most people arrested), each person under their own."""
    main: Counter[Offence] = Counter()
    people: Counter[Offence] = Counter()
    for one in cases:
        if one.arrests:
            main[one.arrests.most_common(1)[0][0]] += 1
            people += one.arrests
    return {offence: (main[offence], people[offence]) for offence in sorted(people, key=lambda offence: (-main[offence], offence))}


def rows(counted: Funnel) -> list[Row]:
    """The table, parents before what they divide into. The usual ends stand there with nought, too; the rare ones only when a case had them."""
    table = [Row("counted", 0, None, counted.counted), Row("told", 1, 0, counted.told)]
    arrested = counted.after_told[Result.ARRESTED]
    table.append(Row("told.arrested", 2, 1, arrested, counted.people))
    place = len(table) - 1
    for (offence, form), (cases, people) in counted.offences.items():
        table.append(Row(f"offence.{offence}.{form}", 3, place, cases, people))
    table += [Row(f"told.{end}", 2, 1, number) for end, number in counted.after_told.items() if _stands(end, number, Result.NOBODY_MET)]
    table.append(Row("untold", 1, 0, counted.untold))
    place = len(table) - 1
    table += [Row(f"untold.{end}", 2, place, number) for end, number in counted.before_told.items() if _stands(end, number, Result.CONTACT_LOST)]
    return table


def _stands(end: str, number: int, always: Result) -> bool:
    return end == always or (number > 0 and end != Result.ARRESTED)
