"""Exports from officers' own devices: named, compared, and what is missing entered by a person. Looking writes nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, World, make_world
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from log_help import Desk

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.samples import draw
from andon.console.evidence.conversations.running import read_now
from andon.console.evidence.exhibits.actions.take_in import Said as Taken
from andon.console.evidence.exhibits.copying import take_in_now
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.contactlog.actions.correct import correct
from andon.console.undercover.contactlog.actions.device import end_device, name_device
from andon.console.undercover.contactlog.devices import queries
from andon.console.undercover.contactlog.models import LogEntry, OwnDevice
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from django.test import Client

    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db

OWN, BOSS = 990_000_000_500, 990_000_000_600
OWNER_NAME = "本名 太郎"


@pytest.fixture
def now() -> Any:
    """The clock of the pages."""
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def live(world: World, now: Any) -> Desk:
    """A plan that has been carried out for ten days."""
    return Desk(world, world.plan_in(State.ACTIVE, now=now - 10 * DAY, starts_at=now - 10 * DAY, ends_at=now + 30 * DAY))


@pytest.fixture
def sit(browse: Callable[[Person], Client], world: World) -> Callable[[str], Client]:
    """A client of somebody of the world."""
    return lambda name: browse(world.people[name])


def export(path: Path, rows: list[tuple[datetime, int, str]]) -> Path:
    """An account's export of one chat."""
    messages = [
        {
            "id": number, "type": "message", "date": at.strftime("%Y-%m-%dT%H:%M:%S"), "date_unixtime": str(int(at.timestamp())),
            "from": OWNER_NAME if who == OWN else "ボス", "from_id": f"user{who}", "text": words, "text_entities": [],
        }
        for number, (at, who, words) in enumerate(rows, 1)
    ]  # fmt: skip
    chat = {"name": "ボス", "type": "personal_chat", "id": BOSS, "messages": messages}
    account = {"personal_information": {"user_id": OWN, "first_name": OWNER_NAME}, "chats": {"about": "", "list": [chat]}, "left_chats": {"about": "", "list": []}}
    path.mkdir()
    (path / "result.json").write_text(json.dumps(account, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


@pytest.fixture
def device(live: Desk, now: Any, tmp_path: Path) -> Exhibit:
    """An officer's device: four messages, of which two stand in the log, one of them in other words."""
    at = now - 5 * DAY
    path = export(tmp_path / "device", [
        (at, OWN, "応募したいです"),
        (at + timedelta(minutes=3), BOSS, "免許証の表と裏を送ってください"),
        (at + timedelta(minutes=60), BOSS, "明日10時に駅前に来て"),
        (at + timedelta(minutes=61), OWN, "わかりました"),
    ])  # fmt: skip
    later = at + timedelta(minutes=30)
    live.log("応募したいです", happened_at=at, now=later, tag="other")
    live.incoming("免許証の表と裏を送って下さい", happened_at=at + timedelta(minutes=3), now=later)
    live.incoming("会えませんか", happened_at=at + timedelta(minutes=20), now=later)
    toru = live.world.at("toru")
    exhibit = take_in_now(toru, live.plan.case, path, Taken("担当官の端末", "証拠品係", "複写"))
    read_now(toru, exhibit)
    return exhibit


@pytest.fixture
def named(live: Desk, device: Exhibit) -> OwnDevice:
    """Named as K-7's."""
    return name_device(live.world.at("toru"), live.plan.pk, device.pk, "K-7")


def test_only_what_was_named_is_compared(live: Desk, device: Exhibit) -> None:
    """An exhibit of the case is no officer's device by itself."""
    assert queries.compared(live.plan).devices == []
    name_device(live.world.at("toru"), live.plan.pk, device.pk, "k-7")
    assert [one.officer for one in queries.compared(live.plan).devices] == ["K-7"]
    entry = Entry.objects.get(event="contactlog.device_named")
    assert (entry.subject, entry.facts["exhibit"], entry.facts["officer"]) == (f"plan:{live.plan.pk}", device.pk, "K-7")


def test_log_and_device_side_by_side(live: Desk, named: OwnDevice) -> None:
    """Matched, in other words, only on the device, only in the log."""
    paired = queries.compared(live.plan).paired
    assert [(one.logged.words, one.differences) for one in paired.pairs] == [("応募したいです", ()), ("免許証の表と裏を送って下さい", ("words",))]
    assert [(one.words, one.is_own) for one in paired.extra] == [("明日10時に駅前に来て", False), ("わかりました", True)]
    assert [(one.logged.words, one.why) for one in paired.missing] == [("会えませんか", "absent")]


def test_corrections_count(live: Desk, named: OwnDevice) -> None:
    """An entry is compared as it reads today."""
    entry = LogEntry.objects.get(words="免許証の表と裏を送って下さい")
    correct(live.world.at("toru"), entry.pk, "words", "免許証の表と裏を送ってください", why="聞き違い")
    assert queries.compared(live.plan).paired.differing == []


def test_looking_writes_nothing_into_the_log(live: Desk, named: OwnDevice, sit: Callable[[str], Client]) -> None:
    """The page is read, and kept in the trail as read; the log is as long as before. No name of the device's owner stands on it."""
    before = LogEntry.objects.count()
    page = sit("toru").get(reverse("contactlog:devices", args=[live.plan.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "明日10時に駅前に来て" in text
    assert "会えませんか" in text
    assert OWNER_NAME not in text
    assert LogEntry.objects.count() == before
    assert Entry.objects.filter(event="contactlog.device_opened", subject=f"plan:{live.plan.pk}").exists()


def posted(live: Desk, words: str, **more: Any) -> dict[str, Any]:
    """What the button of a message posts."""
    told = next(one for one in queries.compared(live.plan).paired.extra if one.words == words)
    return {"conversation": told.conversation.pk, "position": told.position, "direction": "out" if told.is_own else "in", **more}


def test_a_person_enters_what_is_missing(live: Desk, named: OwnDevice, sit: Callable[[str], Client]) -> None:
    """With one press, by name, as a late entry with its error; then nothing is missing there, and a second press is refused."""
    given = posted(live, "明日10時に駅前に来て")
    address = reverse("contactlog:device_enter", args=[live.plan.pk])
    assert sit("ken").post(address, given).status_code in (302, 404)
    client = sit("toru")
    if not LogEntry.objects.filter(words="明日10時に駅前に来て").exists():
        assert client.post(address, given).status_code == 302
    entry = LogEntry.objects.get(words="明日10時に駅前に来て")
    assert (entry.direction, entry.channel, entry.officer, entry.own, entry.is_late) == ("in", "telegram", "K-7", "telegram:taro", True)
    assert entry.exhibit.startswith(f"{named.exhibit.code} result.json:")
    assert ErrorRecord.objects.filter(kind="late_record", subject=f"log:{entry.pk}").count() == 1
    assert [one.words for one in queries.compared(live.plan).paired.extra] == ["わかりました"]
    assert client.post(address, given).status_code == 409
    assert LogEntry.objects.filter(words="明日10時に駅前に来て").count() == 1


def test_an_outgoing_message_needs_its_tag(live: Desk, named: OwnDevice, sit: Callable[[str], Client]) -> None:
    """Answer, question or other: a person says so (A17)."""
    address = reverse("contactlog:device_enter", args=[live.plan.pk])
    client = sit("toru")
    assert client.post(address, posted(live, "わかりました")).status_code in (403, 409, 422)
    assert not LogEntry.objects.filter(words="わかりました").exists()
    assert client.post(address, posted(live, "わかりました", tag="answer", direction="in")).status_code == 302
    entry = LogEntry.objects.get(words="わかりました")
    assert (entry.direction, entry.tag) == ("out", "answer")  # whose it is the export says, not the form


def test_who_does_not_log_enters_nothing(live: Desk, named: OwnDevice, sit: Callable[[str], Client], browse: Callable[[Person], Client]) -> None:
    """Others of the case read; people of other cases are told that there is no such page."""
    address, page = reverse("contactlog:device_enter", args=[live.plan.pk]), reverse("contactlog:devices", args=[live.plan.pk])
    given, before = posted(live, "明日10時に駅前に来て"), LogEntry.objects.count()
    other = make_world("京都府")
    for name in ("toru", "sora", "mio"):
        client = browse(other.people[name])
        assert client.get(page).status_code == 404
        assert client.post(address, given).status_code in (403, 404)
    rin = sit("rin")  # the plan's custodian reads
    assert rin.get(page).status_code == 200
    assert "device_enter" not in rin.get(page).content.decode()
    assert rin.post(address, given).status_code == 403
    assert LogEntry.objects.count() == before


def test_the_inspector_reads_a_sampled_case(live: Desk, named: OwnDevice, sit: Callable[[str], Client]) -> None:
    """Everything there is, and no form."""
    page = reverse("contactlog:devices", args=[live.plan.pk])
    assert sit("kei").get(page).status_code in (403, 404)
    draw(live.world.at("kei"), [live.plan.case_id], ground="点検", until_at=timezone.now() + DAY)
    seen = sit("kei").get(page)
    assert seen.status_code == 200
    assert "<form" not in seen.content.decode().partition("<main")[2].partition("</main>")[0]


def test_what_cannot_be_named(live: Desk, device: Exhibit) -> None:
    """An officer of no plan, an exhibit of another case, the same exhibit twice, one by who does not log."""
    toru = live.world.at("toru")
    with pytest.raises(Refused):
        name_device(toru, live.plan.pk, device.pk, "K-9")
    name_device(toru, live.plan.pk, device.pk, "K-7")
    for number in (device.pk, device.pk + 1000):
        with pytest.raises(Conflict):
            name_device(toru, live.plan.pk, number, "K-7")
    with pytest.raises(Refused):
        name_device(live.world.at("rin"), live.plan.pk, device.pk, "K-7")


def test_a_mistake_is_taken_back_beside(live: Desk, named: OwnDevice) -> None:
    """Ended once, never deleted; then it may be named again."""
    toru = live.world.at("toru")
    end_device(toru, live.plan.pk, named.pk)
    assert queries.compared(live.plan).devices == []
    with pytest.raises(Conflict):
        end_device(toru, live.plan.pk, named.pk)
    name_device(toru, live.plan.pk, named.exhibit_id, "K-7")
    assert OwnDevice.objects.count() == 2


@pytest.mark.parametrize("sql", ["DELETE FROM contactlog_owndevice", "UPDATE contactlog_owndevice SET officer = 'K-1'"])
def test_the_database_keeps_what_was_named(named: OwnDevice, sql: str) -> None:
    """No statement deletes or changes it."""
    with gate._door(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
