"""Random walks through the verbs of plans: whoever tries whatever whenever, a forbidden state is never reached.

What is forbidden is written here anew, from the rules and from what is on record, not from the state table. Used by a test (a few thousand steps) and by
`benchmarks/run_undercover.py` (100,000 and more).
"""

# ruff: noqa: D102 - the rules of the walk are named by what they try
from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from authority_help import DAY, NOW, World, make_world
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from andon.console import gate
from andon.console.gate import Via
from andon.console.staff.models import Person
from andon.console.undercover.authority import hooks, rules
from andon.console.undercover.authority.actions import asking, deciding, drafting, running, sweeping
from andon.console.undercover.authority.actions.errors import Answer, answer, close_error, report
from andon.console.undercover.authority.codes import Ground, State
from andon.console.undercover.authority.models import ErrorRecord, Plan, PlanEvent
from andon.console.undercover.authority.queries import authority_at
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from andon.console.casework.models import Case

PEOPLE = ["toru", "sora", "mio", "rin", "ken", "goro", "kei"]
LONG = "集合場所の候補を得るまで連絡を続ける。相手は来週の日程を決めると述べており、他の経路からは日程を知る方法がない。"
RESULTS = "相手方と七回やり取りし、身分書類は一度だけ求めに応じて画像で示した。集合場所の候補を二つ、時刻の候補を一つ得ている。"
TOLD: Counter[str] = Counter()  # how often each verb went through, was refused: proof that a walk walks
FAR = ("submit", "approve", "begin", "review", "stop", "resume", "end", "cancel")  # without which walks have not got far

who = st.sampled_from(PEOPLE)
# Mostly the person whose part it is, so that walks get far; now and then anybody.
def mostly(name: str) -> st.SearchStrategy[str]:
    return st.one_of(st.just(name), st.just(name), st.just(name), who)


fresh = st.sampled_from([True, True, True, True, False])
via = st.sampled_from([Via.SCREEN] * 8 + [Via.API, Via.COMMAND])
texts = st.sampled_from([LONG, LONG, LONG, "", "短い"])
grounds = st.sampled_from([*Ground.values, "nonsense"])
plans = st.integers(0, 2)


def not_reached() -> list[str]:
    """The verbs that never went through and have to, for the walks to say anything."""
    return [verb for verb in FAR if not TOLD[verb]]


class Walk(RuleBasedStateMachine):
    """Up to three plans of one case, seven people, a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now: datetime = NOW
        self.plans: list[int] = []
        self.steps = 0
        self.seen: dict[int, Any] = {}
        self.found_later: set[int] = set()

    @initialize(switch=st.booleans())
    def begin(self, switch: bool) -> None:
        """A police of its own."""
        rules.IN_FORCE = dataclasses.replace(rules.Rules(), notice_to_npa=switch)
        self.world: World = make_world()
        self.settled = True
        hooks.THINGS[:] = [lambda _: [hooks.Thing("document", "A-1", "out", is_settled=self.settled)]]
        hooks.OPERATORS[:] = [lambda plan: {"K-7": self.world.people["ken"].pk} if "K-7" in plan.operators else {}]
        self.draft("toru", "K-7", 60, 2, "robbery")

    def teardown(self) -> None:
        """Everything that the walk wrote goes."""
        TOLD["steps"] += self.steps
        hooks.THINGS.clear()
        hooks.OPERATORS.clear()
        rules.IN_FORCE = rules.Rules()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def do(self, name: str, act: Any) -> None:
        """Try; a refusal is fine."""
        self.steps += 1
        try:
            act()
            TOLD[name] += 1
        except (Refused, Conflict):
            TOLD[f"{name} refused"] += 1

    def at(self, name: str, by: Via = Via.SCREEN, *, signed: bool = True) -> Any:
        return self.world.at(name, by, fresh=signed)

    def plan(self, number: int) -> int:
        return self.plans[number % len(self.plans)]

    # Writing

    @rule(name=mostly("toru"), code=st.sampled_from(["K-7", "K-7", "K-8", "山田"]), days=st.sampled_from([60, 60, 30, 92, 93, 0]), documents=st.integers(0, 3), offence=st.sampled_from(["robbery", "robbery", "fraud", "harmful_work", "murder"]))
    def draft(self, name: str, code: str, days: int, documents: int, offence: str) -> None:
        def make() -> None:
            content = self.world.content(starts_at=self.now, ends_at=self.now + days * DAY, operators=[code], documents_planned=documents, offences=[offence])
            self.plans.append(drafting.draft(self.at(name), self.world.case.pk, content, now=self.now).pk)  # type: ignore[union-attr]

        if len(self.plans) < 3:
            self.do("draft", make)
        elif Plan.objects.get(pk=self.plans[0]).state in ("closed", "cancelled", "refused", "ended"):
            self.plans.pop(0)

    @rule(number=plans, name=mostly("toru"), documents=st.integers(0, 25), text=texts)
    def write(self, number: int, name: str, documents: int, text: str) -> None:
        self.do("write", lambda: drafting.write(self.at(name), self.plan(number), {"documents_planned": documents, "linked_reason": text}, now=self.now))

    @rule(number=plans, name=mostly("toru"))
    def submit(self, number: int, name: str) -> None:
        self.do("submit", lambda: drafting.submit(self.at(name), self.plan(number), now=self.now))

    @rule(number=plans, name=who)
    def withdraw(self, number: int, name: str) -> None:
        self.do("withdraw", lambda: drafting.withdraw(self.at(name), self.plan(number), now=self.now))

    # The usual way on, so that walks get far; the other rules stray from it

    @rule(number=plans)
    def go_on(self, number: int) -> None:
        """The next verb of the plan's life, by whose part it is."""
        self.usual(number)

    @rule(number=plans)
    def go_on_too(self, number: int) -> None:
        """The same, so that it comes twice as often."""
        self.usual(number)

    @rule(number=plans)
    def go_on_three(self, number: int) -> None:
        """The same."""
        self.usual(number)

    def usual(self, number: int) -> None:
        """By state; the period and a missed review are put right on the way."""
        pk, now = self.plan(number), self.now
        state = Plan.objects.values_list("state", flat=True).get(pk=pk)
        good = {"starts_at": now, "ends_at": now + 60 * DAY, "documents_planned": 2, "offences": ["robbery"], "operators": ["K-7"]}
        if state == "draft":
            self.do("write", lambda: drafting.write(self.at("toru"), pk, good, now=now))
            self.do("submit", lambda: drafting.submit(self.at("toru"), pk, now=now))
        elif state == "suspended":
            self.do("review", lambda: running.review(self.at("sora"), pk, LONG, now=now))
            self.do("resume", lambda: deciding.resume(self.at("mio"), pk, LONG, now=now))
        elif state == "approved":
            self.do("notify", lambda: running.notify(self.at("sora"), pk, reference="刑企 1 号", given_at=now, now=now))
            self.do("begin", lambda: running.begin(self.at("sora"), pk, now=now))
        else:
            steps: dict[str, tuple[str, Any]] = {
                "submitted": ("approve", lambda: deciding.approve(self.at("mio"), pk, now=now)),
                "notified": ("begin", lambda: running.begin(self.at("sora"), pk, now=now)),
                "active": ("review", lambda: running.review(self.at("sora"), pk, LONG, now=now)),
            }  # fmt: skip
            name, act = steps.get(state, ("close", lambda: running.close(self.at("sora"), pk, now=now)))
            self.do(name, act)

    # Deciding

    @rule(number=plans, name=mostly("mio"), by=via, signed=fresh, involvement=st.sampled_from(["", "初動で指揮した"]), higher=st.sampled_from(["", "", "", "警察庁 3 号"]))
    def approve(self, number: int, name: str, by: Via, signed: bool, involvement: str, higher: str) -> None:
        self.do("approve", lambda: deciding.approve(self.at(name, by, signed=signed), self.plan(number), involvement=involvement, higher=higher, now=self.now))

    @rule(number=plans, name=mostly("mio"), text=texts)
    def send_back(self, number: int, name: str, text: str) -> None:
        self.do("send_back", lambda: deciding.send_back(self.at(name), self.plan(number), text, now=self.now))

    @rule(number=plans, name=who, text=texts)
    def refuse(self, number: int, name: str, text: str) -> None:
        self.do("refuse", lambda: deciding.refuse(self.at(name), self.plan(number), text, now=self.now))

    @rule(number=plans, name=mostly("mio"), signed=fresh, text=texts)
    def resume(self, number: int, name: str, signed: bool, text: str) -> None:
        self.do("resume", lambda: deciding.resume(self.at(name, signed=signed), self.plan(number), text, now=self.now))

    @rule(number=plans, name=mostly("mio"), signed=fresh, text=texts, higher=st.sampled_from(["", "", "警察庁 4 号"]))
    def renew(self, number: int, name: str, signed: bool, text: str, higher: str) -> None:
        self.do("renew", lambda: deciding.renew(self.at(name, signed=signed), self.plan(number), text, higher=higher, now=self.now))

    @rule(number=plans, name=mostly("mio"), signed=fresh, no=st.booleans())
    def amend(self, number: int, name: str, signed: bool, no: bool) -> None:
        actor = self.at(name, signed=signed)
        self.do("amend", lambda: deciding.refuse_amendment(actor, self.plan(number), "-", now=self.now) if no else deciding.amend(actor, self.plan(number), now=self.now))

    @rule(number=plans, name=mostly("mio"))
    def refuse_renewal(self, number: int, name: str) -> None:
        self.do("refuse_renewal", lambda: deciding.refuse_renewal(self.at(name), self.plan(number), "-", now=self.now))

    # Asking

    @rule(number=plans, name=mostly("toru"), days=st.sampled_from([-1, 30, 60, 92, 93]), text=texts)
    def ask_renewal(self, number: int, name: str, days: int, text: str) -> None:
        end = Plan.objects.get(pk=self.plan(number)).ends_at or self.now
        self.do("ask_renewal", lambda: asking.ask_renewal(self.at(name), self.plan(number), until=end + days * DAY, results=RESULTS, need=text, now=self.now))

    @rule(number=plans, name=mostly("toru"), adds=st.sampled_from([{"documents": 1}, {"operators": ["K-8"]}, {"offences": ["fraud"]}, {"offences": ["murder"]}, {"documents": 30}, {"ends_at": 1}]))
    def ask_amendment(self, number: int, name: str, adds: dict[str, Any]) -> None:
        self.do("ask_amendment", lambda: asking.ask_amendment(self.at(name), self.plan(number), adds=adds, why=LONG, now=self.now))

    # Carrying out

    @rule(number=plans, name=mostly("sora"), back=st.sampled_from([0, 0, 0, 5, -1]))
    def notify(self, number: int, name: str, back: int) -> None:
        self.do("notify", lambda: running.notify(self.at(name), self.plan(number), reference="刑企 1 号", given_at=self.now - back * DAY, now=self.now))

    @rule(number=plans, name=mostly("sora"))
    def carry_out(self, number: int, name: str) -> None:
        self.do("begin", lambda: running.begin(self.at(name), self.plan(number), now=self.now))

    @rule(number=plans, name=mostly("sora"), text=texts)
    def review(self, number: int, name: str, text: str) -> None:
        self.do("review", lambda: running.review(self.at(name), self.plan(number), text, now=self.now))

    @rule(number=plans, name=mostly("sora"), ground=grounds, text=texts)
    def suspend(self, number: int, name: str, ground: str, text: str) -> None:
        self.do("suspend", lambda: running.suspend(self.at(name), self.plan(number), ground, text, now=self.now))

    @rule(number=plans, name=mostly("toru"), ground=grounds)
    def stop(self, number: int, name: str, ground: str) -> None:
        self.do("stop", lambda: running.stop(self.at(name), self.plan(number), ground, now=self.now))

    @rule(number=plans, name=mostly("sora"), text=texts)
    def end(self, number: int, name: str, text: str) -> None:
        self.do("end", lambda: running.end(self.at(name), self.plan(number), text, now=self.now))

    @rule(number=plans, name=mostly("sora"), ground=grounds, text=texts)
    def cancel(self, number: int, name: str, ground: str, text: str) -> None:
        self.do("cancel", lambda: running.cancel(self.at(name), self.plan(number), ground, text, now=self.now))

    @rule(number=plans, name=mostly("sora"))
    def close(self, number: int, name: str) -> None:
        self.do("close", lambda: running.close(self.at(name), self.plan(number), now=self.now))

    @rule(number=plans, name=who)
    def report_error(self, number: int, name: str) -> None:
        def tell() -> None:
            plan = self.plan(number)
            made = report(self.at(name), plan, "other", "x", now=self.now)
            if Plan.objects.filter(pk=plan, state=State.CLOSED).exists():
                self.found_later.add(made.pk)  # an error may come to light after the end, and is kept then too

        self.do("report", tell)

    @rule(name=who)
    def settle_error(self, name: str) -> None:
        error = ErrorRecord.objects.filter(plan__in=self.plans, steps=None).first()
        if error is not None:
            self.do("answer", lambda: answer(self.at("toru"), error.pk, Answer("a", "b", "c", "d"), now=self.now))
            self.do("close_error", lambda: close_error(self.at(name), error.pk, now=self.now))

    # The world goes on

    @rule(hours=st.sampled_from([1, 1, 1, 12, 24, 24, 24 * 7, 24 * 18, 24 * 60]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.steps += 1

    @rule()
    def sweep(self) -> None:
        self.do("sweep", lambda: sweeping.sweep(now=self.now))

    @rule(name=who, role=st.sampled_from(["investigator", "supervisor", "approver", "custodian", "auditor", ""]), rank=st.sampled_from(["inspector", "inspector", "sergeant", ""]))
    def staff_change(self, name: str, role: str, rank: str) -> None:
        """Somebody's role and rank change, and mostly change back soon."""
        own = {"toru": "investigator", "ken": "investigator", "sora": "supervisor", "rin": "custodian", "mio": "approver", "goro": "approver", "kei": "auditor"}
        with gate._door():
            Person.objects.filter(pk__in=[one.pk for one in self.world.people.values()]).update(rank="inspector")
            for each, usual in own.items():
                Person.objects.filter(pk=self.world.people[each].pk).update(roles=[usual])
            if len(role) % 2:
                Person.objects.filter(pk=self.world.people[name].pk).update(roles=[role] if role else [], rank=rank)
        self.steps += 1

    @rule(flag=st.booleans())
    def documents_settled(self, flag: bool) -> None:
        self.settled = flag
        self.steps += 1

    # What is never reached

    @invariant()
    def nothing_forbidden(self) -> None:
        """The rules, from what is on record; of plans about which something is new."""
        states = dict(Plan.objects.filter(pk__in=self.plans).values_list("pk", "state"))
        latest = dict(PlanEvent.objects.filter(plan__in=self.plans).order_by("id").values_list("plan", "id"))
        new = [pk for pk in self.plans if self.seen.get(pk) != (states[pk], latest.get(pk), self.now)]
        for plan in Plan.objects.filter(pk__in=new).select_related("case"):
            events = list(plan.events.select_related("by", "by__unit"))
            self.seen[plan.pk] = (plan.state, latest.get(plan.pk), self.now)
            assert plan.state == (events[-1].after if events else "draft")
            check_authority(plan, events, self.now)
            if events:
                check_running(plan, events)
                check_stops(events)
                check_amounts(plan)
            if plan.state == State.CLOSED:
                assert not ErrorRecord.objects.filter(plan=plan).exclude(steps__what="closed").exclude(pk__in=self.found_later).exists()
        if new:
            check_sums(self.world.case)


def check_running(plan: Plan, events: list[Any]) -> None:
    """Active, or beyond: approved after the last submission, by another person of the prefecture; notified while the switch is on."""
    if plan.state not in (State.APPROVED, State.NOTIFIED, State.ACTIVE, State.SUSPENDED):
        return
    submitted = max(number for number, event in enumerate(events) if event.verb == "submit")
    approved = [event for event in events[submitted:] if event.verb == "approve"]
    assert len(approved) == 1
    assert approved[0].by.unit.prefecture == plan.prefecture
    others = {plan.applicant_id, plan.coordinator_id, plan.custodian_id}
    assert len(others) == 3
    deciders = {event.by_id for event in events if event.verb in ("approve", "renew", "amend", "resume", "refuse_renewal", "refuse_amendment")}
    assert not deciders & others
    begun = [event for event in events if event.verb == "begin"]
    if begun and rules.rules().notice_to_npa:
        assert [event.verb for event in events[submitted:]].index("notify") < [event.verb for event in events[submitted:]].index("begin")
        assert plan.notices.get().given_at >= approved[0].at
    assert not plan.offences or set(plan.offences) <= {"robbery", "fraud", "theft", "computer_fraud", "harmful_work"}
    assert "harmful_work" not in plan.offences or plan.linked_reason


def check_stops(events: list[Any]) -> None:
    """After a stop there is no way back but by the approver, and none at all when the identity was noticed."""
    stopped = final = False
    for event in events:
        if event.after == "active" and stopped:
            assert event.verb == "resume"
            assert event.as_who == "approver"
            assert not final
        stopped = event.after == "suspended"
        final = final or event.ground == "identity_noticed"
    verbs = [(event.before, event.after) for event in events]
    assert all(later[0] == earlier[1] for earlier, later in pairwise(verbs))


def check_authority(plan: Plan, events: list[Any], now: datetime) -> None:
    """There is authority now only while the last event says active, within a granted period, with no review missed beyond the grace."""
    found = authority_at(plan, now)
    grants = list(plan.grants.all())
    inside = any(grant.starts_at <= now < grant.ends_at for grant in grants)
    missed = plan.reviews.filter(done_at=None, dropped_at=None, due_at__lt=now - timedelta(days=3)).exists()
    expected = bool(events) and events[-1].after == "active" and inside and not missed
    assert (found is not None) == expected
    for grant, following in pairwise(grants):
        assert following.starts_at == grant.ends_at
        assert following.at < grant.ends_at  # decided before the end


def check_amounts(plan: Plan) -> None:
    """What a granted plan holds is what was approved, and what amendments added."""
    grant = plan.grants.order_by("number").first()
    if grant is None:
        return
    approved = plan.events.filter(verb="approve").latest("id")
    then = plan.versions.get(number=approved.version).content
    granted = [one.adds for one in plan.amendments.filter(answer="granted")]
    assert plan.documents_planned == then["documents_planned"] + sum(adds.get("documents", 0) for adds in granted)
    for name in ("offences", "operators", "targets", "accounts"):
        assert set(getattr(plan, name)) == {*then[name], *(one for adds in granted for one in adds.get(name, []))}
    assert 0 < plan.documents_planned <= 20
    assert all((one.ends_at - one.starts_at) <= timedelta(days=92) for one in plan.grants.all())


def check_sums(case: Case | None) -> None:
    """No code passes twelve months without a higher approval on the grant that passed them, or on the amendment that brought the officer in."""
    grants = [(grant, plan) for plan in Plan.objects.filter(case=case).prefetch_related("grants") for grant in plan.grants.all()]
    higher = any(grant.higher for grant, _ in grants)
    for code in {code for _, plan in grants for code in plan.operators}:
        total = sum(((grant.ends_at - grant.starts_at) for grant, plan in grants if code in plan.operators), timedelta(0))
        assert total <= timedelta(days=365) or higher, (code, total)
