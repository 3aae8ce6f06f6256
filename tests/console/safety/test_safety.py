"""Consent, the chain, welfare checks that are passed on, and the call for help that nobody takes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World, make_person
from django.core.serializers import serialize
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.members import add_member, admit
from andon.console.casework.actions.samples import draw
from andon.console.casework.timeline import moments
from andon.console.gate import Actor, Via
from andon.console.measures.common.models import Notice
from andon.console.staff.models import Person
from andon.console.staff.rights import Role
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.actions import deciding, running
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.queries import authority_at
from andon.console.undercover.contactlog.actions.log import Said, log
from andon.console.undercover.contactlog.hooks import Planned
from andon.console.undercover.safety import actions, on_plans, queries, rules
from andon.console.undercover.safety.actions import alarming, chaining, checking, consenting
from andon.console.undercover.safety.actions.chaining import Somebody
from andon.console.undercover.safety.codes import Risk
from andon.console.undercover.safety.models import Alarm, AlarmEvent, Briefing, ChainLink, CheckEvent, Consent, Outing, WelfareCheck
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from andon.console.undercover.authority.models import Plan

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CONSENT = "andon.console.undercover.safety.actions.consenting"
CHECKING = "andon.console.undercover.safety.actions.checking"
ALARM = "andon.console.undercover.safety.actions.alarming"
CHAIN = "andon.console.undercover.safety.actions.chaining"


def consents(world: World, plan: Plan, *, now: datetime = NOW, officer: str = "K-7") -> Consent:
    """Briefed and consented, on paper."""
    consenting.brief(world.at("sora"), plan.pk, officer, Risk.values, "すべて説明し、質問に答えた", now=now)
    return consenting.consent(world.at("sora"), plan.pk, officer, paper="同意書 3 号", now=now + MINUTE)


def operator(world: World) -> Person:
    """The person behind K-7, known to the sealed record alone."""
    someone = make_person(f"himitsu{world.unit.pk}", world.unit, Role.INVESTIGATOR)
    assert world.case is not None
    with gate._door():
        admit(world.case, someone, "operator", by=world.people["toru"], ground="実施担当官", at=NOW - DAY)
    hooks.OPERATORS.append(lambda _: {"K-7": someone.pk})
    return someone


def due(world: World, plan: Plan, *, at: datetime = NOW + HOUR) -> WelfareCheck:
    """A check by hand."""
    return checking.plan_check(world.at("toru"), plan.pk, "K-7", at, now=NOW)


def stand(world: World, plan: Plan, *names: str) -> list[ChainLink]:
    """Put people into the chain, each with a number."""
    made = []
    for name in names:
        if name not in ("toru", "sora", "rin", "mio"):
            add_member(world.at("toru"), plan.case_id, world.people[name].pk, "member", ground="支援", now=NOW - DAY)
        made.append(chaining.add(world.at("sora"), plan.pk, Somebody("support", world.people[name].pk, phone="090-0000-0001"), now=NOW))
    return made


# Consent


@pytest.mark.rule("U14", where=CONSENT)
def test_a_plan_without_consent_does_not_begin(world: World) -> None:
    """No consent, a briefing alone, consent of one of two officers, withdrawn consent: each refused. With everybody's it begins."""
    plan = world.plan_in(State.NOTIFIED, operators=["K-7", "K-8"])

    def begins(now: datetime) -> None:
        running.begin(world.at("sora"), plan.pk, now=now)

    for step in (
        lambda: None,
        lambda: consenting.brief(world.at("sora"), plan.pk, "K-7", Risk.values, "説明した", now=NOW),
        lambda: consents(world, plan, now=NOW + HOUR),
        lambda: consents(world, plan, now=NOW + 2 * HOUR, officer="K-8"),
    ):
        with pytest.raises(Refused) as refused:
            begins(NOW + 3 * HOUR)
        assert refused.value.data["reason"] == "safety_consent_missing"
        step()
    consenting.withdraw(world.at("toru"), plan.pk, "K-7", now=NOW + 4 * HOUR)
    with pytest.raises(Refused):
        begins(NOW + 5 * HOUR)
    consents(world, plan, now=NOW + 6 * HOUR)
    begins(NOW + 7 * HOUR)
    plan.refresh_from_db()
    assert plan.state == State.ACTIVE


@pytest.mark.rule("U14", where=CONSENT)
def test_nobody_consents_for_an_officer(world: World) -> None:
    """Where the sealed record says who it is, that person alone, however high the other; where it does not, the coordinator with a paper."""
    plan = world.plan_in(State.NOTIFIED)
    consenting.brief(world.at("sora"), plan.pk, "K-7", Risk.values, "説明した", now=NOW)
    with pytest.raises(Refused) as refused:
        consenting.consent(world.at("sora"), plan.pk, "K-7", now=NOW + HOUR)
    assert refused.value.data["reason"] == "safety_paper"
    someone = operator(world)
    for who in ("sora", "toru"):
        with pytest.raises(Refused) as refused:
            consenting.consent(world.at(who), plan.pk, "K-7", paper="1 号", now=NOW + HOUR)
        assert refused.value.data["reason"] == "safety_own_consent"
    made = consenting.consent(Actor(someone, Via.SCREEN, fresh=True), plan.pk, "K-7", now=NOW + HOUR)
    assert made.paper == ""
    with pytest.raises(Conflict):
        consenting.consent(Actor(someone, Via.SCREEN, fresh=True), plan.pk, "K-7", now=NOW + HOUR)


def test_a_briefing_is_of_all_risks(world: World) -> None:
    """One left out, or no words: not kept. After a withdrawal the old briefing is not enough."""
    plan = world.plan_in(State.NOTIFIED)
    for risks, text in ((Risk.values[:-1], "説明した"), (Risk.values, " "), ([], "説明した")):
        with pytest.raises(Refused):
            consenting.brief(world.at("sora"), plan.pk, "K-7", risks, text, now=NOW)
    with pytest.raises(Refused):
        consenting.brief(world.at("sora"), plan.pk, "K-9", Risk.values, "説明した", now=NOW)
    with pytest.raises(Refused):
        consenting.consent(world.at("sora"), plan.pk, "K-7", paper="1 号", now=NOW)
    consents(world, plan, now=NOW + HOUR)
    consenting.withdraw(world.at("toru"), plan.pk, "K-7", now=NOW + 2 * HOUR)
    with pytest.raises(Refused) as refused:
        consenting.consent(world.at("sora"), plan.pk, "K-7", paper="1 号", now=NOW + 3 * HOUR)
    assert refused.value.data["reason"] == "safety_briefing"
    with pytest.raises(Conflict):
        consenting.withdraw(world.at("toru"), plan.pk, "K-7", now=NOW + 3 * HOUR)
    assert Entry.objects.filter(event__in=("safety.briefed", "safety.consented", "safety.consent_withdrawn")).count() == 3


@pytest.mark.rule("U14", where=CONSENT)
def test_withdrawal_stops_what_is_carried_out(world: World) -> None:
    """At once; and the approver cannot let it go on until there is consent again."""
    plan = world.plan_in(State.ACTIVE)
    consents(world, plan)
    consenting.withdraw(world.at("toru"), plan.pk, "K-7", now=NOW + HOUR)
    plan.refresh_from_db()
    assert (plan.state, plan.stopped_for) == (State.SUSPENDED, "safety")
    assert authority_at(plan, NOW + 2 * HOUR) is None
    with pytest.raises(Refused) as refused:
        deciding.resume(world.at("mio"), plan.pk, "続ける必要がある", now=NOW + 2 * HOUR)
    assert refused.value.data["reason"] == "safety_consent_missing"
    consents(world, plan, now=NOW + 3 * HOUR)
    assert deciding.resume(world.at("mio"), plan.pk, "続ける必要がある", now=NOW + 4 * HOUR).state == State.ACTIVE


# The chain


@pytest.mark.rule("O1", where=CHAIN)
def test_a_number_is_sealed_and_read_on_need(world: World) -> None:
    """Not in the database in clear; by those of the chain, with a reason or while an officer is missed; each reading in the trail, the number not."""
    plan = world.plan_in(State.ACTIVE)
    (link,) = stand(world, plan, "ken")
    assert "0000" not in serialize("json", ChainLink.objects.all())
    with pytest.raises(Refused):
        chaining.reveal(world.at("ken"), link.pk, now=NOW)
    for who in ("toru", "rin", "mio", "kei", "goro"):
        with pytest.raises((Refused, Conflict)):
            chaining.reveal(world.at(who), link.pk, "見たい", now=NOW)
    assert chaining.reveal(world.at("ken"), link.pk, "連絡の試験", now=NOW) == "090-0000-0001"
    assert chaining.reveal(world.at("sora"), link.pk, "連絡の試験", now=NOW) == "090-0000-0001"
    due(world, plan)
    assert chaining.reveal(world.at("ken"), link.pk, now=NOW + 3 * HOUR) == "090-0000-0001"
    read = Entry.objects.filter(event="safety.phone_read")
    assert [one.facts["need"] for one in read.order_by("pk")] == ["連絡の試験", "連絡の試験", "missed"]
    assert "0000-0001" not in " ".join(str(one.facts) for one in Entry.objects.all())


def test_who_stands_in_the_chain(world: World) -> None:
    """People who may know of the case, or a number; an officer by code alone; put in and taken out by who leads."""
    plan = world.plan_in(State.ACTIVE)
    someone = operator(world)
    bad = [
        Somebody("support"), Somebody("nonsense", world.people["rin"].pk), Somebody("support", world.people["goro"].pk),
        Somebody("support", phone="だれか"), Somebody("officer", world.people["rin"].pk, "K-7"), Somebody("support", someone.pk),
        Somebody("officer", officer="K-9", phone="090-0000-0002"),
    ]  # fmt: skip
    for one in bad:
        with pytest.raises(Refused):
            chaining.add(world.at("sora"), plan.pk, one, now=NOW)
    with pytest.raises((Refused, Conflict)):
        chaining.add(world.at("ken"), plan.pk, Somebody("duty", phone="03-0000-0000"), now=NOW)
    link = chaining.add(world.at("sora"), plan.pk, Somebody("officer", officer="k-7", phone="090-0000-0002"), now=NOW)
    assert (link.officer, link.person) == ("K-7", None)
    chaining.add(world.at("sora"), plan.pk, Somebody("support", world.people["rin"].pk), now=NOW)
    with pytest.raises(Conflict):
        chaining.add(world.at("sora"), plan.pk, Somebody("support", world.people["rin"].pk), now=NOW)
    assert chaining.remove(world.at("sora"), link.pk, now=NOW).phone == ""
    with pytest.raises(Conflict):
        chaining.remove(world.at("sora"), link.pk, now=NOW)
    assert Entry.objects.filter(event__in=("safety.chain_added", "safety.chain_removed")).count() == 3


# Welfare checks


@pytest.mark.rule("A20", where=CHECKING)
def test_a_missed_check_goes_along_the_chain(world: World) -> None:
    """Within the grace nobody is told; then the coordinator, then each of the chain after a step, to the last and no further; never two at once."""
    plan = world.plan_in(State.ACTIVE)
    stand(world, plan, "ken", "rin")
    check = due(world, plan)
    order = ["sora", "ken", "rin", "toru"]  # the coordinator, the chain, who leads the case
    assert checking.look_after(now=check.due_at + rules.GRACE - MINUTE) == 0
    at = check.due_at + rules.GRACE
    for number in range(1, len(order) + 1):
        assert checking.look_after(now=at) == 1
        assert checking.look_after(now=at + MINUTE) == 0
        told = set(Notice.objects.filter(code="safety_missed").values_list("person", flat=True))
        assert told == {world.people[one].pk for one in order[:number]}
        at += rules.STEP
    assert checking.look_after(now=at + DAY) == 0
    assert [one.told for one in CheckEvent.objects.order_by("pk")] == [1, 2, 3, 4]
    assert Entry.objects.filter(event="safety.check_missed").count() == 4


@pytest.mark.rule("A20", where=CHECKING)
def test_an_answer_ends_it(world: World) -> None:
    """In time, nobody is told; after it was missed it is kept as late; once only; and a stranger answers for nobody."""
    plan = world.plan_in(State.ACTIVE)
    one, other = due(world, plan), due(world, plan, at=NOW + 2 * HOUR)
    for who in ("ken", "kei", "goro", "mio"):
        with pytest.raises((Refused, Conflict)):
            checking.answer(world.at(who), one.pk, "answered", now=NOW + HOUR)
    assert not checking.answer(world.at("toru"), one.pk, "answered", now=NOW + HOUR).is_late
    assert checking.look_after(now=NOW + 2 * HOUR) == 0
    checking.look_after(now=NOW + 3 * HOUR)
    with pytest.raises(Refused):
        checking.answer(world.at("sora"), other.pk, "reached", now=NOW + 3 * HOUR)
    with pytest.raises(Refused):
        checking.answer(world.at("sora"), other.pk, "dropped", now=NOW + 3 * HOUR)
    assert checking.answer(world.at("sora"), other.pk, "reached", "電話で話した", now=NOW + 3 * HOUR).is_late
    with pytest.raises(Conflict):
        checking.answer(world.at("sora"), other.pk, "answered", now=NOW + 4 * HOUR)
    assert checking.look_after(now=NOW + DAY) == 0
    with pytest.raises(Refused):
        checking.plan_check(world.at("toru"), plan.pk, "K-7", NOW, now=NOW + HOUR)


def test_a_meeting_makes_checks_due(world: World) -> None:
    """At its beginning, every hour, after its end; who is out stands in the list until back; a cancelled meeting leaves nothing."""
    plan = world.plan_in(State.ACTIVE)
    told = Planned(5, plan.pk, ("K-7",), NOW + HOUR, NOW + 3 * HOUR, world.people["toru"])
    with gate._door():
        on_plans.after_meeting(told, NOW)
        on_plans.after_meeting(told, NOW)
    assert [one.due_at for one in WelfareCheck.objects.order_by("due_at")] == [NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR + rules.AFTER]
    outing = Outing.objects.get()
    checking.come_back(world.at("toru"), outing.pk, now=NOW + 2 * HOUR)
    assert not WelfareCheck.objects.filter(done_at=None).exists()
    with pytest.raises(Conflict):
        checking.come_back(world.at("toru"), outing.pk, now=NOW + 2 * HOUR)
    with gate._door():
        on_plans.after_meeting(Planned(6, plan.pk, ("K-7",), NOW + 5 * HOUR, NOW + 6 * HOUR, world.people["toru"]), NOW)
        on_plans.after_meeting(Planned(6, plan.pk, ("K-7",), NOW + 5 * HOUR, NOW + 6 * HOUR, world.people["toru"], is_cancelled=True), NOW)
    assert not WelfareCheck.objects.filter(done_at=None).exists()
    assert not Outing.objects.filter(back_at=None, dropped_at=None).exists()


def test_a_meeting_nobody_planned_asks_for_a_check(world: World) -> None:
    """Written down while it is fresh; one that is told of days later asks for none. A plan that is over leaves none due."""
    plan = world.plan_in(State.ACTIVE)
    said = {"officer": "K-7", "channel": "in_person", "direction": "met", "words": "駅前で会った", "other": "boss", "own": "taro"}
    log(world.at("toru"), plan.case_id, plan.pk, Said(happened_at=NOW + HOUR, **said), now=NOW + 30 * HOUR)
    assert not WelfareCheck.objects.exists()
    log(world.at("toru"), plan.case_id, plan.pk, Said(happened_at=NOW + HOUR, **said), now=NOW + HOUR + MINUTE)
    assert WelfareCheck.objects.get().due_at == NOW + HOUR + rules.AFTER
    running.end(world.at("sora"), plan.pk, "終わった", now=NOW + HOUR + 2 * MINUTE)
    assert not WelfareCheck.objects.filter(done_at=None).exists()


# The call for help


@pytest.mark.rule("U14", where=ALARM)
@pytest.mark.rule("A16", where=ALARM)
def test_a_call_tells_everybody_and_stops(world: World) -> None:
    """The coordinator, the whole chain and who leads, at once; authority is gone at that moment."""
    plan = world.plan_in(State.ACTIVE)
    stand(world, plan, "ken", "rin")
    alarm = alarming.press(world.at("toru"), plan.pk, now=NOW + HOUR)
    told = set(Notice.objects.filter(code="safety_help").values_list("person", flat=True))
    assert told == {world.people[name].pk for name in ("sora", "ken", "rin", "toru")}
    plan.refresh_from_db()
    assert (plan.state, plan.stopped_for, alarm.stopped, alarm.officer) == (State.SUSPENDED, "safety", True, "K-7")
    assert authority_at(plan, NOW + HOUR) is None
    entry = Entry.objects.get(event="safety.help_called")
    assert entry.facts == {"told": 4, "stopped": True}


@pytest.mark.rule("U14", where=ALARM)
def test_who_pressed_cannot_take_it_back(world: World) -> None:
    """No verb undoes it; the presser neither takes nor resolves it, not even as the coordinator; a false alarm lifts nothing."""
    plan = world.plan_in(State.ACTIVE)
    alarm = alarming.press(world.at("toru"), plan.pk, now=NOW)
    for how in ("false_alarm", "safe"):
        with pytest.raises(Refused):
            alarming.resolve(world.at("toru"), alarm.pk, how, "押し間違えた", now=NOW)
    with pytest.raises(Refused) as refused:
        alarming.take(world.at("toru"), alarm.pk, now=NOW)
    assert refused.value.data["reason"] == "safety_presser"
    verbs = {name for module in (alarming, checking, consenting, chaining) for name in vars(module) if not name.startswith("_")}
    assert not verbs & {"cancel", "undo", "withdraw_alarm", "unpress", "delete"}
    assert actions.__doc__
    assert alarming.press(world.at("toru"), plan.pk, now=NOW + MINUTE).pk == alarm.pk
    alarming.resolve(world.at("sora"), alarm.pk, "false_alarm", "本人と話し、押し間違いと確かめた", now=NOW + HOUR)
    plan.refresh_from_db()
    assert (plan.state, plan.stopped_for) == (State.SUSPENDED, "safety")
    assert [one.what for one in AlarmEvent.objects.order_by("pk")] == ["pressed", "pressed_again", "resolved"]
    with gate._door(), pytest.raises(DatabaseError), transaction.atomic():
        AlarmEvent.objects.all().delete()
    by_boss = alarming.press(world.at("sora"), plan.pk, now=NOW + 2 * HOUR)
    with pytest.raises(Refused):
        alarming.resolve(world.at("sora"), by_boss.pk, "false_alarm", "自分で押した", now=NOW + 3 * HOUR)
    alarming.resolve(world.at("toru"), by_boss.pk, "safe", "無事を確かめた", now=NOW + 3 * HOUR)  # who leads the case
    with pytest.raises(Conflict):
        alarming.take(world.at("toru"), by_boss.pk, now=NOW + 3 * HOUR)


def test_only_the_coordinator_resolves(world: World) -> None:
    """In words, with one of the answers; somebody of the chain takes it."""
    plan = world.plan_in(State.ACTIVE)
    stand(world, plan, "ken")
    alarm = alarming.press(world.at("toru"), plan.pk, now=NOW)
    for who, how, text in (
        ("ken", "safe", "無事"),
        ("sora", "nonsense", "無事"),
        ("sora", "safe", " "),
        ("mio", "safe", "無事"),
        ("goro", "safe", "無事"),
    ):
        with pytest.raises((Refused, Conflict)):
            alarming.resolve(world.at(who), alarm.pk, how, text, now=NOW)
    for who in ("rin", "goro", "kei"):
        with pytest.raises((Refused, Conflict)):
            alarming.take(world.at(who), alarm.pk, now=NOW)
    alarming.take(world.at("ken"), alarm.pk, now=NOW + MINUTE)
    assert Entry.objects.filter(event="safety.help_taken").exists()
    assert checking.look_after(now=NOW + HOUR) == 0


@pytest.mark.rule("A16", where=ALARM)
def test_a_call_that_nobody_takes_is_told_again(world: World) -> None:
    """To the whole chain, after each pause, so many times."""
    plan = world.plan_in(State.ACTIVE)
    alarming.press(world.at("toru"), plan.pk, now=NOW)
    assert checking.look_after(now=NOW + MINUTE) == 0
    for number in range(1, rules.MOST_REMINDERS + 1):
        assert checking.look_after(now=NOW + number * rules.REMIND) == 1
    assert checking.look_after(now=NOW + DAY) == 0


@pytest.mark.rule("A19", where=ALARM)
def test_nobody_learns_who_an_officer_is(world: World, browse: Any) -> None:
    """An officer consents, withdraws and calls for help: no table of the app, no page and no event of the plan has the name; the trail has no code."""
    someone = operator(world)
    plan = world.plan_in(State.ACTIVE)
    me = Actor(Person.objects.get(pk=someone.pk), Via.SCREEN, fresh=True)
    consenting.brief(world.at("sora"), plan.pk, "K-7", Risk.values, "説明した", now=NOW)
    consenting.consent(me, plan.pk, "K-7", now=NOW + MINUTE)
    consenting.withdraw(me, plan.pk, "K-7", now=NOW + 2 * MINUTE)
    alarm = alarming.press(me, plan.pk, now=NOW + 3 * MINUTE)
    assert alarm.officer == "K-7"
    rows = "".join(serialize("json", model.objects.all()) for model in (Briefing, Consent, Alarm, AlarmEvent, CheckEvent, WelfareCheck, Outing))
    assert f'"by": {someone.pk}' not in rows
    assert not plan.events.filter(by=someone).exists()
    client: Client = browse(world.people["toru"])
    for path in (
        reverse("safety:now"), reverse("safety:plan", args=[plan.pk]), reverse("safety:alarm", args=[alarm.pk]), reverse("authority:plan", args=[plan.pk]),
        reverse("casework:case", args=[plan.case_id]),
    ):  # fmt: skip
        assert someone.name not in client.get(path).content.decode(), path
    assert world.case is not None
    said = " ".join(str(one.data) + one.label for one in moments(world.case, world.people["toru"]) if one.code == "safety")
    assert someone.name not in said
    assert "K-7" not in " ".join(str(one.facts) for one in Entry.objects.filter(event__startswith="safety."))


# Pages


@pytest.fixture
def live(world: World) -> Plan:
    """A plan that is being carried out now."""
    now = timezone.now()
    return world.plan_in(State.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY)


def test_help_on_the_phone(world: World, live: Plan, browse: Any) -> None:
    """One button, no field to type in; after it the page says that it was heard, and how many were told. The presser gets no form to end it."""
    client: Client = browse(world.people["toru"])
    text = client.get(reverse("safety:help")).content.decode()
    assert text.count("data-help") == 1
    inside = text[text.index('class="help"') : text.index("</main>")]
    assert 'type="text"' not in inside
    answer = client.post(reverse("safety:press", args=[live.pk]), follow=True)
    said = answer.content.decode()
    assert "知らせました" in said
    assert reverse("safety:resolve", args=[Alarm.objects.get().pk]) not in said
    boss: Client = browse(world.people["sora"])
    page = reverse("safety:alarm", args=[Alarm.objects.get().pk])
    assert boss.post(reverse("safety:take", args=[Alarm.objects.get().pk])).status_code == 302
    assert world.people["sora"].name in client.get(page).content.decode()
    assert boss.post(reverse("safety:resolve", args=[Alarm.objects.get().pk]), {"how": "safe", "result_text": ""}).status_code == 422
    assert boss.post(reverse("safety:resolve", args=[Alarm.objects.get().pk]), {"how": "safe", "result_text": "無事"}).status_code == 302


def test_a_plan_long_over_has_no_button(world: World, live: Plan) -> None:
    """For a month after its end help can still be called from the screen; then the plan leaves it."""
    toru, end = world.people["toru"], live.ends_at
    assert end is not None
    running.end(world.at("sora"), live.pk, "期間が終わった", now=end)
    assert list(queries.to_call_for(toru, end + rules.CALL_AFTER)) == [live]
    assert not queries.to_call_for(toru, end + rules.CALL_AFTER + HOUR).exists()


@pytest.mark.parametrize("who", ["ken", "goro", "kei"])
def test_strangers_see_no_plan(world: World, live: Plan, who: str, browse: Any) -> None:
    """Not on the lists, not by its number; nor can they call for it."""
    due(world, live, at=timezone.now() + HOUR)
    alarm = alarming.press(world.at("toru"), live.pk)
    client: Client = browse(world.people[who])
    for path in (reverse("safety:plan", args=[live.pk]), reverse("safety:alarm", args=[alarm.pk]), reverse("safety:now"), reverse("safety:help")):
        answer = client.get(path)
        assert live.code not in answer.content.decode()
        assert "K-7" not in answer.content.decode()
    for name in ("press", "consent", "withdraw", "add", "check", "brief"):
        assert client.post(reverse(f"safety:{name}", args=[live.pk])).status_code in (403, 404, 409)
    assert Alarm.objects.count() == 1


def test_the_inspector_of_a_sample_reads_a_call(world: World, live: Plan, browse: Any) -> None:
    """Read, not answered; without the sample not even that."""
    alarm = alarming.press(world.at("toru"), live.pk)
    page, client = reverse("safety:alarm", args=[alarm.pk]), browse(world.people["kei"])
    assert client.get(page).status_code == 403
    draw(world.at("kei"), [live.case_id], ground="抜取り", until_at=timezone.now() + DAY)
    answer = client.get(page)
    assert answer.status_code == 200
    assert "K-7" in answer.content.decode()
    assert reverse("safety:take", args=[alarm.pk]) not in answer.content.decode()
    assert client.post(reverse("safety:take", args=[alarm.pk])).status_code == 403


def test_the_page_of_a_plan(world: World, live: Plan, browse: Any) -> None:
    """Brief, consent, chain, check, answer and withdraw on the page; what is wrong is said there."""
    client: Client = browse(world.people["sora"])
    page = reverse("safety:plan", args=[live.pk])

    def post(name: str, *places: int, **given: Any) -> int:
        return int(client.post(reverse(f"safety:{name}", args=[live.pk, *places]), given).status_code)

    assert post("brief", officer="K-7", risks=Risk.values[:2], text="説明した") == 422
    assert post("brief", officer="K-7", risks=Risk.values, text="説明した") == 302
    assert post("consent", officer="K-7", paper="") == 422
    assert post("consent", officer="K-7", paper="3 号") == 302
    assert post("add", post="duty", person="", officer="", phone="03-0000-0000") == 302
    assert post("add", post="duty", person="", officer="", phone="") == 422
    link = ChainLink.objects.get()
    assert "03-0000-0000" not in client.get(page).content.decode()
    number = client.post(reverse("safety:phone", args=[live.pk, link.pk]), {"why": "試験"}).content.decode()
    assert "tel:0300000000" in number
    later = timezone.localtime(timezone.now() + HOUR).strftime("%Y-%m-%dT%H:%M")
    assert post("check", officer="K-7", due_at=later) == 302
    check = WelfareCheck.objects.get()
    assert post("answer", check.pk, what="answered") == 302
    assert post("remove", link.pk) == 302
    assert post("withdraw", officer="K-7") == 302
    live.refresh_from_db()
    assert live.state == State.SUSPENDED
    assert "同意を撤回" in client.get(page).content.decode()


@pytest.mark.parametrize("many", [1, 10])
def test_pages_ask_few_questions(many: int, world: World, live: Plan, browse: Any, django_assert_max_num_queries: Callable[..., Any]) -> None:
    """However many checks and outings there are."""
    now = timezone.now()
    with gate._door():
        for number in range(many):
            told = Planned(number, live.pk, ("K-7",), now - (number + 1) * HOUR, now + HOUR, world.people["toru"])
            on_plans.after_meeting(told, now)
    client: Client = browse(world.people["toru"])
    for path, most in {
        reverse("safety:now"): 24, reverse("safety:live"): 22, reverse("safety:plan", args=[live.pk]): 36, reverse("safety:help"): 20,
    }.items():  # fmt: skip
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
