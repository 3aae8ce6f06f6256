"""What follows from the log: raised words, stops, stages, the intended victim, the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from log_help import AT, HOUR, NO, Desk

from andon.console.audit.models import Entry
from andon.console.undercover.authority.actions import deciding, running
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.contactlog.actions.acknowledge import acknowledge
from andon.console.undercover.contactlog.actions.conclude import Ended, conclude
from andon.console.undercover.contactlog.actions.stage import reach, take_back, victim_noticed
from andon.console.undercover.contactlog.actions.stop import stop
from andon.console.undercover.contactlog.codes import CHECKLIST, Stage
from andon.console.undercover.contactlog.models import Acknowledgement, Outcome, Step, StopCheck
from andon.console.undercover.contactlog.queries import last_stage, reached, results
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from authority_help import World

pytestmark = pytest.mark.django_db
ACTIONS = "andon.console.undercover.contactlog.actions"


def state_of(desk: Desk) -> str:
    """Of the plan, read anew."""
    desk.plan.refresh_from_db()
    return desk.plan.state


@pytest.mark.rule("A17", where=f"{ACTIONS}.acknowledge")
def test_inducement_stops(desk: Desk) -> None:
    """The words are raised as they were written; found to be inducement by the coordinator, the operation stops, and it is an error."""
    entry = desk.log("分かりました。土曜日２３時にやりましょう！")
    assert [(one.rule, one.words) for one in entry.raised.select_related("entry")] == [("date", "土曜日２３時にやりましょう")]
    acknowledge(desk.world.at("sora"), entry.pk, "inducement", "日時を担当官から提案している", now=AT + HOUR)
    assert (state_of(desk), desk.plan.stopped_for) == ("suspended", "inducement")
    assert ErrorRecord.objects.get().kind == "inducement"


@pytest.mark.rule("A17", where=f"{ACTIONS}.acknowledge")
def test_only_the_coordinator_answers_once(desk: Desk) -> None:
    """In words of his own; who logged it cannot wave it through."""
    entry = desk.log("何でもやります")
    for name, text in (("toru", "問題なし"), ("mio", "問題なし"), ("sora", " ")):
        with pytest.raises((Refused, Conflict)):
            acknowledge(desk.world.at(name), entry.pk, "fine", text, now=AT + HOUR)
    acknowledge(desk.world.at("sora"), entry.pk, "fine", "聞かれたことへの返事", now=AT + HOUR)
    with pytest.raises(Conflict):
        acknowledge(desk.world.at("sora"), entry.pk, "inducement", "やはり", now=AT + HOUR)
    assert (Acknowledgement.objects.count(), state_of(desk)) == (1, "active")
    with pytest.raises(Conflict):
        acknowledge(desk.world.at("sora"), desk.log().pk, "fine", "何もない", now=AT + HOUR)


def test_raised_words_stand_in_the_way(desk: Desk) -> None:
    """Of a new approval after a stop, and of closing."""
    entry = desk.log("もっと大きい仕事ないですか")
    stop(desk.world.at("toru"), desk.plan.pk, "safety", "脅しがあった", now=AT + HOUR)
    with pytest.raises(Refused, match="log_words_wait"):
        deciding.resume(desk.world.at("mio"), desk.plan.pk, "安全を確かめた", now=AT + 2 * HOUR)
    acknowledge(desk.world.at("sora"), entry.pk, "fine", "仕事の種類を尋ねただけ", now=AT + 2 * HOUR)
    deciding.resume(desk.world.at("mio"), desk.plan.pk, "安全を確かめた", now=AT + 2 * HOUR)
    assert state_of(desk) == "active"


@pytest.mark.rule("A16", where=f"{ACTIONS}.acknowledge")
def test_signs_in_what_came_in(desk: Desk) -> None:
    """Are raised, and stop only when the coordinator says which rule is met."""
    entry = desk.incoming("もう一人は高校生です。駅前に来て")
    assert [one.rule for one in entry.raised.all()] == ["minor"]
    with pytest.raises(Refused):
        acknowledge(desk.world.at("sora"), entry.pk, "inducement", "相手の言葉", now=AT + HOUR)
    with pytest.raises(Refused):
        acknowledge(desk.world.at("sora"), entry.pk, "stop", "未成年", ground="other", now=AT + HOUR)
    acknowledge(desk.world.at("sora"), entry.pk, "stop", "未成年が関わる", ground="minor", now=AT + HOUR)
    assert (state_of(desk), desk.plan.stopped_for) == ("suspended", "minor")


@pytest.mark.rule("A16", where=f"{ACTIONS}.stop")
@pytest.mark.parametrize("ground", CHECKLIST)
def test_the_stop_button(desk: Desk, ground: str) -> None:
    """For every rule; after it no contact is permitted, and only the approver lets it go on, for the noticed identity nobody."""
    stop(desk.world.at("toru"), desk.plan.pk, ground, now=AT)
    assert state_of(desk) == "suspended"
    assert desk.log(happened_at=AT + HOUR).outside == "suspended"
    for name in ("toru", "sora"):
        with pytest.raises(Refused):
            deciding.resume(desk.world.at(name), desk.plan.pk, "続けたい", now=AT + 2 * HOUR)
    if ground == "identity_noticed":
        with pytest.raises(Refused):
            deciding.resume(desk.world.at("mio"), desk.plan.pk, "続ける", now=AT + 2 * HOUR)
        assert state_of(desk) == "suspended"
    else:
        deciding.resume(desk.world.at("mio"), desk.plan.pk, "理由がなくなった", now=AT + 2 * HOUR)
        assert state_of(desk) == "active"


@pytest.mark.rule("A16", where=f"{ACTIONS}.stop")
def test_a_stop_is_no_other_ground_and_nobody_elses(desk: Desk) -> None:
    """No ground off the list, nobody who does not log in the case, nothing that is over."""
    with pytest.raises(Refused):
        stop(desk.world.at("toru"), desk.plan.pk, "other", now=AT)
    with pytest.raises(Refused):
        stop(desk.world.at("rin"), desk.plan.pk, "safety", now=AT)
    running.end(desk.world.at("sora"), desk.plan.pk, "終えた", now=AT)
    with pytest.raises(Conflict):
        stop(desk.world.at("toru"), desk.plan.pk, "safety", now=AT)
    assert not StopCheck.objects.exists()


@pytest.mark.rule("A16", where=f"{ACTIONS}.stage")
def test_every_stop_rule_is_answered_at_a_stage(desk: Desk) -> None:
    """One left open: refused. One met: the stage is kept, and the operation stops."""
    entry = desk.log("応募したいです")
    for answers in ({}, {"safety": False}, NO | {"more": False}):
        with pytest.raises(Refused):
            reach(desk.world.at("toru"), desk.plan.pk, "attempt", entry.pk, answers, now=AT + HOUR)
    desk.reach("attempt", entry, uninvolved=True)
    assert (state_of(desk), desk.plan.stopped_for, last_stage(desk.plan)) == ("suspended", "uninvolved", "attempt")


@pytest.mark.rule("U11", where=f"{ACTIONS}.stage")
def test_papers_shown_without_a_demand_are_an_error(desk: Desk) -> None:
    """The stage is kept as it happened; with a demand before it there is no error."""
    desk.reach("id_shown", desk.log("送ります", exhibit="document:1"))
    assert ErrorRecord.objects.get().kind == "showing_without_request"


@pytest.mark.rule("U11", where=f"{ACTIONS}.stage")
def test_a_demand_is_an_incoming_one(desk: Desk) -> None:
    """An own message is no demand, nor is what came in without asking for papers."""
    for entry in (desk.log("身分証は要りますか", asks_id=True), desk.incoming("駅前に来て")):
        with pytest.raises(Refused):
            desk.reach("id_demanded", entry)
    desk.reach("id_demanded", desk.incoming(asks_id=True))
    desk.reach("id_shown", desk.log("送りました", exhibit="document:1"))
    assert not ErrorRecord.objects.exists()


@pytest.mark.rule("U15", where=f"{ACTIONS}.stage")
def test_nobody_goes_to_the_place_before_the_victim_was_thought_of(desk: Desk) -> None:
    """Nor without instructions."""
    entry = desk.log("着きました")
    with pytest.raises(Refused, match="log_stage_place"):
        desk.reach("at_place", entry)
    desk.reach("instructions", desk.incoming("明日10時に駅前集合"))
    with pytest.raises(Refused, match="log_stage_victim"):
        desk.reach("at_place", entry)
    for what, text in (("later", "あとで"), ("warned", " ")):
        with pytest.raises(Refused):
            victim_noticed(desk.world.at("toru"), desk.plan.pk, what, text, now=AT + HOUR)
    victim_noticed(desk.world.at("toru"), desk.plan.pk, "not_identified", "家は告げられず、駅前に警戒員を置いた", now=AT + HOUR)
    desk.reach("at_place", entry)


@pytest.mark.rule("U16", where=f"{ACTIONS}.stage")
def test_the_place_is_the_end(desk: Desk) -> None:
    """No stage leads on from there: it ends by arrest or questioning."""
    desk.to_place()
    assert last_stage(desk.plan) == Stage.AT_PLACE == list(Stage)[-1]
    for stage in Stage.values:
        with pytest.raises(Conflict):
            desk.reach(stage, desk.log("はい"))


def test_a_stage_is_taken_back_by_the_coordinator(desk: Desk) -> None:
    """Once, with a reason; what it had stopped stays stopped, and it does not count any longer."""
    step = desk.reach("attempt", desk.log(), safety=True)
    with pytest.raises(Refused):
        take_back(desk.world.at("toru"), step.pk, "間違い", now=AT + HOUR)
    with pytest.raises(Refused):
        take_back(desk.world.at("sora"), step.pk, " ", now=AT + HOUR)
    take_back(desk.world.at("sora"), step.pk, "別の計画の分だった", now=AT + HOUR)
    assert reached(desk.plan) == {}
    assert state_of(desk) == "suspended"
    with pytest.raises(Conflict):
        take_back(desk.world.at("sora"), step.pk, "もう一度", now=AT + HOUR)
    assert Step.objects.count() == 2


def test_the_outcome_is_borne_by_the_stages(desk: Desk) -> None:
    """An arrest and nobody met ask for the place; a lost contact excludes it; arrests are told by number."""
    lost = Ended("contact_lost", AT, "アプリから消えた")
    arrested = Ended("arrested", AT, "集合場所で逮捕", (("robbery", "preparation", 2),))
    for ended in (arrested, Ended("nobody_met", AT, "誰も来なかった"), Ended("vanished", AT, "消えた"), Ended("contact_lost", AT, " ")):
        with pytest.raises(Refused):
            conclude(desk.world.at("sora"), desk.plan.pk, ended, now=AT + HOUR)
    conclude(desk.world.at("sora"), desk.plan.pk, lost, now=AT + HOUR)
    assert Outcome.objects.get().result == "contact_lost"


@pytest.mark.parametrize(
    "arrests", [(), (("fraud", "attempted", 0),), (("murder", "attempted", 1),), (("fraud", "planned", 1),), (("fraud", "attempted", 100),)]
)
def test_arrests_are_whole(desk: Desk, arrests: Any) -> None:
    """Offence and form of the lists, a number of people that can be."""
    desk.to_place()
    with pytest.raises(Refused):
        conclude(desk.world.at("sora"), desk.plan.pk, Ended("arrested", AT, "逮捕", arrests), now=AT + HOUR)


def test_the_last_outcome_counts(desk: Desk) -> None:
    """By the coordinator only; the facts name no text."""
    desk.to_place()
    with pytest.raises(Refused):
        conclude(desk.world.at("toru"), desk.plan.pk, Ended("nobody_met", AT, "来なかった"), now=AT + HOUR)
    conclude(desk.world.at("sora"), desk.plan.pk, Ended("nobody_met", AT, "来なかった", harm_prevented=True), now=AT + HOUR)
    conclude(desk.world.at("sora"), desk.plan.pk, Ended("arrested", AT, "後日逮捕", (("fraud", "attempted", 1),), leads="指示役の番号"), now=AT + HOUR)
    facts = Entry.objects.filter(event="contactlog.concluded").order_by("-pk")[0].facts
    assert (facts["result"], facts["people"]) == ("arrested", 1)
    assert "逮捕" not in str(facts)


def test_a_plan_is_closed_with_an_outcome(desk: Desk) -> None:
    """One that was carried out; one that never began needs none."""
    running.end(desk.world.at("sora"), desk.plan.pk, "終えた", now=AT)
    with pytest.raises(Refused, match="log_outcome_missing"):
        running.close(desk.world.at("sora"), desk.plan.pk, now=AT + HOUR)
    conclude(desk.world.at("sora"), desk.plan.pk, Ended("cancelled", AT, "相手が別件で捕まった"), now=AT + HOUR)
    running.close(desk.world.at("sora"), desk.plan.pk, now=AT + HOUR)
    assert state_of(desk) == "closed"


def test_a_plan_that_never_began_needs_none(world: World) -> None:
    """Cancelled before it was carried out."""
    plan = world.plan_in(State.CANCELLED)
    running.close(world.at("sora"), plan.pk, now=AT)
    plan.refresh_from_db()
    assert plan.state == "closed"


def test_results_so_far(desk: Desk) -> None:
    """What a renewal is told: contacts, of them outgoing, of them outside, the furthest stage."""
    desk.reach("attempt", desk.log())
    desk.incoming()
    desk.log(other="stranger")
    assert results(desk.plan) == {"contacts": 3, "outgoing": 2, "outside": 1, "stage": "attempt"}
