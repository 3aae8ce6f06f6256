"""What has to be true before a verb, one function for each `Must`: of the plan, who asks, what is handed in and the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.casework.models import Case, Membership
from andon.console.gate import Via
from andon.console.staff.models import Person
from andon.console.staff.ranks import at_least
from andon.console.staff.rights import Right, Role
from andon.console.undercover.authority import hooks, queries, sums, wording_checks
from andon.console.undercover.authority.codes import FINAL_GROUNDS, LINKED_OFFENCES, STOP_GROUNDS, Ground, Kind, Offence, Verb
from andon.console.undercover.authority.content import OPERATOR, TEXTS, recruitment_posts, widened
from andon.console.undercover.authority.errors import split
from andon.console.undercover.authority.models import Asked, ErrorRecord
from andon.console.undercover.authority.rules import rules
from andon.console.undercover.authority.states import Must
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.undercover.authority.ask import Ask
    from andon.console.undercover.authority.models import Plan


def _added(ask: Ask, name: str) -> list[str]:
    """What the plan has, and what the amendment that is being granted adds to it."""
    adds = ask.amendment.adds if ask.amendment and ask.row.verb == Verb.AMEND else {}
    return [*getattr(ask.plan, name), *adds.get(name, [])]


def _documents(ask: Ask) -> int:
    adds = ask.amendment.adds if ask.amendment and ask.row.verb == Verb.AMEND else {}
    return ask.plan.documents_planned + int(adds.get("documents", 0))


def _case(ask: Ask) -> bool:
    case = ask.plan.case
    return case.kind == Case.Kind.UNDERCOVER and case.is_open and ask.plan.kind == Kind.IDENTITY


def _offences(ask: Ask) -> bool:
    named = _added(ask, "offences")
    reason = ask.plan.linked_reason or (ask.amendment.why if ask.amendment else "")
    return bool(named) and set(named) <= set(Offence.values) and (not set(named) & LINKED_OFFENCES or bool(reason.strip()))


def _texts(ask: Ask) -> bool:
    return not wording_checks.thin([getattr(ask.plan, name) for name in TEXTS])


def _staffing(ask: Ask) -> bool:
    plan = ask.plan
    return bool(plan.prefecture and plan.staffing.strip() and plan.operators) and all(OPERATOR.fullmatch(code) for code in plan.operators)


def _period(ask: Ask) -> bool:
    start, end = ask.plan.starts_at, ask.plan.ends_at
    return bool(start and end and start < end and end > ask.now and end - start <= rules().longest_grant)


def _rank(ask: Ask) -> bool:
    one = _person(ask.plan.coordinator_id)
    return one is not None and at_least(one.rank, rules().coordinator_rank) and one.may(Right.CASE_WORK)


def _custodian(ask: Ask) -> bool:
    one = _person(ask.plan.custodian_id)
    return one is not None and one.may(Right.IDENTITY_KEEP)


def _different(ask: Ask) -> bool:
    """Applicant, approver, coordinator, custodian and officers are different people, and none of them inspects."""
    plan = ask.plan
    people = [plan.applicant_id, plan.coordinator_id, plan.custodian_id, *hooks.operators(plan).values()]
    approver = ask.actor.person.pk if ask.actor and ask.as_who == "approver" else plan.approver_id
    if approver:
        people.append(approver)
    known = [pk for pk in people if pk]
    return len(set(known)) == len(known) and not any(one.may(Right.INSPECT) for one in Person.objects.filter(pk__in=known))


def approvers(prefecture: str) -> list[Person]:
    """Who can decide for a prefecture: its chief, who has the role; nobody for none."""
    if not prefecture:
        return []
    there = Person.objects.filter(unit__prefecture=prefecture, is_active=True).select_related("unit").order_by("pk")
    return [one for one in there if one.has_role(Role.APPROVER)]


def _chief(ask: Ask) -> bool:
    plan = ask.plan
    return any(one.pk not in (plan.applicant_id, plan.coordinator_id, plan.custodian_id) for one in approvers(plan.prefecture))


def _in_person(ask: Ask) -> bool:
    """At a screen, freshly signed in: no key of a program decides. The demo's invented chief decides while the demo is being set up."""
    if ask.actor is None:
        return False
    by_demo = settings.DEMO and ask.actor.via is Via.COMMAND
    return by_demo or (ask.actor.via is Via.SCREEN and ask.actor.fresh)


def is_involved(plan: Plan, person: Person) -> bool:
    """Whether the person had a part in the investigation other than deciding or reading."""
    passive = (Membership.Role.APPROVER, Membership.Role.READER)
    worked = Membership.objects.filter(case=plan.case_id, person=person.pk).exclude(role__in=passive).exists()
    return worked or person.pk in (plan.case.opened_by_id, plan.case.taken_by_id)


def _outside(ask: Ask) -> bool:
    return ask.actor is not None and (bool(ask.given.involvement.strip()) or not is_involved(ask.plan, ask.actor.person))


def _sum(ask: Ask) -> bool:
    return bool(ask.given.higher.strip()) or not sums.over_twelve_months(ask)


def _notice(ask: Ask) -> bool:
    granted = ask.plan.grants.order_by("number").last()
    given = ask.given
    return bool(given.reference.strip() and given.given_at and granted and granted.at <= given.given_at <= ask.now)


def _in_period(ask: Ask) -> bool:
    start, end = ask.plan.starts_at, ask.plan.ends_at
    return bool(start and end and start <= ask.now < end)


def _ground(ask: Ask) -> bool:
    return ask.given.ground in Ground.values and ask.given.ground != Ground.REVIEW_MISSED


def _wider(ask: Ask) -> bool:
    adds, plan = ask.given.adds, ask.plan
    try:
        wider = widened(plan, adds)
    except ValueError:
        return False
    most = rules().most_documents
    known = set(adds.get("offences", [])) <= set(Offence.values) and all(OPERATOR.fullmatch(code) for code in adds.get("operators", []))
    return wider and known and 0 <= int(adds.get("documents", 0)) <= most - plan.documents_planned


def _results(ask: Ask) -> bool:
    return not wording_checks.thin([ask.given.results, ask.given.text])


def _until(ask: Ask) -> bool:
    end, until = ask.plan.ends_at, ask.given.until
    return bool(end and until and end < until <= end + rules().longest_grant)


def _no_objection(ask: Ask) -> bool:
    """The apps above have a say. Raises Refused with the sentence of the first that objects."""
    for may in hooks.MAY[ask.row.verb.value]:
        if reason := may(ask.plan, ask.now):
            raise Refused(reason=reason, name=f"plan:{ask.plan.pk}")
    return True


def _person(pk: int | None) -> Person | None:
    return Person.objects.filter(pk=pk, is_active=True).first() if pk else None



CONDITIONS: dict[Must, Callable[[Ask], bool]] = {
    Must.CASE: _case,
    Must.RECRUITMENT: lambda ask: recruitment_posts(ask.plan),
    Must.OFFENCES: _offences,
    Must.TEXTS: _texts,
    Must.STAFFING: _staffing,
    Must.PERIOD: _period,
    Must.REVIEW_DAYS: lambda ask: 0 < ask.plan.review_every_days <= rules().review_every_most,
    Must.DOCUMENTS: lambda ask: 0 < _documents(ask) <= rules().most_documents,
    Must.RANK: _rank,
    Must.CUSTODIAN: _custodian,
    Must.DIFFERENT: _different,
    Must.CHIEF: _chief,
    Must.IN_PERSON: _in_person,
    Must.OUTSIDE: _outside,
    Must.SUM: _sum,
    Must.NOTICE: _notice,
    Must.NOTICE_OFF: lambda _: not rules().notice_to_npa,
    Must.IN_PERIOD: _in_period,
    Must.PERIOD_OVER: lambda ask: bool(ask.plan.ends_at and ask.plan.ends_at <= ask.now),
    Must.WORDS: lambda ask: bool(ask.given.text.strip()),
    Must.STOP_GROUND: lambda ask: ask.given.ground in STOP_GROUNDS,
    Must.GROUND: _ground,
    Must.NOT_FINAL: lambda ask: not ask.plan.events.filter(ground__in=FINAL_GROUNDS).exists(),
    Must.REVIEWED: lambda ask: not queries.missed_reviews(ask.now).filter(plan=ask.plan).exists(),
    Must.REVIEW_LEFT: lambda ask: ask.plan.reviews.filter(done_at=None, dropped_at=None).exists(),
    Must.REVIEW_MISSED: lambda ask: queries.missed_reviews(ask.now).filter(plan=ask.plan).exists(),
    Must.RESULTS: _results,
    Must.UNTIL: _until,
    Must.RENEWAL_WAITS: lambda ask: ask.renewal is not None,
    Must.NO_RENEWAL_WAITS: lambda ask: ask.renewal is None,
    Must.WIDER: _wider,
    Must.AMENDMENT_WAITS: lambda ask: ask.amendment is not None,
    Must.NO_AMENDMENT_WAITS: lambda ask: ask.amendment is None,
    Must.SETTLED: lambda ask: all(thing.is_settled for thing in hooks.things(ask.plan)),
    Must.ERRORS_CLOSED: lambda ask: not split(ErrorRecord.objects.filter(plan=ask.plan), closed=False).exists(),
    Must.UNRELATED_DECIDED: lambda ask: not ask.plan.unrelated.filter(answer=Asked.Answer.WAITING).exists(),
    Must.NO_OBJECTION: _no_objection,
}
