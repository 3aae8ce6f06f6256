"""Self-involvement: one person in roles that must differ, an inspector who had a part, an approver of the unit that applied, own words answered for.

Computed from members, what was done with plans, samples and the trail. Each is a point to look at, never a finding against anybody. Who an operation
officer is stays sealed (A19): where such a role is concerned, no name is given.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F

from andon.console.audit.models import Entry
from andon.console.casework.models import Case, Membership, Sample
from andon.console.staff.models import Person
from andon.console.undercover.authority.codes import Verb, Who
from andon.console.undercover.authority.models import Grant, Plan, PlanEvent
from andon.console.undercover.contactlog.models import Acknowledgement
from andon.console.undercover.inspection.drawing import all_cases
from andon.console.undercover.inspection.lists.listing import Listing, Row, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

Parts = dict[int, dict[str, "datetime"]]  # by person: the roles they had, each with the first time
_APART = ("applicant", "coordinator", "custodian", "approver", "operator", "inspector")
_NOT_WITH = frozenset({"approver", "inspector"})  # roles that go with no other part in a case
_DECIDES = frozenset({Verb.APPROVE.value, Verb.RENEW.value, Verb.AMEND.value, Verb.RESUME.value})
_EVENTS = {"authority.approved": "approve", "authority.renewed": "renew", "authority.amended": "amend", "authority.resumed": "resume"}
_NO_PART = frozenset({"casework.missed", "casework.sampled"})
_OF_MEMBERS = frozenset({Membership.Role.COORDINATOR.value, Membership.Role.CUSTODIAN.value, Membership.Role.OPERATOR.value})
_OF_EVENTS = frozenset({Who.APPLICANT.value, Who.COORDINATOR.value, Who.APPROVER.value})


class Point(NamedTuple):
    """Something to look at: who, in which case and plan, since when; `codes` fill the sentence "inspection.involved.<what>"."""

    what: str
    case_id: int
    plan_id: int | None
    person_id: int | None
    at: datetime
    codes: tuple[str, ...] = ()


def rows(_now: datetime) -> list[Row]:
    """The latest first."""
    points = {*in_two_roles(), *known_before(), *own_unit(), *recorded(), *own_words()}
    found = sorted(points, key=lambda point: (point.at, point.case_id, point.what, point.codes), reverse=True)
    cases = Case.objects.in_bulk({point.case_id for point in found})
    plans = dict(Plan.objects.filter(pk__in={point.plan_id for point in found if point.plan_id}).values_list("pk", "code"))
    names = dict(Person.objects.filter(pk__in={point.person_id for point in found if point.person_id}).values_list("pk", "name"))
    return [Row(cases[point.case_id], _cells(point, plans, names), tone="warn") for point in found]


def _cells(point: Point, plans: dict[int, str], names: dict[int, str]) -> tuple[str | datetime, ...]:
    roles = [said(f"inspection.role.{code}") for code in point.codes]
    sealed = "operator" in point.codes
    name = said("inspection.sealed") if sealed else names.get(point.person_id or 0, "")
    return plans.get(point.plan_id or 0, ""), said(f"inspection.involved.{point.what}", roles="・".join(roles)), name, point.at


def _parts() -> dict[int, Parts]:
    """By case and person: every role that the records show."""
    found: dict[int, Parts] = defaultdict(lambda: defaultdict(dict))

    def add(case_id: int, person_id: int | None, role: str, at: datetime) -> None:
        if person_id is not None:
            roles = found[case_id][person_id]
            roles[role] = min(at, roles.get(role, at))

    cases = all_cases()
    for case_id, person_id, role, at in Membership.objects.filter(case__in=cases).values_list("case", "person", "role", "from_at"):
        if role != Membership.Role.APPROVER:  # every chief of the prefecture is let in; who decided stands in the events
            add(case_id, person_id, role if role in _OF_MEMBERS else "part", at)
    for case_id, opened, opened_at, taken, taken_at in cases.values_list("pk", "opened_by", "opened_at", "taken_by", "taken_at"):
        add(case_id, opened, "part", opened_at)
        add(case_id, taken, "part", taken_at or opened_at)
    done = PlanEvent.objects.filter(plan__case__in=cases, as_who__in=_OF_EVENTS)
    for case_id, person_id, who, at in done.values_list("plan__case", "by", "as_who", "at"):
        add(case_id, person_id, who, at)
    for plan in Plan.objects.filter(case__in=cases).only("case", "applicant", "coordinator", "custodian", "made_at"):
        for role, one in (("applicant", plan.applicant_id), ("coordinator", plan.coordinator_id), ("custodian", plan.custodian_id)):
            add(plan.case_id, one, role, plan.made_at)
    for case_id, person_id, at in Sample.objects.filter(case__in=cases).values_list("case", "inspector", "from_at"):
        add(case_id, person_id, "inspector", at)
    return found


def in_two_roles() -> Iterator[Point]:
    """One person as two of those that must be different; an approver or inspector with any other part (A6)."""
    for case_id, people in _parts().items():
        for person_id, roles in people.items():
            for pair in combinations([role for role in (*_APART, "part") if role in roles], 2):
                if "part" not in pair or (_NOT_WITH & set(pair) and not _explains(roles, pair)):
                    yield Point("roles", case_id, None, person_id, max(roles[role] for role in pair), pair)


def _explains(roles: dict[str, datetime], pair: tuple[str, ...]) -> bool:
    """Whether a nearer role of the same person is pointed out already."""
    return any(role in roles for role in _APART if role not in pair)


def known_before() -> Iterator[Point]:
    """An inspector who, by the trail, had to do with the case or its plans before he drew it."""
    first: dict[tuple[int, int], datetime] = {}
    for case_id, person_id, at in Sample.objects.filter(case__in=all_cases()).values_list("case", "inspector", "from_at"):
        first[case_id, person_id] = min(at, first.get((case_id, person_id), at))
    if not first:
        return
    subjects = {f"case:{case_id}": case_id for case_id, _ in first}
    of_plans = Plan.objects.filter(case__in={case_id for case_id, _ in first}).values_list("pk", "case")
    subjects |= {f"plan:{plan_id}": case_id for plan_id, case_id in of_plans}
    there = Entry.objects.filter(person__in={person_id for _, person_id in first}, subject__in=subjects).exclude(event__in=_NO_PART)
    seen: set[tuple[int, int]] = set()
    for person, subject, at in there.order_by("number").values_list("person", "subject", "at"):
        key = (subjects[subject], person or 0)
        if key in first and at < first[key] and key not in seen:
            seen.add(key)
            yield Point("known_before", key[0], None, key[1], at)


def own_unit() -> Iterator[Point]:
    """Who decided was, by the trail of that moment, of the unit that applied."""
    decided = PlanEvent.objects.filter(verb__in=_DECIDES, plan__case__in=all_cases(), by__isnull=False).select_related("plan__unit").order_by("id")
    units = _units_then(event.plan_id for event in decided)
    for event in decided:
        if units.get((event.plan_id, event.verb, event.by_id or 0)) == event.plan.unit.name:
            yield Point("own_unit", event.plan.case_id, event.plan_id, event.by_id, event.at)


def _units_then(plan_ids: Iterable[int]) -> dict[tuple[int, str, int], str]:
    """By plan, verb and person: the unit that the trail names."""
    subjects = {f"plan:{plan_id}": plan_id for plan_id in plan_ids}
    there = Entry.objects.filter(subject__in=subjects, event__in=_EVENTS).order_by("number").values_list("subject", "event", "person", "unit")
    return {(subjects[subject], _EVENTS[event], int(person or 0)): unit for subject, event, person, unit in there}


def recorded() -> Iterator[Point]:
    """The approver wrote down a part of his own."""
    for grant in Grant.objects.filter(plan__case__in=all_cases()).exclude(involvement="").select_related("plan"):
        yield Point("recorded", grant.plan.case_id, grant.plan_id, grant.by_id, grant.at)


def own_words() -> Iterator[Point]:
    """Raised words answered for by who had written the contact down."""
    for one in Acknowledgement.objects.filter(entry__by=F("by"), entry__case__in=all_cases()).select_related("entry"):
        yield Point("own_words", one.entry.case_id, one.entry.plan_id, one.by_id, one.at)


LIST = Listing("involvement", ("plan", "what", "who", "at"), rows)
