"""Plans through their life: what each verb does, what it leaves in the trail, and how long there is authority."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, STEPS, WAYS, World, ask_amendment, ask_renewal
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.models import CaseLink, Membership
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.actions import deciding, running, sweeping
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord, Plan, PlanEvent, PlanVersion
from andon.console.undercover.authority.queries import Reason, authority_at, may_contact
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(WAYS))
def test_every_state_is_reached(world: World, state: State) -> None:
    """By verbs alone; the last event says where the plan stands."""
    plan = world.plan_in(state)
    assert [event.after for event in plan.events.all()][-1:] in ([state.value], [])


def test_the_whole_way_is_in_the_trail(world: World) -> None:
    """One entry per verb, with states and numbers, and none of the texts."""
    plan = world.plan_in(State.CLOSED)
    entries = Entry.objects.filter(subject=f"plan:{plan.pk}").order_by("number")
    steps = ["drafted", "submitted", "approved", "notified", "begun", "ended", "closed"]
    assert [entry.event for entry in entries] == [f"authority.{step}" for step in steps]
    assert entries[2].facts["to"] == "approved"
    assert not any("職務質問" in str(entry.facts) or "逮捕" in str(entry.facts) for entry in entries)


def test_submitting_lets_in_who_has_to_know(world: World) -> None:
    """The prefecture's approver, the coordinator and the custodian become members; the approver of another prefecture does not; the case names the plan."""
    plan = world.plan_in(State.SUBMITTED)
    members = {(one.person_id, one.role) for one in Membership.objects.filter(case=world.case, ended_at=None)}
    assert {(world.people["mio"].pk, "approver"), (world.people["sora"].pk, "coordinator"), (world.people["rin"].pk, "custodian")} < members
    assert world.people["goro"].pk not in {person for person, _ in members}
    assert CaseLink.objects.filter(case=world.case, kind="plan", key=str(plan.pk)).exists()


def test_authority_is_a_living_thing(world: World) -> None:
    """There is none before it begins, there is from then on, and none while suspended or after the end; the past stays as it was."""
    plan = world.plan_in(State.NOTIFIED, now=NOW)
    assert may_contact(plan, NOW) is Reason.NOT_BEGUN
    running.begin(world.at("sora"), plan.pk, now=NOW + DAY)
    running.suspend(world.at("sora"), plan.pk, "safety", "様子を見る", now=NOW + 2 * DAY)
    deciding.resume(world.at("mio"), plan.pk, "安全を確かめた", now=NOW + 3 * DAY)
    running.end(world.at("sora"), plan.pk, "終わった", now=NOW + 4 * DAY)
    hour = timedelta(hours=1)
    found = {days: may_contact(plan, NOW + days * DAY + hour) for days in range(5)}
    assert found == {0: Reason.NOT_BEGUN, 1: None, 2: Reason.SUSPENDED, 3: None, 4: Reason.OVER}
    assert may_contact(plan, NOW - hour) is Reason.NOT_APPROVED
    found_at = authority_at(world.case, NOW + DAY + hour) if world.case else None
    assert found_at is not None
    assert (found_at.plan_id, found_at.approver_id, found_at.ends_at) == (plan.pk, world.people["mio"].pk, NOW + 60 * DAY)


def test_authority_of_each_state(world: World) -> None:
    """The reason is the state's own."""
    expected = {
        State.DRAFT: Reason.NOT_APPROVED, State.SUBMITTED: Reason.NOT_APPROVED, State.APPROVED: Reason.NOT_NOTIFIED, State.NOTIFIED: Reason.NOT_BEGUN,
        State.ACTIVE: None, State.SUSPENDED: Reason.SUSPENDED, State.ENDED: Reason.OVER, State.CANCELLED: Reason.OVER,
        State.REFUSED: Reason.NOT_APPROVED, State.CLOSED: Reason.OVER,
    }  # fmt: skip
    assert {state: may_contact(world.plan_in(state, ends_at=NOW + 20 * DAY), NOW) for state in WAYS} == expected


def test_a_period_lies_ahead(world: World) -> None:
    """Begun means nothing before the first day: it cannot begin then."""
    plan = world.plan_in(State.NOTIFIED, starts_at=NOW + DAY)
    with pytest.raises(Refused) as refused:
        running.begin(world.at("sora"), plan.pk, now=NOW)
    assert refused.value.data["reason"] == "plan_in_period"


def test_a_renewal_moves_the_end_and_adds_reviews(world: World) -> None:
    """A grant of its own, with what came of it as the registers count it."""
    plan = world.plan_in(State.ACTIVE)
    reviews = plan.reviews.count()
    later = NOW + 10 * DAY
    hooks.RESULTS.append(lambda _: {"contacts": 7})
    try:
        ask_renewal(world, plan, now=later)
    finally:
        hooks.RESULTS.pop()
    renewed = deciding.renew(world.at("mio"), plan.pk, "必要を認める", now=later)
    assert renewed.ends_at == NOW + 120 * DAY
    assert [grant.number for grant in plan.grants.all()] == [0, 1]
    assert plan.renewals.get().counted == {"contacts": 7}
    assert plan.reviews.count() > reviews
    assert plan.reviews.filter(due_at__gte=renewed.ends_at).count() == 0


def test_a_granted_amendment_widens_and_is_a_new_version(world: World) -> None:
    """What was asked for, and nothing else; the earlier versions stand."""
    plan = world.plan_in(State.ACTIVE)
    ask_amendment(world, plan, now=NOW, documents=1, targets=["signal:+819012345678"])
    deciding.amend(world.at("mio"), plan.pk, now=NOW)
    plan.refresh_from_db()
    assert (plan.documents_planned, plan.targets) == (3, ["telegram:boss", "signal:+819012345678"])
    assert [version.content["documents_planned"] for version in plan.versions.all()] == [2, 3]
    assert plan.state == State.ACTIVE


def test_a_refused_amendment_changes_nothing(world: World) -> None:
    """It is answered, with a reason, and another may be asked for."""
    plan = world.plan_in(State.APPROVED)
    ask_amendment(world, plan, now=NOW)
    deciding.refuse_amendment(world.at("mio"), plan.pk, "必要がない", now=NOW)
    plan.refresh_from_db()
    assert plan.documents_planned == 2
    assert plan.amendments.get().answer == "refused"
    ask_amendment(world, plan, now=NOW)


def test_the_clock_ends_a_period(world: World) -> None:
    """The sweep ends it; authority was gone at that moment, swept or not; a waiting renewal lapses."""
    plan = world.plan_in(State.ACTIVE, ends_at=NOW + 10 * DAY)
    ask_renewal(world, plan, now=NOW + DAY)
    late = NOW + 10 * DAY
    assert may_contact(plan, late - timedelta(seconds=1)) is None
    assert may_contact(plan, late) is Reason.AFTER_PERIOD
    assert sweeping.sweep(now=late) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.renewals.get().answer) == ("ended", "lapsed")
    assert sweeping.sweep(now=late) == 0


def test_cancelling_keeps_the_state_of_things(world: World) -> None:
    """Each document and account as it stood."""
    plan = world.plan_in(State.ACTIVE)
    hooks.THINGS.append(lambda _: [hooks.Thing("document", "A-1", "out", is_settled=False)])
    try:
        running.cancel(world.at("sora"), plan.pk, "identity_noticed", "相手が警察と書いてきた", now=NOW + DAY)
        event = PlanEvent.objects.get(plan=plan, verb="cancel")
        assert event.facts["things"] == [["document", "A-1", "out"]]
        with pytest.raises(Refused) as refused:
            running.close(world.at("sora"), plan.pk, now=NOW + DAY)
        assert refused.value.data["reason"] == "plan_settled"
    finally:
        hooks.THINGS.pop()


def test_those_told_after_a_state(world: World) -> None:
    """Each event once, inside the transaction: whoever objects undoes it."""
    told: list[str] = []
    hooks.AFTER_STATE.append(lambda _, event: told.append(event.verb))
    try:
        world.plan_in(State.APPROVED)
    finally:
        hooks.AFTER_STATE.pop()
    assert told == ["submit", "approve"]


@pytest.mark.parametrize("verb", ["begin", "close", "resume"])
def test_other_parts_have_a_say(world: World, verb: str) -> None:
    """Consent, deconfliction, reconciliation: their refusal carries their own sentence."""
    state = {"begin": State.NOTIFIED, "close": State.ENDED, "resume": State.SUSPENDED}[verb]
    plan = world.plan_in(state)
    hooks.MAY[verb].append(lambda *_: "consent_missing")
    acts: dict[str, Callable[[], Any]] = {
        "begin": lambda: STEPS["begin"](world, plan.pk, NOW), "close": lambda: STEPS["close"](world, plan.pk, NOW),
        "resume": lambda: deciding.resume(world.at("mio"), plan.pk, "続ける", now=NOW),
    }  # fmt: skip
    try:
        with pytest.raises(Refused) as refused:
            acts[verb]()
    finally:
        hooks.MAY[verb].pop()
    assert refused.value.data["reason"] == "consent_missing"
    acts[verb]()


@pytest.mark.parametrize("model", [PlanEvent, PlanVersion])
def test_what_was_done_stays_written(world: World, model: Any) -> None:
    """The database itself refuses to change or delete an event or a version."""
    plan = world.plan_in(State.ACTIVE)
    with gate._door(), transaction.atomic(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        model.objects.filter(plan=plan).update(plan=plan)
    with gate._door(), transaction.atomic(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        model.objects.filter(plan=plan)._raw_delete("default")


def test_nothing_is_written_past_the_gate(world: World) -> None:
    """Neither a plan's state nor a register."""
    plan = world.plan_in(State.SUBMITTED)
    with pytest.raises(Refused):
        Plan.objects.filter(pk=plan.pk).update(state=State.ACTIVE)
    with pytest.raises(Refused):
        ErrorRecord.objects.create(kind="other", subject="x", happened_at=NOW, found_at=NOW)
