"""Every cell of the state table: state × verb. Without a row the verb is refused; with one, others may not, and each condition is broken once."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World, ask_amendment, ask_renewal
from django.db import transaction

from andon.console import gate
from andon.console.casework.actions.members import add_member
from andon.console.casework.models import Case, Membership
from andon.console.gate import Actor, Via
from andon.console.intake.models import Campaign
from andon.console.staff.models import Person
from andon.console.undercover.authority import hooks, rules
from andon.console.undercover.authority.actions import running
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import State, Verb, Who
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.authority.models import Amendment, Plan, PlanEvent, Renewal, Review, Unrelated
from andon.console.undercover.authority.moving import move
from andon.console.undercover.authority.states import CELLS, TABLE, Must, Row
from andon.domain.errors import Conflict, Refused
from andon.wording.say import SENTENCES, say_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db
LONG = "集合場所の候補を得るまで連絡を続ける。相手は来週の日程を決めると述べており、他の経路からは日程を知る方法がない。"
RESULTS = "相手方と七回やり取りし、身分書類は一度だけ求めに応じて画像で示した。集合場所の候補を二つ、時刻の候補を一つ得ている。"
MISSED = NOW + 14 * DAY + rules.IN_FORCE.review_grace + timedelta(seconds=1)


@dataclass
class Try:
    """One verb about to be tried: everything a breaker may spoil."""

    world: World
    plan: Plan
    row: Row
    given: Given
    now: datetime = NOW
    actor: Actor | None = None
    undo: list[Callable[[], Any]] = field(default_factory=list)

    def change(self, **fields: Any) -> None:
        """Behind the back of the verbs."""
        Plan.objects.filter(pk=self.plan.pk).update(**fields)

    def person(self, name: str, **fields: Any) -> None:
        """The same to somebody."""
        Person.objects.filter(pk=self.world.people[name].pk).update(**fields)

    def hook(self, hooked: list[Any], function: Any) -> None:
        """As another app would."""
        hooked.append(function)
        self.undo.append(lambda: hooked.remove(function))

    def rules(self, **values: Any) -> None:
        """Other rules."""
        before = rules.IN_FORCE
        rules.IN_FORCE = dataclasses.replace(before, **values)
        self.undo.append(lambda: setattr(rules, "IN_FORCE", before))

    def go(self) -> Plan:
        """Try it."""
        with transaction.atomic():
            return move(self.actor, self.plan.pk, self.row.verb, self.given, now=self.now).plan


def good(row: Row, plan: Plan) -> Given:
    """What makes the verb go through."""
    until = plan.ends_at + 30 * DAY if plan.ends_at else None
    adds = {"documents": 1, "operators": ["K-8"]}
    content = {"staffing": "支援 5 名"} if row.verb == Verb.WRITE else {}
    return Given(LONG, "safety", "刑企 12 号", NOW, until, RESULTS, adds, content=content)


def ready(world: World, row: Row) -> Try:
    """A plan in the row's state for which everything that the row asks is true."""
    ken = world.people["ken"].pk
    assert world.case is not None
    add_member(world.at("toru"), world.case.pk, ken, Membership.Role.MEMBER, ground="記録", now=NOW)
    waits = {Must.RENEWAL_WAITS, Must.AMENDMENT_WAITS} & set(row.must)
    plan = world.plan_in(State.ACTIVE if row.state == State.SUSPENDED and waits else row.state)
    if Must.RENEWAL_WAITS in row.must:
        ask_renewal(world, plan, now=NOW, days=30)
    if Must.AMENDMENT_WAITS in row.must:
        ask_amendment(world, plan, now=NOW, documents=1, operators=["K-8"])
    if plan.state != row.state and waits:
        running.suspend(world.at("sora"), plan.pk, "safety", "様子を見る", now=NOW)
    plan.refresh_from_db()
    one = Try(world, plan, row, good(row, plan))
    one.actor = actor_of(world, row.who[0])
    if Must.REVIEW_MISSED in row.must:
        one.now = MISSED
    if Must.PERIOD_OVER in row.must and plan.ends_at:
        one.now = plan.ends_at
    if Must.NOTICE_OFF in row.must:
        one.rules(notice_to_npa=False)
    return one


def actor_of(world: World, who: Who) -> Actor | None:
    name = {Who.APPLICANT: "toru", Who.COORDINATOR: "sora", Who.APPROVER: "mio", Who.LOGGER: "ken"}.get(who)
    return world.at(name) if name else None


@pytest.fixture
def door() -> Iterator[None]:
    """The gate stands open, as inside a verb: here the machinery itself is tried."""
    with gate._door():
        yield


NAMES = [f"{row.state}-{row.verb}" for row in TABLE]


@pytest.fixture
def tried(world: World, door: None, request: pytest.FixtureRequest) -> Iterator[Try]:
    """The row of the test, ready."""
    one = ready(world, request.param)
    yield one
    for undo in one.undo:
        undo()


def unchanged(one: Try, events: int) -> bool:
    one.plan.refresh_from_db()
    return one.plan.state == one.row.state and PlanEvent.objects.filter(plan=one.plan).count() == events


# The cells without a row


@pytest.mark.parametrize("state", list(State))
def test_no_row_no_way(world: World, door: None, state: State) -> None:
    """Whoever asks and whatever is handed in, a verb without a row is refused in this state with its sentence, and nothing changes."""
    plan = world.plan_in(state)
    events = PlanEvent.objects.filter(plan=plan).count()
    people = [*(world.at(name) for name in ("toru", "sora", "mio")), None]
    empty = [verb for verb in Verb if (state.value, verb.value) not in CELLS]
    assert len(empty) + len([row for row in TABLE if row.state == state]) == len(Verb)
    for verb in empty:
        for actor in people:
            row = Row(state, verb, (), (), state)
            with pytest.raises(Conflict) as conflict, transaction.atomic():
                move(actor, plan.pk, verb, good(row, plan), now=NOW)
            known = actor is None or state != State.DRAFT or actor.person.pk == world.people["toru"].pk
            assert conflict.value.data["reason"] == (f"plan_state_{state}" if known else "plan_unknown"), (verb, actor)
    plan.refresh_from_db()
    assert plan.state == state
    assert PlanEvent.objects.filter(plan=plan).count() == events


# The cells with a row


@pytest.mark.parametrize("tried", TABLE, ids=NAMES, indirect=True)
def test_a_row_leads_where_it_says(tried: Try) -> None:
    """Everything is true: the plan is where the row says, and one event says so, by whom, as what."""
    events = PlanEvent.objects.filter(plan=tried.plan).count()
    moved = tried.go()
    assert moved.state == tried.row.to
    last = PlanEvent.objects.filter(plan=tried.plan).latest("id")
    assert PlanEvent.objects.filter(plan=tried.plan).count() == events + 1
    assert (last.verb, last.before, last.after, last.as_who) == (tried.row.verb, tried.row.state, tried.row.to, tried.row.who[0])
    assert last.by_id == (tried.actor.person.pk if tried.actor else None)


WHAT_THEY_ARE = {
    "toru": {Who.APPLICANT, Who.LOGGER}, "ken": {Who.LOGGER}, "sora": {Who.COORDINATOR, Who.LOGGER}, "mio": {Who.APPROVER}, "goro": set(),
    "rin": set(), "kei": set(), "": {Who.MACHINE},
}  # fmt: skip


@pytest.mark.parametrize("tried", TABLE, ids=NAMES, indirect=True)
def test_nobody_else_does_it(tried: Try) -> None:
    """Each person in turn: who is named by the row may, whoever is not may not, and then nothing has changed."""
    events = PlanEvent.objects.filter(plan=tried.plan).count()
    for name, are in WHAT_THEY_ARE.items():
        tried.actor = tried.world.at(name) if name else None
        if are & set(tried.row.who):
            continue
        with pytest.raises((Refused, Conflict)) as refused:
            tried.go()
        assert refused.value.data["reason"] in (f"plan_who_{tried.row.who[0]}", "plan_unknown"), name
        assert unchanged(tried, events), name


@pytest.mark.parametrize("tried", [row for row in TABLE if len(row.who) > 1], ids=lambda row: f"{row.state}-{row.verb}", indirect=True)
def test_each_named_may(tried: Try) -> None:
    """Where a row names several, each of them does it."""
    for who in tried.row.who:
        tried.actor = actor_of(tried.world, who)
        mark = transaction.savepoint()
        assert tried.go().state == tried.row.to, who
        transaction.savepoint_rollback(mark)


def _involve(one: Try) -> None:
    mio, toru = one.world.people["mio"], one.world.people["toru"]
    Membership.objects.create(
        case=one.world.case, person=mio, role="member", from_at=NOW - 2 * DAY, ground="応援", by=toru, at=NOW, ended_at=NOW - DAY, ended_by=toru, ended_ground="-"
    )


def _given(**fields: Any) -> Callable[[Try], None]:
    return lambda one: setattr(one, "given", dataclasses.replace(one.given, **fields))


def _now(now: datetime) -> Callable[[Try], None]:
    return lambda one: setattr(one, "now", now)


def _error(one: Try) -> None:
    record_error("late_record", "log:1", About(one.plan.case_id, one.plan.pk, NOW, NOW))


def _unfresh(one: Try) -> None:
    one.actor = one.world.at("mio", fresh=False)


BREAK: dict[Must, Callable[[Try], Any]] = {
    Must.CASE: lambda one: Case.objects.filter(pk=one.plan.case_id).update(state=Case.State.CLOSED),
    Must.RECRUITMENT: lambda _: Campaign.objects.update(state=Campaign.State.NOT),
    Must.OFFENCES: lambda one: one.change(offences=["robbery", "murder"]),
    Must.TEXTS: lambda one: one.change(necessity="必要だから。"),
    Must.STAFFING: lambda one: one.change(operators=["山田"]),
    Must.PERIOD: lambda one: one.change(ends_at=NOW + 93 * DAY),
    Must.REVIEW_DAYS: lambda one: one.change(review_every_days=32),
    Must.DOCUMENTS: lambda one: one.change(documents_planned=21),
    Must.RANK: lambda one: one.person("sora", rank="assistant_inspector"),
    Must.CUSTODIAN: lambda one: one.person("rin", roles=[]),
    Must.DIFFERENT: lambda one: one.hook(hooks.OPERATORS, lambda _: {"K-7": one.world.people["toru"].pk}),
    Must.CHIEF: lambda one: one.person("mio", roles=["analyst"]),
    Must.IN_PERSON: _unfresh,
    Must.OUTSIDE: _involve,
    Must.SUM: lambda one: one.rules(officer_sum=timedelta(days=59)),
    Must.NOTICE: _given(reference=" "),
    Must.NOTICE_OFF: lambda one: one.rules(notice_to_npa=True),
    Must.IN_PERIOD: lambda one: one.change(starts_at=NOW + DAY),
    Must.PERIOD_OVER: _now(NOW),
    Must.WORDS: _given(text="  "),
    Must.STOP_GROUND: _given(ground="other"),
    Must.GROUND: _given(ground="because"),
    Must.NOT_FINAL: lambda one: running.stop(one.world.at("ken"), one.plan.pk, "identity_noticed", now=NOW),
    Must.REVIEWED: _now(MISSED),
    Must.REVIEW_LEFT: lambda _: Review.objects.update(dropped_at=NOW),
    Must.REVIEW_MISSED: _now(NOW),
    Must.RESULTS: _given(results="順調"),
    Must.UNTIL: lambda one: _given(until=one.plan.ends_at + 93 * DAY)(one),
    Must.RENEWAL_WAITS: lambda _: Renewal.objects.update(answer="lapsed"),
    Must.NO_RENEWAL_WAITS: lambda one: ask_renewal(one.world, one.plan, now=NOW),
    Must.WIDER: _given(adds={"documents": 0, "targets": ["telegram:boss"]}),
    Must.AMENDMENT_WAITS: lambda _: Amendment.objects.update(answer="lapsed"),
    Must.NO_AMENDMENT_WAITS: lambda one: ask_amendment(one.world, one.plan, now=NOW),
    Must.SETTLED: lambda one: one.hook(hooks.THINGS, lambda _: [hooks.Thing("document", "A-1", "out", is_settled=False)]),
    Must.ERRORS_CLOSED: _error,
    Must.UNRELATED_DECIDED: lambda one: Unrelated.objects.create(plan=one.plan, what="capture:1", why="無関係", by=one.world.people["toru"], at=NOW),
    Must.NO_OBJECTION: lambda one: one.hook(hooks.MAY[one.row.verb.value], lambda *_: "consent_missing"),
}  # fmt: skip


def test_each_condition_can_be_broken() -> None:
    """None is left out, and each stands in the table."""
    assert set(BREAK) == set(Must) == {must for row in TABLE for must in row.must}


BROKEN = [(row, must) for row in TABLE for must in row.must]


@pytest.mark.parametrize(("tried", "must"), BROKEN, ids=[f"{row.state}-{row.verb}-{must}" for row, must in BROKEN], indirect=["tried"])
def test_a_broken_condition_refuses(tried: Try, must: Must) -> None:
    """With the sentence of just that condition; state and events are as before."""
    BREAK[must](tried)
    events = PlanEvent.objects.filter(plan=tried.plan).count()
    with pytest.raises(Refused) as refused:
        tried.go()
    expected = "consent_missing" if must is Must.NO_OBJECTION else f"plan_{must}"
    assert refused.value.data["reason"] == expected
    assert unchanged(tried, events)
    if must is not Must.NO_OBJECTION:
        for language in ("ja", "en"):
            assert say_error(refused.value, language) == SENTENCES[f"refused.plan_{must}"][language == "en"]  # type: ignore[arg-type]


def test_by_a_program_nobody_decides(world: World, door: None) -> None:
    """Neither by a key nor by a command, whoever it belongs to."""
    plan = world.plan_in(State.SUBMITTED)
    for via in (Via.API, Via.COMMAND, Via.WORKER):
        with pytest.raises(Refused) as refused:
            move(world.at("mio", via), plan.pk, Verb.APPROVE, Given(), now=NOW)
        assert refused.value.data["reason"] == "plan_in_person"
