"""The rules of law and of the project that plans enforce, each tried to be broken. The marks make docs/reference/rules.md."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, STEPS, TEXTS, WAYS, World, ask_amendment, ask_renewal
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.life import open_case
from andon.console.casework.models import Case, Membership
from andon.console.gate import Via
from andon.console.staff.models import Person
from andon.console.undercover.authority import hooks, models, moving, queries
from andon.console.undercover.authority.actions import asking, deciding, drafting, errors, running, sweeping, unrelated
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import STOP_GROUNDS, Kind, Offence, State, Verb
from andon.console.undercover.authority.errors import all_errors
from andon.console.undercover.authority.models import ErrorRecord, ErrorStep, Plan
from andon.console.undercover.authority.queries import Reason, authority_at, may_contact
from andon.console.undercover.authority.states import CELLS, TABLE
from andon.console.undercover.authority.wording_checks import copied
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
HERE = "andon.console.undercover.authority"
CONDITIONS = f"{HERE}.conditions"


def refused_for(act: Callable[[], Any]) -> str:
    """The reason of the refusal. Fails when the act goes through."""
    with pytest.raises((Refused, Conflict)) as refused, transaction.atomic():
        act()
    return str(refused.value.data["reason"])


@pytest.mark.rule("U1", where=CONDITIONS)
def test_u1_only_answering_recruitment(world: World) -> None:
    """No plan in a case of another kind, none without a recruitment post, and there is one kind of operation."""
    other = open_case(world.at("toru"), "別の事件", Case.Kind.GENERAL, ground="-", now=NOW)
    assert refused_for(lambda: drafting.draft(world.at("toru"), other.pk, world.content(), now=NOW)) == "plan_case"
    plan = world.draft(posts=[])
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == "plan_recruitment"
    ghost = world.draft(posts=[10**9])
    assert refused_for(lambda: drafting.submit(world.at("toru"), ghost.pk, now=NOW)) == "plan_recruitment"
    assert Kind.values == ["identity"]


@pytest.mark.rule("U2", where=CONDITIONS)
@pytest.mark.rule("A1", where=CONDITIONS)
@pytest.mark.parametrize("offences", [[], ["murder"], ["robbery", "drugs"], ["harmful_work"]])
def test_u2_offences_come_from_the_closed_list(world: World, offences: list[str]) -> None:
    """None, another, one too many, or a linked one without its reason."""
    plan = world.draft(offences=offences)
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == "plan_offences"
    assert len(Offence.values) == 5


@pytest.mark.rule("U2", where=CONDITIONS)
def test_u2_a_linked_offence_with_its_reason(world: World) -> None:
    """The reason opens it."""
    plan = world.draft(offences=["harmful_work"], linked_reason="強盗の実行役を募る求人そのものである")
    assert drafting.submit(world.at("toru"), plan.pk, now=NOW).state == "submitted"


@pytest.mark.rule("U3", where=f"{HERE}.wording_checks")
@pytest.mark.rule("A2", where=f"{HERE}.wording_checks")
@pytest.mark.rule("A3", where=f"{HERE}.wording_checks")
@pytest.mark.rule("U15", where=CONDITIONS)
@pytest.mark.parametrize("name", list(TEXTS))
@pytest.mark.parametrize("text", ["", "なし", "ほかに方法がない。" * 2, "あ" * 100, "　" * 80, "同上。" * 20])
def test_u3_each_ground_has_words_of_its_own(world: World, name: str, text: str) -> None:
    """Necessity, alternatives, proportionality, intrusion, confidential material, point of stopping: none thin, none padded."""
    plan = world.draft(**{name: text})
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == "plan_texts"


@pytest.mark.rule("A3", where=f"{HERE}.wording_checks")
def test_a3_necessity_is_not_proportionality(world: World) -> None:
    """The same words, only spaced and widened, for both."""
    plan = world.draft(proportionality=" ".join(TEXTS["necessity"]))
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == "plan_texts"


@pytest.mark.rule("A2", where=f"{HERE}.wording_checks")
def test_a2_a_copied_text_is_pointed_out(world: World) -> None:
    """The wording of another plan, a little changed; texts of one's own are not."""
    world.draft()
    own = {
        "necessity": "逮捕された実行役の端末は初期化されており、次の強盗の日時は応募者にしか知らされない。潜り込まずに知る道は尽きた。",
        "alternatives": "銀行の記録照会と防犯映像の追跡、協力者への聞き取りを順に行ったが、上位者の特定に必要な手掛かりは一つも出なかった。",
        "proportionality": "期間を三週間、書類を学生証一枚に絞り、相手が身分を尋ねるまでは見せない。得る情報は家一軒を守るのに足りる。",
        "collateral": "同じ部屋に集められた若者の名が見えるおそれがある。捜査に要らない名は書き留めず、画面の保存もしない。",
        "confidential": "報道関係者が取材で紛れ込む可能性が低いながらある。気付いた時点で会話から離れ、内容は報告書に載せない。",
        "abort_point": "駅前で車に乗る前に声を掛けて確保する。狙われた高齢の夫婦には署員が前夜から付き添い、避難先も用意した。",
    }  # fmt: skip
    assert copied(Plan(**own)) == []
    changed = TEXTS["necessity"].replace("秘匿性の高い", "匿名の")
    assert [one.field for one in copied(world.draft(**own | {"necessity": changed}))] == ["necessity"]


@pytest.mark.rule("U4", where=f"{HERE}.states")
@pytest.mark.rule("A4", where=f"{HERE}.states")
def test_u4_nothing_before_the_approval(world: World) -> None:
    """No way from a draft or a submitted plan to an active one, and no authority in either, whoever asks."""
    for state in (State.DRAFT, State.SUBMITTED):
        plan = world.plan_in(state)
        for name in ("toru", "sora", "mio"):
            assert refused_for(lambda who=name, one=plan: running.begin(world.at(who), one.pk, now=NOW)).startswith(("plan_state", "plan_unknown", "right"))
        assert authority_at(plan, NOW) is None
    reach = {row.state for row in TABLE if row.to == State.ACTIVE}
    assert reach == {State.APPROVED, State.NOTIFIED, State.ACTIVE, State.SUSPENDED}
    assert {row.verb for row in TABLE if row.to == State.APPROVED and row.state != State.APPROVED} == {Verb.APPROVE}


@pytest.mark.rule("U5", where=CONDITIONS)
@pytest.mark.rule("A4", where=CONDITIONS)
@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("staffing", "", "plan_staffing"), ("operators", [], "plan_staffing"), ("operators", ["山田太郎"], "plan_staffing"), ("ends_at", None, "plan_period"),
        ("starts_at", None, "plan_period"), ("documents_planned", 0, "plan_documents"), ("documents_planned", 21, "plan_documents"),
        ("custodian_id", None, "plan_custodian"), ("coordinator_id", None, "plan_rank"), ("ends_at", NOW - DAY, "plan_period"),
    ],
)  # fmt: skip
def test_u5_a_plan_is_whole(world: World, field: str, value: Any, reason: str) -> None:
    """Staffing by code, period with an end, number of documents, people."""
    plan = world.draft(**{field: value})
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == reason


@pytest.mark.rule("U7", where=CONDITIONS)
@pytest.mark.rule("A7", where=CONDITIONS)
@pytest.mark.parametrize("rank", ["", "officer", "sergeant", "assistant_inspector", "nonsense"])
def test_u7_the_coordinator_is_an_inspector(world: World, rank: str) -> None:
    """Below 警部 neither submitted, nor approved, nor begun."""
    for state, step in ((State.DRAFT, "submit"), (State.SUBMITTED, "approve"), (State.NOTIFIED, "begin")):
        with gate._door():
            Person.objects.filter(pk=world.people["sora"].pk).update(rank="inspector")
        plan = world.plan_in(state)
        with gate._door():
            Person.objects.filter(pk=world.people["sora"].pk).update(rank=rank)
        assert refused_for(lambda pk=plan.pk, do=step: STEPS[do](world, pk, NOW)) == "plan_rank", step


@pytest.mark.rule("A5", where=f"{HERE}.moving")
@pytest.mark.rule("U4", where=f"{HERE}.moving")
def test_a5_the_chief_in_person(world: World) -> None:
    """Not the applicant, the coordinator, another prefecture's chief, a stale sign-in, a key or a command; and no verb hands a decision on."""
    plan = world.plan_in(State.SUBMITTED)
    assert refused_for(lambda: deciding.approve(world.at("toru"), plan.pk, now=NOW)) == "right"
    assert refused_for(lambda: deciding.approve(world.at("goro"), plan.pk, now=NOW)) == "plan_unknown"
    assert refused_for(lambda: deciding.approve(world.at("mio", fresh=False), plan.pk, now=NOW)) == "not_fresh"
    assert refused_for(lambda: deciding.approve(world.at("mio", Via.API), plan.pk, now=NOW)) == "plan_in_person"
    assert refused_for(lambda: deciding.approve(world.at("mio", Via.COMMAND), plan.pk, now=NOW)) == "plan_in_person"
    assert not [verb for verb in Verb.values if "delegate" in verb or "proxy" in verb]
    assert not [field.name for field in Plan._meta.get_fields() if "deleg" in field.name]
    plan.refresh_from_db()
    assert plan.state == "submitted"


@pytest.mark.rule("A5", where=f"{HERE}.moving")
def test_a5_a_chief_of_elsewhere_who_is_let_in(world: World) -> None:
    """Knowing of the case is not deciding in it."""
    plan = world.plan_in(State.SUBMITTED)
    with gate._door():
        Membership.objects.create(case=plan.case, person=world.people["goro"], role="approver", from_at=NOW - DAY, ground="-", by=world.people["toru"], at=NOW)
    assert refused_for(lambda: deciding.approve(world.at("goro"), plan.pk, now=NOW)) == "plan_who_approver"


@pytest.mark.rule("A6", where=CONDITIONS)
@pytest.mark.parametrize(("field", "other"), [("coordinator_id", "toru"), ("custodian_id", "sora"), ("custodian_id", "toru")])
def test_a6_nobody_is_two(world: World, field: str, other: str) -> None:
    """One person in two parts is refused, also with the rights of both."""
    with gate._door():
        everything = ["investigator", "supervisor", "custodian"]
        Person.objects.filter(pk=world.people[other].pk).update(roles=everything, rank="superintendent")
    plan = world.draft(**{field: world.people[other].pk})
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == "plan_different"


@pytest.mark.rule("A6", where=CONDITIONS)
def test_a6_the_applicant_does_not_approve_himself(world: World) -> None:
    """An applicant with the chief's role too, and an officer behind a code who is the approver."""
    plan = world.plan_in(State.SUBMITTED)
    with gate._door():
        Person.objects.filter(pk=world.people["toru"].pk).update(roles=["investigator", "approver"])
    assert refused_for(lambda: deciding.approve(world.at("toru"), plan.pk, now=NOW)) == "plan_different"
    hooks.OPERATORS.append(lambda _: {"K-7": world.people["mio"].pk})
    assert refused_for(lambda: deciding.approve(world.at("mio"), plan.pk, now=NOW)) == "plan_different"
    hooks.OPERATORS[-1] = lambda _: {"K-7": world.people["ken"].pk}
    assert deciding.approve(world.at("mio"), plan.pk, now=NOW).state == "approved"


@pytest.mark.rule("A6", where=CONDITIONS)
def test_a6_an_inspector_has_no_part(world: World) -> None:
    """Whoever inspects is no coordinator."""
    with gate._door():
        Person.objects.filter(pk=world.people["sora"].pk).update(roles=["supervisor", "auditor"])
    plan = world.draft()
    assert refused_for(lambda: drafting.submit(world.at("toru"), plan.pk, now=NOW)) == "plan_different"


@pytest.mark.rule("A6", where=CONDITIONS)
def test_a6_an_involved_approver_says_so(world: World) -> None:
    """Without a word it is refused; with it the exception is on record."""
    plan = world.plan_in(State.SUBMITTED)
    mio, toru = world.people["mio"], world.people["toru"]
    with gate._door():
        Membership.objects.create(
            case=plan.case, person=mio, role="member", from_at=NOW - 2 * DAY, ground="応援", by=toru, at=NOW, ended_at=NOW - DAY, ended_by=toru, ended_ground="-"
        )
    assert refused_for(lambda: deciding.approve(world.at("mio"), plan.pk, now=NOW)) == "plan_outside"
    deciding.approve(world.at("mio"), plan.pk, involvement="初動の二日間、指揮に加わった", now=NOW)
    assert plan.grants.get().involvement == "初動の二日間、指揮に加わった"


@pytest.mark.rule("U8", where=CONDITIONS)
@pytest.mark.rule("A8", where=CONDITIONS)
def test_u8_notice_comes_first(world: World) -> None:
    """Not begun without it; not with a time before the approval, a time to come, or no number."""
    plan = world.plan_in(State.APPROVED)
    assert refused_for(lambda: running.begin(world.at("sora"), plan.pk, now=NOW)) == "plan_notice_off"
    assert may_contact(plan, NOW) is Reason.NOT_NOTIFIED
    for reference, given_at in (("", NOW), ("12", NOW - DAY), ("12", NOW + DAY)):
        assert refused_for(lambda one=reference, at=given_at: running.notify(world.at("sora"), plan.pk, reference=one, given_at=at, now=NOW)) == "plan_notice"


@pytest.mark.rule("A9", where=f"{HERE}.queries")
def test_a9_no_authority_outside_the_period(world: World) -> None:
    """By the clock, to the second, whether or not anybody swept; and no plan without an end."""
    plan = world.plan_in(State.ACTIVE, ends_at=NOW + 10 * DAY)
    assert plan.ends_at is not None
    assert [may_contact(plan, plan.ends_at + timedelta(seconds=s)) for s in (-1, 0, 1)] == [None, Reason.AFTER_PERIOD, Reason.AFTER_PERIOD]
    assert refused_for(lambda: drafting.submit(world.at("toru"), world.draft(ends_at=NOW + 93 * DAY).pk, now=NOW)) == "plan_period"


@pytest.mark.rule("A10", where=f"{HERE}.sums")
def test_a10_periods_are_added_up(world: World) -> None:
    """Over several plans of one case, for one code and for two codes of one person; a higher approval opens it and is kept."""
    hooks.OPERATORS.append(lambda plan: dict.fromkeys(plan.operators, world.people["ken"].pk))
    for number in range(4):
        plan = world.plan_in(State.SUBMITTED, ends_at=NOW + 90 * DAY, operators=[f"K-{number}"])
        deciding.approve(world.at("mio"), plan.pk, now=NOW)
    fifth = world.plan_in(State.SUBMITTED, ends_at=NOW + 90 * DAY, operators=["K-9"])
    assert refused_for(lambda: deciding.approve(world.at("mio"), fifth.pk, now=NOW)) == "plan_sum"
    deciding.approve(world.at("mio"), fifth.pk, higher="警察庁 2026-11-20 第 3 号", now=NOW)
    assert fifth.grants.get().higher == "警察庁 2026-11-20 第 3 号"


@pytest.mark.rule("A10", where=f"{HERE}.sums")
def test_a10_renewals_count(world: World) -> None:
    """A fifth quarter by renewals is refused."""
    plan = world.plan_in(State.ACTIVE, ends_at=NOW + 92 * DAY, review_every_days=31)
    now = NOW
    for _ in range(2):
        ask_renewal(world, plan, now=now, days=92)
        plan = deciding.renew(world.at("mio"), plan.pk, "必要", now=now)
    ask_renewal(world, plan, now=now, days=90)
    assert refused_for(lambda: deciding.renew(world.at("mio"), plan.pk, "必要", now=now)) == "plan_sum"


@pytest.mark.rule("A11", where=CONDITIONS)
def test_a11_a_renewal_is_a_new_decision_before_the_end(world: World) -> None:
    """Not after the end, not without results and need of its own words, not by asking alone; undecided it lapses."""
    plan = world.plan_in(State.ACTIVE, ends_at=NOW + 10 * DAY)
    assert plan.ends_at is not None
    toru, end = world.at("toru"), plan.ends_at
    assert refused_for(lambda: ask_renewal(world, plan, now=end)) == "plan_in_period"
    same = "同じ言葉を二度書いただけの、四十字を少し超えるように長くのばした結果と必要の説明である。"
    assert refused_for(lambda: asking.ask_renewal(toru, plan.pk, until=end + DAY, results=same, need=same, now=NOW)) == "plan_results"
    ask_renewal(world, plan, now=NOW)
    assert may_contact(plan, end) is Reason.AFTER_PERIOD
    assert refused_for(lambda: deciding.renew(world.at("mio"), plan.pk, "必要", now=end)) == "plan_in_period"
    sweeping.sweep(now=end)
    assert plan.renewals.get().answer == "lapsed"
    assert not [row for row in TABLE if row.verb == Verb.RENEW and "machine" in row.who]


@pytest.mark.rule("A12", where=f"{HERE}.actions.sweeping")
def test_a12_a_missed_review_suspends(world: World) -> None:
    """After the grace, swept or not; it stands in the errors register; only the review and the approver lift it."""
    plan = world.plan_in(State.ACTIVE)
    due = NOW + 14 * DAY
    grace = queries.rules().review_grace
    assert may_contact(plan, due + grace) is None
    late = due + grace + timedelta(seconds=1)
    assert may_contact(plan, late) is Reason.REVIEW_MISSED
    assert sweeping.sweep(now=late) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.stopped_for) == ("suspended", "review_missed")
    assert ErrorRecord.objects.get(plan=plan).kind == "review_missed"
    assert refused_for(lambda: running.begin(world.at("sora"), plan.pk, now=late)) == "plan_state_suspended"
    assert refused_for(lambda: deciding.resume(world.at("mio"), plan.pk, "続ける", now=late)) == "plan_reviewed"
    running.review(world.at("sora"), plan.pk, "必要は続いている", now=late)
    assert may_contact(plan, late) is Reason.SUSPENDED
    deciding.resume(world.at("mio"), plan.pk, "点検を確かめた", now=late)
    assert may_contact(plan, late) is None


@pytest.mark.rule("A12", where=f"{HERE}.effects")
def test_a12_review_dates_are_set_at_the_grant(world: World) -> None:
    """All within the period, none farther apart than asked for."""
    plan = world.plan_in(State.APPROVED, review_every_days=7)
    days = [review.due_at for review in plan.reviews.all()]
    assert days == [NOW + number * 7 * DAY for number in range(1, 9)]


@pytest.mark.rule("A13", where=CONDITIONS)
@pytest.mark.rule("U14", where=CONDITIONS)
def test_u14_noticed_means_the_end(world: World) -> None:
    """Neither by stopping nor by suspending on that ground does anything bring it back; it can be ended and cancelled."""
    for act in (lambda pk: running.stop(world.at("sora"), pk, "identity_noticed", now=NOW), lambda pk: running.suspend(world.at("sora"), pk, "identity_noticed", "-", now=NOW)):
        plan = world.plan_in(State.ACTIVE)
        act(plan.pk)
        assert refused_for(lambda pk=plan.pk: deciding.resume(world.at("mio"), pk, "続ける", now=NOW)) == "plan_not_final"
        running.stop(world.at("sora"), plan.pk, "safety", now=NOW)
        assert refused_for(lambda pk=plan.pk: deciding.resume(world.at("mio"), pk, "続ける", now=NOW)) == "plan_not_final"
        plan.refresh_from_db()
        assert plan.stopped_for == "identity_noticed"
        running.cancel(world.at("sora"), plan.pk, "identity_noticed", "気付かれた", now=NOW)


@pytest.mark.rule("U14", where=f"{HERE}.states")
@pytest.mark.rule("A16", where=f"{HERE}.states")
@pytest.mark.parametrize("ground", sorted(STOP_GROUNDS))
def test_a16_a_stop_is_not_undone(world: World, ground: str) -> None:
    """On each ground: no contact from then on, by no verb of those who stopped it; only the approver lifts it, anew."""
    plan = world.plan_in(State.ACTIVE)
    running.stop(world.at("toru"), plan.pk, ground, now=NOW)
    assert may_contact(plan, NOW) is Reason.SUSPENDED
    for act in (STEPS["begin"], STEPS["notify"], STEPS["approve"], STEPS["submit"]):
        assert refused_for(lambda do=act: do(world, plan.pk, NOW)) == "plan_state_suspended"
    assert refused_for(lambda: deciding.resume(world.at("sora"), plan.pk, "続ける", now=NOW)) == "right"
    leads_back = {row.verb: row.who for (state, _), row in CELLS.items() if state == "suspended" and row.to == State.ACTIVE}
    assert leads_back == {Verb.RESUME: ("approver",)}


@pytest.mark.rule("A13", where=f"{HERE}.effects")
def test_a13_a_cancellation_keeps_time_ground_and_things(world: World) -> None:
    """Without a ground or a reason it is none; with them the state of each document stands beside."""
    plan = world.plan_in(State.ACTIVE)
    assert refused_for(lambda: running.cancel(world.at("sora"), plan.pk, "", "-", now=NOW)) == "plan_ground"
    assert refused_for(lambda: running.cancel(world.at("sora"), plan.pk, "grounds_gone", "", now=NOW)) == "plan_words"
    hooks.THINGS.append(lambda _: [hooks.Thing("document", "A-1", "returned", is_settled=True)])
    running.cancel(world.at("sora"), plan.pk, "grounds_gone", "投稿者が捕まった", now=NOW + DAY)
    event = plan.events.get(verb="cancel")
    assert (event.at, event.ground, event.facts["things"]) == (NOW + DAY, "grounds_gone", [["document", "A-1", "returned"]])


@pytest.mark.rule("A14", where=f"{HERE}.states")
def test_a14_there_is_no_oral_grant(world: World) -> None:
    """Not configured, so there is no verb for it: nothing but the written approval leads to a granted plan, and none is dated back."""
    assert not queries.rules().oral_grants
    assert not [verb for verb in Verb.values if "oral" in verb or "urgent" in verb]
    plan = world.plan_in(State.SUBMITTED)
    deciding.approve(world.at("mio"), plan.pk, now=NOW)
    assert may_contact(plan, NOW - timedelta(seconds=1)) is Reason.NOT_APPROVED
    with pytest.raises(TypeError):
        deciding.approve(world.at("mio"), plan.pk, at=NOW - DAY)  # type: ignore[call-arg]


@pytest.mark.rule("A15", where=f"{HERE}.effects")
def test_a15_nothing_widens_without_the_approver(world: World) -> None:
    """A granted plan is not written; what was asked for counts for nothing before the decision; a longer period is no amendment."""
    plan = world.plan_in(State.ACTIVE)
    assert refused_for(lambda: drafting.write(world.at("toru"), plan.pk, {"documents_planned": 9}, now=NOW)) == "plan_state_active"
    ask_amendment(world, plan, now=NOW, documents=3, offences=["fraud"], operators=["K-8"], accounts=["telegram:jiro"])
    plan.refresh_from_db()
    assert (plan.documents_planned, plan.offences, plan.operators, plan.accounts) == (2, ["robbery"], ["K-7"], ["telegram:taro"])
    assert refused_for(lambda: deciding.amend(world.at("sora"), plan.pk, now=NOW)) == "right"
    other = world.plan_in(State.ACTIVE)
    for adds in ({"ends_at": "2030-01-01"}, {"coordinator_id": 1}, {"documents": 0}, {"documents": -1}, {"offences": ["murder"]}, {"operators": ["山田"]}):
        assert refused_for(lambda what=adds: ask_amendment(world, other, now=NOW, **what)) == "plan_wider", adds


@pytest.mark.rule("U16", where=f"{HERE}.states")
def test_u16_there_is_no_going_on_inside() -> None:
    """Every way from an active plan stays under its authority, stops, or ends: no state beyond the meeting."""
    assert {row.to for row in TABLE if row.state == State.ACTIVE} == {State.ACTIVE, State.SUSPENDED, State.ENDED, State.CANCELLED}
    assert {row.to for row in TABLE if row.state == State.ENDED} == {State.CLOSED}
    assert not [state for state in State.values if "infiltrat" in state or "inside" in state]


@pytest.mark.rule("U17", where=f"{HERE}.templates")
def test_u17_no_warrant_is_implied(world: World) -> None:
    """No field or verb of a warrant; the legal basis stands on the page of every plan and beside every decision (see test_pages)."""
    names = {field.name for model in (Plan, models.Grant, models.Notice) for field in model._meta.get_fields()}
    assert not [name for name in (*names, *Verb.values, *State.values) if "warrant" in name]
    assert "197" in world_basis("ja")
    assert "197" in world_basis("en")


def world_basis(language: Any) -> str:
    from andon.wording.say import say

    return say("authority.basis", language)


@pytest.mark.rule("O4", where=f"{HERE}.models")
def test_o4_the_central_record_stays(world: World) -> None:
    """Grants, renewals, cancellation and self-involvement are found for every plan that was ever granted; the database lets nobody change them."""
    plan = world.plan_in(State.CANCELLED)
    world.plan_in(State.REFUSED)
    assert list(queries.granted_plans()) == [plan]
    assert [grant.by_id for grant in plan.grants.all()] == [world.people["mio"].pk]
    for model in (models.Grant, models.Notice, models.PlanEvent):
        with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            model.objects.filter(pk=model.objects.create(**_row(model, plan)).pk).update(plan=plan)


def _row(model: Any, plan: Plan) -> dict[str, Any]:
    who = plan.applicant
    rows = {
        models.Grant: {"number": 7, "starts_at": NOW, "ends_at": NOW, "by": who, "at": NOW}, models.Notice: {"reference": "1", "given_at": NOW, "by": who, "at": NOW},
        models.PlanEvent: {"verb": "end", "before": "active", "after": "ended", "at": NOW, "as_who": "machine"},
    }  # fmt: skip
    return {"plan": plan, **rows[model]}


@pytest.mark.rule("O6", where=f"{HERE}.actions.errors")
def test_o6_an_error_is_answered_closed_and_never_gone(world: World) -> None:
    """Cause, effect, notification and remedy, all four; closed by who leads; kept by the database; a plan with an open one stays open."""
    plan = world.plan_in(State.ENDED)
    error = errors.report(world.at("toru"), plan.pk, "wrong_disclosure", "別の部署の人に写しが渡った", now=NOW)
    assert refused_for(lambda: running.close(world.at("sora"), plan.pk, now=NOW)) == "plan_errors_closed"
    assert refused_for(lambda: errors.close_error(world.at("sora"), error.pk, now=NOW)) == "error_answer"
    for texts in (("", "b", "c", "d"), ("a", " ", "c", "d"), ("a", "b", "", "d"), ("a", "b", "c", "")):
        assert refused_for(lambda given=texts: errors.answer(world.at("toru"), error.pk, errors.Answer(*given), now=NOW)) == "error_answer"
    errors.answer(world.at("toru"), error.pk, errors.Answer("宛先の誤り", "一人が読んだ", "本人と監察に同日", "宛先の確認を二人で行う"), now=NOW)
    errors.see_error(world.at("kei"), error.pk, now=NOW)
    errors.close_error(world.at("sora"), error.pk, now=NOW)
    assert refused_for(lambda: errors.answer(world.at("toru"), error.pk, errors.Answer("a", "b", "c", "d"), now=NOW)) == "error_is_closed"
    found = all_errors().get(pk=error.pk)
    assert (found.is_answered, found.is_closed, found.is_seen) == (True, True, True)
    for model in (ErrorRecord, ErrorStep):
        with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            model.objects.all()._raw_delete("default")
    assert running.close(world.at("sora"), plan.pk, now=NOW).state == "closed"


@pytest.mark.rule("O6", where=f"{HERE}.actions.errors")
def test_o6_nobody_else_touches_the_register(world: World) -> None:
    """Who is not of the case neither reports nor answers; who only works on it does not close."""
    plan = world.plan_in(State.ACTIVE)
    assert refused_for(lambda: errors.report(world.at("ken"), plan.pk, "other", "x", now=NOW)) == "plan_unknown"
    assert refused_for(lambda: errors.report(world.at("toru"), plan.pk, "murder", "x", now=NOW)) == "error_report"
    assert refused_for(lambda: errors.report(world.at("toru"), plan.pk, "other", "x", happened_at=NOW + DAY, now=NOW)) == "error_report"
    error = errors.report(world.at("toru"), plan.pk, "other", "x", now=NOW)
    assert refused_for(lambda: errors.answer(world.at("ken"), error.pk, errors.Answer("a", "b", "c", "d"), now=NOW)) == "error_unknown"
    assert refused_for(lambda: errors.see_error(world.at("toru"), error.pk, now=NOW)) == "right"


@pytest.mark.rule("O8", where=f"{HERE}.actions.unrelated")
def test_o8_unrelated_material_goes_by_decision_of_the_approver(world: World) -> None:
    """Listed with a reason; decided once, by the chief alone; a plan is not closed before."""
    plan = world.plan_in(State.ENDED)
    assert refused_for(lambda: unrelated.list_unrelated(world.at("sora"), plan.pk, "capture:3", " ", now=NOW)) == "unrelated_what"
    one = unrelated.list_unrelated(world.at("sora"), plan.pk, "capture:3", "通りがかりの人の写真", now=NOW)
    assert refused_for(lambda: running.close(world.at("sora"), plan.pk, now=NOW)) == "plan_unrelated_decided"
    assert refused_for(lambda: unrelated.decide_unrelated(world.at("sora"), one.pk, destroy=True, now=NOW)) == "right"
    assert refused_for(lambda: unrelated.decide_unrelated(world.at("goro"), one.pk, destroy=True, now=NOW)) == "plan_unknown"
    assert refused_for(lambda: unrelated.decide_unrelated(world.at("mio", fresh=False), one.pk, destroy=True, now=NOW)) == "not_fresh"
    assert unrelated.decide_unrelated(world.at("mio"), one.pk, destroy=True, now=NOW).answer == "granted"
    assert refused_for(lambda: unrelated.decide_unrelated(world.at("mio"), one.pk, destroy=False, now=NOW)) == "unrelated_gone"
    running.close(world.at("sora"), plan.pk, now=NOW)


@pytest.mark.rule("D4", where=f"{HERE}.on_case")
def test_d4_a_case_waits_for_its_plans(world: World) -> None:
    """A case with a plan that is not closed stays open, in whatever state the plan is."""
    from andon.console.undercover.authority.on_case import may_close

    for state in (state for state in WAYS if state != State.CLOSED):
        case = world.plan_in(state).case
        assert refused_for(lambda one=case: may_close(one, NOW)) == "plans_open", state


def test_a_refusal_is_in_the_trail(world: World) -> None:
    """Who tried without the right is kept, also when nothing came of it."""
    plan = world.plan_in(State.SUBMITTED)
    with pytest.raises(Refused):
        deciding.approve(world.at("toru"), plan.pk, now=NOW)
    assert Entry.objects.filter(event="gate.refused", subject="authority.approved", person=world.people["toru"].pk).exists()


def test_nothing_else_writes_a_plan() -> None:
    """`Plan.save` is called by `moving`, by a draft's making and by the version that a draft's writing keeps: nowhere else in the app."""
    from pathlib import Path

    folder = Path(inspect.getfile(moving)).parent
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if "plan.save(" in path.read_text(encoding="utf-8")}
    assert found == {"moving.py", "effects.py", "actions/drafting.py"}
    updates = {path.name for path in folder.rglob("*.py") if "Plan.objects" in (text := path.read_text(encoding="utf-8")) and ").update(" in text}
    assert updates <= {"effects.py"}


def test_given_holds_no_state() -> None:
    """Nobody hands in a state, an approver or a time of a decision."""
    assert not {"state", "approver", "approver_id", "at", "prefecture"} & set(Given.__dataclass_fields__)
