"""Who should know is told once, until they read it; and by mail if they want."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from andon.console import gate
from andon.console.measures.board.actions.digests import send_digests, set_digest
from andon.console.measures.board.said import say_notice
from andon.console.measures.common.actions.notices import read
from andon.console.measures.common.mailing import message_of
from andon.console.measures.common.models import Notice, Outgoing
from andon.console.measures.common.notices import tell, unread
from andon.console.staff.rights import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person, Unit

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def say_to(**whom: object) -> int:
    """Tell somebody."""
    with gate._door():
        return tell("outgoing_failed", url="/x/", data={"problem": "mail_server"}, **whom)


def test_one_person_or_all_with_a_right(aoi: Person, sora: Person, kei: Person, person: Callable[..., Person], unit: Unit) -> None:
    """A person; everybody of a unit with a right; of all units; nobody who is switched off."""
    off = person("off", Role.SUPERVISOR, is_active=False)
    assert say_to(person=aoi) == 1
    assert say_to(right=Right.MEASURE_RULES) == 1
    assert say_to(unit=unit, right=Right.MEASURE_READ) == 2
    assert say_to(person=off) == 0
    assert {note.person_id for note in Notice.objects.all()} == {aoi.pk, sora.pk}


def test_the_same_again_is_one(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Until it is read; then it is a new one."""
    say_to(person=aoi)
    say_to(person=aoi)
    assert unread(aoi.pk) == 1
    assert read(actor(aoi)) == 1
    say_to(person=aoi)
    assert (unread(aoi.pk), Notice.objects.count()) == (1, 2)


def test_only_ones_own(aoi: Person, jun: Person, actor: Callable[..., gate.Actor]) -> None:
    """Nobody reads another's notices away."""
    say_to(person=aoi)
    mine = Notice.objects.get()
    assert read(actor(jun), [mine.pk]) == 0
    assert unread(aoi.pk) == 1


def test_a_missing_word_loses_no_notice(aoi: Person) -> None:
    """A place that nothing fills is a dash; an unknown code is said as it is."""
    assert "—" in say_notice(Notice(code="referral_received", data={"number": 3}), "ja")
    assert say_notice(Notice(code="nothing_known", data={}), "en") == "notice.nothing_known"
    assert "mail server" in say_notice(Notice(code="outgoing_failed", data={"problem": "mail_server"}), "en")


@pytest.fixture
def reader(person: Callable[..., Person]) -> Person:
    """Somebody with a mailbox."""
    return person("reader", Role.ANALYST, email="reader@example.org")


@pytest.mark.parametrize(("every", "day", "mails"), [("never", MONDAY, 0), ("day", MONDAY, 1), ("week", MONDAY, 1), ("week", MONDAY + timedelta(days=1), 0), ("day", MONDAY.replace(hour=7), 0)])
def test_the_digest_when_it_is_wanted(every: str, day: datetime, mails: int, reader: Person, actor: Callable[..., gate.Actor]) -> None:
    """In the morning, daily or on Mondays, once a day however often it is looked at."""
    say_to(person=reader)
    set_digest(actor(reader), every)
    send_digests(day)
    send_digests(day + timedelta(hours=1) if day.hour >= 8 else day)
    assert Outgoing.objects.filter(kind="digest").count() == mails


def test_the_digest_says_what_is_unread(reader: Person, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """In the person's language; what was mailed is not mailed again; nothing unread, no mail; no address, no mail."""
    for someone in (reader, aoi):
        say_to(person=someone)
        set_digest(actor(someone), "day")
    send_digests(MONDAY)
    row = Outgoing.objects.get(kind="digest")
    mail = message_of(row.payload, row.key)
    assert (mail["To"], mail["Subject"]) == ("reader@example.org", "行灯：未読のお知らせ 1 件")
    assert "メールサーバーが拒否" in mail.get_content()
    send_digests(MONDAY + timedelta(days=1))
    assert Outgoing.objects.filter(kind="digest").count() == 1
