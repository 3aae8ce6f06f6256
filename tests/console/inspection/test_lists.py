"""The inspector's lists: what they find, that they say nothing of what a case holds, and how many questions they ask."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World, ask_renewal, make_world
from django.urls import reverse
from django.utils import timezone
from inspection_help import opened, refused_for
from log_help import AT, HOUR, Desk

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.models import Membership, Sample
from andon.console.staff.models import Unit
from andon.console.undercover.authority.actions import deciding, errors, running, sweeping
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord, ErrorStep, Grant
from andon.console.undercover.contactlog.actions.acknowledge import acknowledge
from andon.console.undercover.contactlog.actions.correct import correct
from andon.console.undercover.contactlog.models import Acknowledgement, LogEntry
from andon.console.undercover.inspection.actions.seeing import see
from andon.console.undercover.inspection.lists import LISTS, authorities, drift, involvement, late, reviews, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db
HERE = "andon.console.undercover.inspection"
SECRET = "夜の港で待ち合わせ"


def cells(listing: Any, now: Any = NOW) -> list[dict[str, Any]]:
    """Rows by column."""
    return [dict(zip(listing.LIST.columns, row.cells, strict=True)) for row in listing.LIST.rows(now)]


# All authorities


@pytest.mark.rule("O4", where=f"{HERE}.lists.authorities")
def test_all_authorities_with_their_dates(world: World) -> None:
    """Granted, notified, renewed, suspended, ended; a plan that was never granted is none. Involvement is told, not what it says."""
    plan = world.plan_in(State.SUBMITTED)
    deciding.approve(world.at("mio"), plan.pk, involvement="前任の捜査で担当した", now=NOW)
    running.notify(world.at("toru"), plan.pk, reference="刑企 12 号", given_at=NOW, now=NOW)
    running.begin(world.at("sora"), plan.pk, now=NOW)
    running.suspend(world.at("sora"), plan.pk, "other", "相手が休んでいる", now=NOW + 5 * DAY)
    deciding.resume(world.at("mio"), plan.pk, "続ける", now=NOW + 7 * DAY)
    ask_renewal(world, plan, now=NOW + 8 * DAY)
    deciding.renew(world.at("mio"), plan.pk, "必要", now=NOW + 9 * DAY)
    running.end(world.at("sora"), plan.pk, "逮捕", now=NOW + 10 * DAY)
    world.plan_in(State.REFUSED)
    (row,) = cells(authorities, NOW + 20 * DAY)
    assert row["plan"] == plan.code
    assert row["granted"] == ["2026-11-22 12:00", world.people["mio"].name]
    assert row["notice"] == NOW
    assert row["period"] == ["2026-11-22 12:00", "– 2027-03-22 12:00"]
    assert row["renewals"] == ["1. 2026-12-01 12:00", "– 2027-03-22 12:00"]
    assert row["suspended"] == ["2026-11-27 12:00", "– 2026-11-29 12:00"]
    assert row["over"][0] == "2026-12-02 12:00"
    assert row["days"] == ["K-7：使用 8 日・承認 120 日"]
    assert row["notes"] == ["決裁者の関与"]
    assert "前任" not in str(row)


@pytest.mark.rule("A10", where=f"{HERE}.lists.authorities")
def test_days_add_up_over_the_plans_of_a_case(world: World) -> None:
    """Granted days of two plans are added; a day on which both run is used once; another officer and another case count apart."""
    first = world.plan_in(State.ACTIVE, operators=["K-7"], ends_at=NOW + 20 * DAY)
    second = world.plan_in(State.ACTIVE, operators=["K-7", "K-8"], ends_at=NOW + 30 * DAY)
    other = make_world("大阪府")
    third = other.plan_in(State.ACTIVE, ends_at=NOW + 10 * DAY)
    days = authorities.officer_days(authorities.plans(), NOW + 5 * DAY)
    assert days == {(first.case_id, "K-7"): (5, 50), (second.case_id, "K-8"): (5, 30), (third.case_id, "K-7"): (5, 10)}


def test_what_is_suspended_or_over_is_not_used(world: World) -> None:
    """Nor what lies before the period, nor what is to come."""
    plan = world.plan_in(State.ACTIVE, ends_at=NOW + 20 * DAY)
    events = list(plan.events.all())
    assert authorities.active(events, NOW + 3 * DAY) == [(NOW, NOW + 3 * DAY)]
    assert authorities.active(events, NOW + 40 * DAY) == [(NOW, NOW + 20 * DAY)]
    sweeping.sweep(now=NOW + 18 * DAY)  # the review of the 14th day was missed
    assert authorities.active(list(plan.events.order_by("id")), NOW + 40 * DAY) == [(NOW, NOW + 18 * DAY)]
    assert authorities.suspended(list(plan.events.order_by("id"))) == [(NOW + 18 * DAY, None)]


# Drift


@pytest.mark.rule("O7", where=f"{HERE}.lists.drift")
def test_drift_is_found(desk: Desk) -> None:
    """Before, after, while suspended, beyond the plan; what was permitted is not there."""
    desk.log("応募したいです")
    desk.log(SECRET, happened_at=NOW - HOUR, now=AT)
    desk.log("こちらです", other="somebody", now=AT)
    running.suspend(desk.world.at("sora"), desk.plan.pk, "other", "相手が休んでいる", now=AT + HOUR)
    desk.log("まだですか", happened_at=AT + 2 * HOUR)
    running.end(desk.world.at("sora"), desk.plan.pk, "終わり", now=AT + 3 * HOUR)
    desk.log("もしもし", happened_at=AT + 4 * HOUR)
    assert [row["when"] for row in cells(drift)] == ["承認の後", "停止中", "計画の外", "承認の前"]
    assert SECRET not in str(cells(drift))


@pytest.mark.rule("O7", where=f"{HERE}.lists.drift")
def test_a_corrected_time_hides_nothing(desk: Desk) -> None:
    """A contact that by its corrected time had no authority stands there, also when its entry was permitted as written; a silly time raises nothing."""
    entry, other = desk.log("応募したいです"), desk.log("こんにちは")
    correct(desk.world.at("toru"), entry.pk, "happened_at", "2026-11-21 09:00", why="書き間違い", now=AT + HOUR)
    correct(desk.world.at("toru"), other.pk, "happened_at", "おととい", why="書き間違い", now=AT + HOUR)
    (row,) = cells(drift)
    assert (row["entry"], row["when"]) == (entry.number, "承認の前")
    assert row["why"][-1] == "訂正後の時刻による"
    correct(desk.world.at("toru"), entry.pk, "happened_at", "2026-11-22 13:00", why="やはり元の時刻", now=AT + 2 * HOUR)
    assert cells(drift) == []


# Self-involvement


def found(what: str) -> list[dict[str, Any]]:
    """Points of one sort, by its words."""
    return [row for row in cells(involvement) if what in row["what"]]


@pytest.mark.rule("A6", where=f"{HERE}.lists.involvement")
def test_one_person_in_two_roles_is_found(desk: Desk) -> None:
    """Written past the rules that refuse it: the custodian who coordinated, an approver with a part, and nobody else."""
    assert not found("同じ人")
    world, case = desk.world, desk.plan.case
    with gate._door():
        Membership.objects.filter(case=case, person=world.people["rin"].pk).update(ended_at=NOW, ended_by=world.people["rin"].pk, ended_ground="x")
        for name, role in (("rin", "coordinator"), ("mio", "member")):
            Membership.objects.filter(case=case, person=world.people[name].pk, ended_at=None).update(
                ended_at=NOW, ended_by=world.people["rin"].pk, ended_ground="x"
            )
            Membership.objects.create(case=case, person=world.people[name], role=role, from_at=NOW, ground="x", by=world.people["rin"])
    rows = found("同じ人")
    assert {(row["who"], row["what"]) for row in rows} == {
        (world.people["rin"].name, "同じ人：実施責任者・保管者"), (world.people["mio"].name, "同じ人：決裁者・事件の担当"),
    }  # fmt: skip


@pytest.mark.rule("A19", where=f"{HERE}.lists.involvement")
def test_who_the_officer_is_stays_sealed(desk: Desk) -> None:
    """That an operation officer was also something else is told without the name."""
    world, case = desk.world, desk.plan.case
    with gate._door():
        Membership.objects.filter(case=case, person=world.people["rin"].pk).update(ended_at=NOW, ended_by=world.people["rin"].pk, ended_ground="x")
        Membership.objects.create(case=case, person=world.people["rin"], role="operator", from_at=NOW, ground="x", by=world.people["toru"])
    (row,) = found("同じ人")
    assert row["what"] == "同じ人：保管者・実施担当官"
    assert row["who"] == "（封印）"


@pytest.mark.rule("A6", where=f"{HERE}.lists.involvement")
def test_an_inspector_with_a_part_is_found(desk: Desk, sit: Callable[[str], Client]) -> None:
    """By membership, written past the rule; and by the trail, when he had to do with the case before he drew it."""
    world, case = desk.world, desk.plan.case
    gate.saw(world.at("kei"), "casework.opened", f"case:{case.pk}", {})
    later = timezone.now() + HOUR
    opened(world, case, now=later)
    (row,) = found("抽出の前から")
    assert row["who"] == world.people["kei"].name
    with gate._door():
        Sample.objects.create(case=case, inspector=world.people["ken"], ground="x", from_at=NOW, until_at=NOW + DAY)
        Membership.objects.create(case=case, person=world.people["ken"], role="reader", from_at=NOW, ground="x", by=world.people["toru"])
    (row,) = found("同じ人")
    assert (row["who"], row["what"]) == (world.people["ken"].name, "同じ人：監察担当・事件の担当")
    gate.saw(world.at("kei"), "casework.opened", f"case:{case.pk}", {})
    assert len(found("抽出の前から")) == 1


@pytest.mark.rule("A6", where=f"{HERE}.lists.involvement")
def test_an_approver_of_the_unit_is_found(world: World) -> None:
    """By the unit that the trail names at that moment: moving on afterwards hides nothing, and an approver from elsewhere is none."""
    plan = world.plan_in(State.ACTIVE)
    with gate._door():
        chief = Unit.objects.create(name="見本警察本部長", kind="police", prefecture="東京都")
        mio = world.people["mio"]
        mio.unit = chief
        mio.save()
    assert [(row["plan"], row["who"]) for row in found("実施部署")] == [(plan.code, mio.name)]
    world.plan_in(State.ACTIVE)
    assert len(found("実施部署")) == 1


def test_what_the_approver_recorded_and_own_words(desk: Desk) -> None:
    """A part of his own that an approver wrote down; raised words answered for by who wrote them."""
    entry = desk.log("何でもやります", who="sora")
    with gate._door():
        Acknowledgement.objects.create(entry=entry, judgement="fine", text="x", by=desk.world.people["sora"], at=AT)
        Grant.objects.create(plan=desk.plan, number=9, starts_at=NOW, ends_at=NOW, by=desk.world.people["mio"], at=NOW, involvement="担当していた")
    assert [row["who"] for row in found("自分で確認")] == [desk.world.people["sora"].name]
    assert [row["who"] for row in found("自分の関与")] == [desk.world.people["mio"].name]
    assert "担当していた" not in str(cells(involvement))


# Errors, late entries, reviews, words


@pytest.mark.rule("O6", where=f"{HERE}.actions.seeing")
def test_an_error_is_seen_after_reading_it(desk: Desk, sit: Callable[[str], Client]) -> None:
    """Its texts open with a sample of its case, and only then is it kept as seen."""
    world, now = desk.world, timezone.now()
    error = errors.report(world.at("toru"), desk.plan.pk, "wrong_disclosure", SECRET, now=NOW)
    errors.answer(world.at("toru"), error.pk, errors.Answer("宛先の誤り", "一人が読んだ", "本人に同日", "二人で確認"), now=NOW)
    page = reverse("inspection:error", args=[error.pk])
    before = sit("kei").get(page).content.decode()
    assert SECRET not in before
    assert "宛先の誤り" not in before
    assert refused_for(lambda: see(world.at("kei"), error.pk)) == "inspection_unsampled"
    assert refused_for(lambda: see(world.at("sora"), error.pk)) == "inspection_unsampled"
    assert refused_for(lambda: see(world.at("kei"), 10**6)) == "error_unknown"
    assert sit("kei").post(reverse("inspection:seen", args=[error.pk])).status_code == 403
    opened(world, desk.plan.case, now=now)
    after = sit("kei").get(page).content.decode()
    assert SECRET in after
    assert "宛先の誤り" in after
    assert sit("kei").post(reverse("inspection:seen", args=[error.pk])).status_code == 302
    assert Entry.objects.filter(event="authority.error_seen", subject=f"error:{error.pk}").exists()
    (row,) = LISTS["errors"].rows(now)
    assert row.tone == ""
    assert SECRET not in str(row.cells)


def test_errors_of_the_machine_and_of_people(world: World) -> None:
    """All of them, in every state."""
    plan = world.plan_in(State.ACTIVE)
    sweeping.sweep(now=NOW + 18 * DAY)
    errors.report(world.at("toru"), plan.pk, "other", "x", now=NOW + 18 * DAY)
    with gate._door():
        ErrorStep.objects.create(error=ErrorRecord.objects.get(kind="other"), what="closed", by=world.people["sora"], at=NOW)
    rows = [dict(zip(LISTS["errors"].columns, row.cells, strict=True)) for row in LISTS["errors"].rows(NOW)]
    assert {(row["kind"], row["found_by"], row["standing"]) for row in rows} == {("点検漏れ", "機械", "未記入"), ("その他", "人", "閉じた")}


@pytest.mark.rule("A9", where=f"{HERE}.lists.late")
def test_late_entries(desk: Desk) -> None:
    """With how late, in hours begun; an entry in time is none."""
    desk.log("こんにちは")
    entry = desk.log(SECRET, now=AT + 25 * HOUR + timedelta(minutes=1))
    (row,) = cells(late)
    assert (row["entry"], row["hours"], row["officer"]) == (entry.number, 26, "K-7")
    assert SECRET not in str(row)


@pytest.mark.rule("A12", where=f"{HERE}.lists.reviews")
def test_reviews_missed(world: World) -> None:
    """Not done within the grace, done after it, and over without it; one in time is none."""
    plan = world.plan_in(State.ACTIVE)
    assert cells(reviews, NOW + 17 * DAY) == []
    (row,) = cells(reviews, NOW + 20 * DAY)
    assert (row["plan"], row["due_at"], row["days_late"], row["became"]) == (plan.code, NOW + 14 * DAY, 6, "未実施")
    sweeping.sweep(now=NOW + 20 * DAY)
    running.review(world.at("sora"), plan.pk, "必要は続いている", now=NOW + 21 * DAY)
    assert [row["became"] for row in cells(reviews, NOW + 22 * DAY)] == ["遅れて実施"]
    running.end(world.at("sora"), plan.pk, "終わり", now=NOW + 32 * DAY)
    assert [row["became"] for row in cells(reviews, NOW + 90 * DAY)] == ["実施されないまま終了", "遅れて実施"]


@pytest.mark.rule("A17", where=f"{HERE}.lists.words")
def test_words_answered_for_late(desk: Desk) -> None:
    """After a day, or not yet; those answered in time are none. The words are not told."""
    first, second = desk.log("何でもやります"), desk.log("土曜日にやりましょう")
    acknowledge(desk.world.at("sora"), first.pk, "fine", "返事", now=first.logged_at + 24 * HOUR)
    assert cells(words, second.logged_at + 24 * HOUR) == []
    (row,) = cells(words, second.logged_at + 25 * HOUR)
    assert (row["entry"], row["hours"], row["judgement"]) == (second.number, 25, "確認待ち")
    acknowledge(desk.world.at("sora"), second.pk, "fine", "返事", now=second.logged_at + 30 * HOUR)
    assert [row["hours"] for row in cells(words, NOW + 90 * DAY)] == [30]
    assert "土曜日" not in str(cells(words, NOW + 90 * DAY))


# Pages and exports


def busy(desk: Desk) -> None:
    """Something for every list."""
    desk.log(SECRET, happened_at=NOW - HOUR, now=AT)
    desk.log("=HYPERLINK(1) 土曜日にやりましょう", other="=evil", now=AT + 30 * HOUR)
    errors.report(desk.world.at("toru"), desk.plan.pk, "other", SECRET, now=NOW)
    with gate._door():
        Grant.objects.create(plan=desk.plan, number=9, starts_at=NOW, ends_at=NOW, by=desk.world.people["mio"], at=NOW, involvement=SECRET)
        desk.plan.reviews.update(due_at=NOW - 9 * DAY)
        Acknowledgement.objects.create(
            entry=LogEntry.objects.latest("pk"), judgement="fine", text=SECRET, by=desk.world.people["sora"], at=AT + 90 * HOUR
        )


@pytest.mark.rule("O5", where=f"{HERE}.views.lists")
def test_nothing_of_a_case_without_a_sample(desk: Desk, sit: Callable[[str], Client]) -> None:
    """No page, list or export says what a case holds: no words, no handle, no title, no text; and none holds a formula."""
    busy(desk)
    client = sit("kei")
    pages = [reverse(f"inspection:{name}", args=[code]) for code in LISTS for name in ("list", "export")]
    pages += [reverse(f"inspection:{name}") for name in ("desk", "samples", "figures", "figures_csv", "editions")]
    pages += [reverse("inspection:error", args=[pk]) for pk in ErrorRecord.objects.values_list("pk", flat=True)]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        for secret in (SECRET, "土曜日", "evil", "telegram", desk.plan.case.title, "HYPERLINK", desk.plan.necessity[:12]):
            assert secret not in text, (address, secret)
    for code in LISTS:
        text = client.get(reverse("inspection:export", args=[code])).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > 1, code
        assert {len(row) for row in rows} == {len(LISTS[code].columns) + 1}
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert Entry.objects.filter(event="inspection.exported", person=desk.world.people["kei"].pk).count() == 2 * len(LISTS)


@pytest.mark.rule("O5", where=f"{HERE}.views.desk")
def test_the_desk_is_the_inspectors_alone(desk: Desk, sit: Callable[[str], Client]) -> None:
    """Case staff, approvers and custodians open none of it; the inspector posts nothing into a case, sampled or not."""
    busy(desk)
    for name in ("toru", "sora", "rin", "mio", "ken", "goro"):
        for address in (
            reverse("inspection:desk"),
            reverse("inspection:samples"),
            reverse("inspection:figures"),
            *(reverse("inspection:list", args=[code]) for code in LISTS),
        ):
            assert sit(name).get(address).status_code == 403, (name, address)
    opened(desk.world, desk.plan.case, now=timezone.now())
    before = (LogEntry.objects.count(), desk.plan.events.count(), ErrorStep.objects.count())
    entry = LogEntry.objects.latest("pk")
    for address, args in (("contactlog:log", [desk.plan.pk]), ("contactlog:correct", [entry.pk]), ("contactlog:stop", [desk.plan.pk]),
                          ("authority:do", [desk.plan.pk, "end"]), ("authority:edit", [desk.plan.pk]), ("casework:close", [desk.plan.case_id])):  # fmt: skip
        assert sit("kei").post(reverse(address, args=args), {"text": "x"}).status_code in (403, 404, 405), address
    assert (LogEntry.objects.count(), desk.plan.events.count(), ErrorStep.objects.count()) == before


def test_pages_ask_few_questions(desk: Desk, sit: Callable[[str], Client], django_assert_max_num_queries: Any) -> None:
    """As many for thirty entries and plans of two cases as for a few."""
    busy(desk)
    for _ in range(30):
        desk.log("土曜日にやりましょう", happened_at=NOW - HOUR, now=AT + 30 * HOUR)
    other = make_world("大阪府")
    busy(Desk(other, other.plan_in(State.ACTIVE)))
    client = sit("kei")
    for code in LISTS:
        with django_assert_max_num_queries(30):
            assert client.get(reverse("inspection:list", args=[code])).status_code == 200
    with django_assert_max_num_queries(70):
        assert client.get(reverse("inspection:desk")).status_code == 200
    for name in ("samples", "my_reads", "figures", "editions"):
        with django_assert_max_num_queries(30):
            assert client.get(reverse(f"inspection:{name}")).status_code == 200


def test_pages_in_english(desk: Desk, sit: Callable[[str], Client]) -> None:
    """No code shows through, and no place stays open."""
    busy(desk)
    client = sit("kei")
    pages = [reverse("inspection:list", args=[code]) for code in LISTS] + [
        reverse(f"inspection:{name}") for name in ("desk", "samples", "my_reads", "figures", "editions")
    ]
    for address in pages:
        text = client.get(address, headers={"accept-language": "en"}).content.decode().replace("inspection.css", "")
        main = text.split("<main")[1].split("</main>")[0]
        assert "inspection." not in main, address
        assert "authority." not in main, address
        assert "contactlog." not in main, address
    assert client.get(reverse("inspection:list", args=["nothing"])).status_code == 404
