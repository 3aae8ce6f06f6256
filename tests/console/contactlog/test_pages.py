"""The pages of the contact log: who sees them, what they offer, what they refuse."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, World, make_world
from django.urls import reverse
from django.utils import timezone
from log_help import Desk

from andon.console.audit.models import Entry
from andon.console.casework.actions.samples import draw
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.contactlog.actions.acknowledge import acknowledge
from andon.console.undercover.contactlog.codes import CHECKLIST
from andon.console.undercover.contactlog.models import Acknowledgement, Correction, LogEntry, Outcome, Step, VictimNotice

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> Any:
    """The clock of the pages."""
    return timezone.now()


@pytest.fixture
def live(world: World, now: Any) -> Desk:
    """A plan that is being carried out now."""
    return Desk(world, world.plan_in(State.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY))


@pytest.fixture
def sit(world: World, browse: Callable[[Person], Client]) -> Callable[[str], Client]:
    """A client of somebody of the world."""
    return lambda name: browse(world.people[name])


def written(live: Desk, now: Any, words: str, **more: Any) -> LogEntry:
    """An entry of just now."""
    return live.log(words, happened_at=now - timedelta(minutes=9), now=now - timedelta(minutes=5), **more)


def posted(now: Any, **more: Any) -> dict[str, Any]:
    """What the form posts."""
    at = timezone.localtime(now - timedelta(minutes=3)).strftime("%Y-%m-%dT%H:%M")
    return {
        "direction": "out", "words": "場所はどこですか", "tag": "question", "happened_at": at, "officer": "k-7", "channel": "telegram", "other": "@boss",
        "own": "taro", "known_as": "", "exhibit": "", "purpose": "", "result": "", **more,
    }  # fmt: skip


def test_a_contact_is_logged_on_the_page(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """The form is filled in as the last time; a field that is not the form's changes nothing."""
    address = reverse("contactlog:log", args=[live.plan.pk])
    answer = sit("toru").post(address, posted(now, outside="", is_late="", number="99", by=live.world.people["sora"].pk, plan="1", case="999"))
    assert answer.headers["Location"] == address
    entry = LogEntry.objects.get()
    assert (entry.number, entry.by_id, entry.officer, entry.is_permitted, entry.plan_id) == (1, live.world.people["toru"].pk, "K-7", True, live.plan.pk)
    page = sit("toru").get(address).content.decode()
    assert 'value="telegram:boss"' in page
    assert "場所はどこですか" in page


def test_what_is_wrong_is_said(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """On the form, with what was typed; nothing is kept."""
    answer = sit("toru").post(reverse("contactlog:log", args=[live.plan.pk]), posted(now, tag=""))
    assert answer.status_code == 422
    assert "A17" in answer.content.decode()
    assert "場所はどこですか" in answer.content.decode()
    assert not LogEntry.objects.exists()


def test_outside_authority_the_page_says_so(world: World, sit: Callable[[str], Client], now: Any) -> None:
    """Before, and after it was written."""
    desk = Desk(world, world.plan_in(State.NOTIFIED, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY))
    address = reverse("contactlog:log", args=[desk.plan.pk])
    assert "A9" in sit("toru").get(address).content.decode()
    told = sit("toru").post(address, posted(now), follow=True).content.decode()
    assert "過誤記録に載せました" in told
    assert ErrorRecord.objects.get().kind == "contact_without_authority"


def test_words_are_checked_before_they_are_sent(live: Desk, sit: Callable[[str], Client]) -> None:
    """With the rule, and nothing of them is kept or in the trail."""
    before = Entry.objects.count()
    client = sit("toru")
    found = client.post(reverse("contactlog:check"), {"words": "土曜日にやりましょう", "direction": "out"}).content.decode()
    assert "日時を決める" in found
    assert "<mark" in found
    assert "<mark" not in client.post(reverse("contactlog:check"), {"words": "土曜日の何時ですか<b>", "direction": "out"}).content.decode()
    assert "未成年者" in client.post(reverse("contactlog:check"), {"words": "高校生です", "direction": "in"}).content.decode()
    assert (LogEntry.objects.count(), Entry.objects.count()) == (0, before)


def test_text_of_others_is_shown_as_text(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """Markup in a message stays characters."""
    entry = written(live, now, '<img src=x onerror="alert(1)">高校生です', direction="in")
    for address in (reverse("contactlog:log", args=[live.plan.pk]), reverse("contactlog:entry", args=[entry.pk])):
        assert "<img src=x" not in sit("toru").get(address).content.decode()


def test_the_coordinator_answers_on_the_page(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """It waits on his list; the form is his alone; it is answered once."""
    entry = written(live, now, "何でもやります")
    assert "何でもやります</mark>" in sit("sora").get(reverse("contactlog:logs")).content.decode()
    assert reverse("contactlog:acknowledge", args=[entry.pk]) not in sit("toru").get(reverse("contactlog:entry", args=[entry.pk])).content.decode()
    address = reverse("contactlog:acknowledge", args=[entry.pk])
    assert address in sit("sora").get(reverse("contactlog:entry", args=[entry.pk])).content.decode()
    assert sit("toru").post(address, {"judgement": "fine", "acknowledged": "問題なし"}).status_code == 422
    assert sit("sora").post(address, {"judgement": "fine", "acknowledged": ""}).status_code == 422
    assert sit("sora").post(address, {"judgement": "fine", "acknowledged": "返事にすぎない"}).status_code == 302
    assert Acknowledgement.objects.get().by_id == live.world.people["sora"].pk


def test_a_correction_on_the_page(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """Stands beside; without a reason it is refused."""
    entry = written(live, now, "はい")
    address = reverse("contactlog:correct", args=[entry.pk])
    assert sit("toru").post(address, {"field": "words", "corrected": "はい。", "why": ""}).status_code == 422
    assert sit("toru").post(address, {"field": "words", "corrected": "はい。", "why": "写し間違い"}).status_code == 302
    assert Correction.objects.get().text == "はい。"
    assert "写し間違い" in sit("toru").get(reverse("contactlog:entry", args=[entry.pk])).content.decode()


def test_the_stop_button_on_the_page(live: Desk, sit: Callable[[str], Client]) -> None:
    """Stops at once."""
    address = reverse("contactlog:stop", args=[live.plan.pk])
    assert sit("toru").post(address, {"stop_ground": "other"}).status_code == 422
    assert sit("toru").post(address, {"stop_ground": "safety", "stop_text": "脅された"}).status_code == 302
    live.plan.refresh_from_db()
    assert (live.plan.state, live.plan.stopped_for) == ("suspended", "safety")


def test_to_the_outcome_on_the_page(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """Stage with its checklist, the intended victim, the place, the arrest."""
    no = dict.fromkeys(CHECKLIST, "no")
    told, went = written(live, now, "明日10時に駅前集合", direction="in"), written(live, now, "着きました")
    plan, toru, sora = live.plan.pk, sit("toru"), sit("sora")
    stage = reverse("contactlog:stage", args=[plan])
    assert toru.post(stage, {"stage": "instructions", "entry": told.pk}).status_code == 422
    assert toru.post(stage, {"stage": "instructions", "entry": told.pk, **no}).status_code == 302
    assert "U15" in toru.get(reverse("contactlog:log", args=[plan])).content.decode()
    assert toru.post(stage, {"stage": "at_place", "entry": went.pk, **no}).status_code == 422
    assert toru.post(reverse("contactlog:victim", args=[plan]), {"warned": "warned", "victim_text": "電話で伝えた"}).status_code == 302
    assert toru.post(stage, {"stage": "at_place", "entry": went.pk, **no}).status_code == 302
    at = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
    given = {"outcome": "arrested", "ended_at": at, "outcome_text": "逮捕した", "harm_prevented": "on", "offence_0": "robbery", "form_0": "preparation", "people_0": "2"}
    assert toru.post(reverse("contactlog:outcome", args=[plan]), given).status_code == 422
    assert sora.post(reverse("contactlog:outcome", args=[plan]), {**given, "people_0": ""}).status_code == 422
    assert sora.post(reverse("contactlog:outcome", args=[plan]), given).status_code == 302
    made = Outcome.objects.get()
    assert (made.harm_prevented, list(made.arrests.values_list("offence", "form", "people"))) == (True, [("robbery", "preparation", 2)])
    assert (Step.objects.count(), VictimNotice.objects.count()) == (2, 1)
    assert "強盗（予備）" in sora.get(reverse("contactlog:log", args=[plan])).content.decode()


def test_a_stage_is_taken_back_on_the_page_of_its_plan(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """Not by way of another plan's address."""
    entry = written(live, now, "応募したいです")
    step = live.reach("attempt", entry)
    second = live.world.plan_in(State.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY)
    assert sit("sora").post(reverse("contactlog:take_back", args=[second.pk, step.pk]), {"why": "間違い"}).status_code == 404
    assert sit("sora").post(reverse("contactlog:take_back", args=[live.plan.pk, step.pk]), {"why": "間違い"}).status_code == 302


def test_the_case_page_tells_of_contacts(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """A line for the log, contacts and stages on the line of time."""
    live.reach("attempt", written(live, now, "応募したいです"))
    page = sit("toru").get(reverse("casework:case", args=[live.plan.case_id])).content.decode()
    assert reverse("contactlog:log", args=[live.plan.pk]) in page
    assert "応募したいです" in page
    assert "段階：応募" in page


def test_a_contact_without_a_plan(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """Has a page of its own, and is an error."""
    address = reverse("contactlog:uncovered", args=[live.plan.case_id])
    assert sit("toru").get(address).status_code == 200
    assert sit("toru").post(address, posted(now)).status_code == 302
    assert LogEntry.objects.get().plan is None
    assert ErrorRecord.objects.get().kind == "contact_without_authority"


def test_the_export_is_whole_and_no_formula(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """Every entry in its order; a cell that would be a formula is text; it is in the trail."""
    written(live, now, "=HYPERLINK(1)")
    written(live, now, "駅前", direction="in")
    answer = sit("toru").get(reverse("contactlog:export", args=[live.plan.pk]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert Entry.objects.filter(event="contactlog.exported").exists()


@pytest.mark.rule("O5", where="andon.console.undercover.contactlog.views.common")
def test_who_sees_the_log(live: Desk, sit: Callable[[str], Client], browse: Callable[[Person], Client], now: Any) -> None:
    """Members; the inspector of a sample, who changes nothing; nobody else learns that it is there."""
    entry = written(live, now, "応募したいです")
    pages = [reverse("contactlog:log", args=[live.plan.pk]), reverse("contactlog:entry", args=[entry.pk]), reverse("contactlog:export", args=[live.plan.pk])]
    for name, status in (("toru", 200), ("sora", 200), ("mio", 200), ("rin", 200), ("ken", 404), ("goro", 404)):
        assert [sit(name).get(page).status_code for page in pages] == [status] * 3, name
    assert {sit("kei").get(page).status_code for page in pages} <= {403, 404}
    draw(live.world.at("kei"), [live.plan.case_id], ground="抽出", until_at=now + DAY)
    assert [sit("kei").get(page).status_code for page in pages] == [200] * 3
    assert 'id="act-stop"' not in sit("kei").get(pages[0]).content.decode()
    assert sit("kei").post(pages[0], posted(now)).status_code == 403
    assert sit("mio").post(reverse("contactlog:stop", args=[live.plan.pk]), {"stop_ground": "safety"}).status_code == 403
    other = make_world("大阪府")
    assert "応募したいです" not in browse(other.people["sora"]).get(reverse("contactlog:logs")).content.decode()
    assert live.plan.code not in browse(other.people["toru"]).get(reverse("contactlog:logs")).content.decode()


def test_pages_in_english(live: Desk, sit: Callable[[str], Client], now: Any) -> None:
    """No code shows through, and no place stays open."""
    entry = written(live, now, "何でもやります")
    client = sit("sora")
    client.cookies["django_language"] = "en"
    for address in (reverse("contactlog:logs"), reverse("contactlog:log", args=[live.plan.pk]), reverse("contactlog:entry", args=[entry.pk])):
        page = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "contactlog." not in page.replace("contactlog.css", "")
        assert "authority.ground." not in page


def test_a_long_log_asks_few_questions(live: Desk, sit: Callable[[str], Client], now: Any, django_assert_max_num_queries: Any) -> None:
    """As many for sixty entries as for six."""
    for _ in range(60):
        written(live, now, "土曜日にやりましょう")
    acknowledge(live.world.at("sora"), LogEntry.objects.order_by("pk")[0].pk, "fine", "返事", now=now)
    client = sit("sora")
    with django_assert_max_num_queries(60):
        assert client.get(reverse("contactlog:log", args=[live.plan.pk])).status_code == 200
    with django_assert_max_num_queries(25):
        assert client.get(reverse("contactlog:logs")).status_code == 200
