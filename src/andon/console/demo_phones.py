"""The demo's case of three phones: taken in, read, handed on, marked, put together, one of them sealed; and the device of an officer.

All through the desk's own verbs.

The phones are made for the day on which the demo is set up, so that what is planned in them is planned for tomorrow. Everything in them is invented.
"""

from __future__ import annotations

import runpy
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.members import add_member
from andon.console.casework.models import Case, Membership
from andon.console.evidence.conversations import comparing
from andon.console.evidence.conversations.actions.comparing import compare
from andon.console.evidence.conversations.actions.notes import mark
from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.models import Conversation
from andon.console.evidence.conversations.running import read_now
from andon.console.evidence.exhibits.actions import handing, sealing
from andon.console.evidence.exhibits.actions.take_in import Said
from andon.console.evidence.exhibits.copying import take_in_now
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.contactlog.actions.device import name_device
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.gate import Actor

TITLE = "見本市 例示町の強盗の計画（見本）"
DEVICE_CASE = "荷受けを装う現金受取りの募集"  # of samples/undercover/u01.json
_STATION = "見本警察署 刑事課（見本）"
GROUP, PLANNED = "telegram:1990000091", "41"
_LAST_READ = timedelta(hours=10)  # after midnight: the last phone was read by then, so that nothing in the story is still to come
# What is said of each phone when it is taken in: title, device, how; whether it may be disclosed.
_PHONES: dict[str, tuple[str, str, str, bool | None]] = {
    "phone-a": ("運転役とみられる者の携帯電話", "端末 A", "本人の提出。抽出した書き出し一式を複写", True),
    "phone-b": ("見張り役とみられる者の携帯電話", "端末 B", "差押え。抽出した書き出し（zip）を複写", None),
    "phone-c": ("口座を渡した者の携帯電話", "端末 C", "前日に任意提出。抽出した書き出し一式を複写", True),
}
# Notes: phone, conversation, message, words, whether they may be disclosed.
_NOTES = (
    ("phone-a", GROUP, PLANNED, "集合の日時。端末 B では編集前の時刻が残っている", True),
    ("phone-a", GROUP, "11", "同じ窓口が募集投稿にもある。同一人物とは限らない", True),
    ("phone-c", GROUP, "34", "本人がやめたいと述べている", True),
    ("phone-b", "whatsapp:whatsapp/WhatsApp Chat with ゆき.txt", "3", "事件に関係のない知人。目的外の閲覧をしない", False),
)


def bring_phones(folder: Path, lead: Actor, coordinator: Actor, custodian: Actor) -> None:
    """The case of the three phones, once. Does nothing where the samples do not hold them."""
    if not folder.is_dir() or Case.objects.filter(title=TITLE).exists():
        return
    case = open_case(lead, TITLE, Case.Kind.GENERAL, ground="三人の携帯電話に、翌日の夜の集合を示す会話がある")
    add_member(lead, case.pk, coordinator.person.pk, Membership.Role.COORDINATOR, ground="捜査の統括")
    add_member(lead, case.pk, custodian.person.pk, Membership.Role.CUSTODIAN, ground="証拠品の保管")
    with tempfile.TemporaryDirectory(dir=settings.HOME) as made:
        paths = _made(folder, Path(made))
        exhibits = {name: _taken_in(lead, case, number, name, paths[name]) for number, name in enumerate(_PHONES, 1)}
    for exhibit in exhibits.values():
        read_now(lead, exhibit)
    talks = {(name, one.key): one for name, exhibit in exhibits.items() for one in Conversation.objects.filter(reading__exhibit=exhibit)}
    for name, key, message, words, is_disclosable in _NOTES:
        _mark(lead, talks[name, key], message, words, is_disclosable=is_disclosable)
    merged = compare(lead, case.pk, [talks[name, GROUP].pk for name in _PHONES])
    comparing.compare(merged.pk, raises=True)
    first = exhibits["phone-a"]
    begun = handing.give(lead, first.pk, custodian.person.pk, place=_STATION, how="封筒に入れて手渡し")
    handing.confirm(custodian, begun.pk)
    sealing.seal(lead, exhibits["phone-c"].pk, place=_STATION, number="見本-0003")


def bring_device(folder: Path, lead: Actor) -> None:
    """The export of an officer's own device into the first of the invented investigations, once."""
    plan = Plan.objects.filter(case__title=DEVICE_CASE).order_by("pk").first()
    if plan is None or not folder.is_dir() or plan.own_devices.exists():
        return
    told = Said("担当官の端末（見本）", _STATION, "端末から書き出したものを複写", number="見本-K1", device="貸与端末")
    exhibit = take_in_now(lead, plan.case, folder, told)
    read_now(lead, exhibit)
    name_device(lead, plan.pk, exhibit.pk, plan.operators[0])


def _made(folder: Path, into: Path) -> Mapping[str, Path]:
    """The phones as of today, by the samples' own maker."""
    make: Callable[..., Mapping[str, Path]] = runpy.run_path(str(folder))["make"]
    return make(into, (datetime.now(JAPAN) - _LAST_READ).date())


def _taken_in(actor: Actor, case: Case, number: int, name: str, path: Path) -> Exhibit:
    title, device, how, is_disclosable = _PHONES[name]
    told = Said(title, _STATION, how, number=f"見本-{number}", device=device, from_whom="", is_disclosable=is_disclosable)
    return take_in_now(actor, case, path, told)


def _mark(actor: Actor, conversation: Conversation, message: str, words: str, *, is_disclosable: bool) -> None:
    with book_of(conversation.reading) as book:
        position = book.position_of(conversation.number, message)
    if position is not None:
        mark(actor, conversation.pk, position, position, words, is_disclosable=is_disclosable)
