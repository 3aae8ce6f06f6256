"""The register of the invented investigations (`samples/undercover`), filled through the desk's own verbs at the times of their story.

Most documents are back, reconciled and destroyed; of the last four two wait to be reconciled, one to be destroyed, and one was never brought back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import PlanEvent
from andon.console.undercover.identities import hooks
from andon.console.undercover.identities.actions import keeping, sealing, slips
from andon.console.undercover.identities.actions.identify import Invented, identify
from andon.console.undercover.identities.actions.places import add_place
from andon.console.undercover.identities.actions.show import Shown, show
from andon.console.undercover.identities.models import Document, Identity, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.gate import Actor
    from andon.console.undercover.authority.models import Plan

_HOUR, _DAY, _MINUTES = timedelta(hours=1), timedelta(days=1), timedelta(minutes=20)
_PLACE = "装備課 金庫 3 号（見本）"
_NAMES = ("見本 太郎", "見本 春樹", "見本 夏生", "見本 秋人", "見本 冬馬")  # no living person's
_SHOWN_AS = "身分書類"  # in the exhibit of a contact that shows one
_OVER = (State.ENDED.value, State.CANCELLED.value)
_KEPT_BACK, _RECONCILED, _SETTLED = 1, 2, 4  # of the last plans: still out; reconciled; from here on left open


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who does what with the documents."""

    custodian: Actor
    taker: Actor  # the second name of hand-outs
    coordinator: Actor  # the second name of reconciliation and destruction
    officer: int  # the person behind the codes


def seal_officers(keepers: Keepers, plan: Plan, at: datetime) -> None:
    """What a plan needs before it begins."""
    for code in plan.operators:
        sealing.seal(keepers.coordinator, plan.pk, code, keepers.officer, now=at)


def fill(keepers: Keepers, plans: list[Plan]) -> int:
    """Documents for each plan, from their coming to where they are now; returns how many."""
    if not plans:
        return 0
    unit = keepers.custodian.person.unit
    place = Place.objects.filter(unit=unit, name=_PLACE).first()
    place = place or add_place(keepers.custodian, _PLACE, is_locked=True, is_apart=True, now=plans[0].made_at)
    there = Identity.objects.count()  # numbers go on: a document stands in the register once
    for index, plan in enumerate(plans):
        number, left = there + index, len(plans) - index
        made = _came(keepers, plan, place, number)
        _showings(keepers, plan, made)
        if plan.state in _OVER:
            _ended(keepers, plan, made, place, left)
    return Document.objects.filter(plan__in=plans).count()


def _came(keepers: Keepers, plan: Plan, place: Place, number: int) -> list[Document]:
    """As many as the plan says; in their place before it begins, out with the officer when it does."""
    begun = _begun(plan)
    at = begun - 12 * _HOUR
    identity = identify(keepers.custodian, plan.pk, _invented(plan, number), now=at)
    made = [_received(keepers, identity, number, index, at + _HOUR) for index in range(plan.documents_planned)]
    for one in made:
        keeping.store(keepers.custodian, one.pk, place.pk, now=at + 2 * _HOUR)
        due_at = plan.ends_at or begun + _DAY
        note = "相手が身分証を求める見込みのため"
        slip = slips.hand_out(keepers.custodian, one.pk, officer=identity.officer, due_at=due_at, note=note, now=begun + _HOUR)
        slips.confirm(keepers.taker, slip.pk, now=begun + _HOUR + _MINUTES)
    return made


def _invented(plan: Plan, number: int) -> Invented:
    name, born = _NAMES[number % len(_NAMES)], date(1998 + number % 6, 1 + number % 12, 3 + number)
    address = f"見本県架空市見本町{1 + number % 4}丁目{10 + number}番{1 + number}号"
    return Invented(name, born, address, plan.operators[0], "police", face_note="実在しない顔の画像（見本）")


def _received(keepers: Keepers, identity: Identity, number: int, index: int, at: datetime) -> Document:
    kind = ("licence", "resident")[index % 2]
    image = hashlib.sha256(f"invented {number} {index}".encode()).hexdigest()
    paper = keeping.Paper(kind, f"見本-{number + 1:02}-{index + 1}", image, "見本県警察 企画課（見本）", "企画課 見本 まこと")
    return keeping.receive(keepers.custodian, identity.pk, paper, now=at)


def _showings(keepers: Keepers, plan: Plan, made: list[Document]) -> None:
    """Each contact of the log that shows a document, with the demand before it."""
    listed = hooks.entries(plan.pk)
    shown = sorted((one for one in listed if one["direction"] == "out" and _SHOWN_AS in one["exhibit"]), key=_when)
    for document, entry in zip(made, shown, strict=False):
        asked = [one for one in listed if one["direction"] == "in" and one["asks_id"] and one["happened_at"] <= entry["happened_at"]]
        request = max(asked, key=_when)["pk"] if asked else None
        show(keepers.taker, plan.pk, Shown(document.pk, "data", entry["pk"], request), now=entry["happened_at"] + _MINUTES)


def _when(entry: dict[str, Any]) -> datetime:
    at: datetime = entry["happened_at"]
    return at


def _begun(plan: Plan) -> datetime:
    return PlanEvent.objects.filter(plan=plan, verb="begin").latest("id").at


def _ended(keepers: Keepers, plan: Plan, made: Iterable[Document], place: Place, left: int) -> None:
    """`left`: how many plans there are from here to the last."""
    over = PlanEvent.objects.filter(plan=plan, verb__in=("end", "cancel")).latest("id").at
    if left == _KEPT_BACK:
        return
    for one in made:
        slip = slips.take_back(keepers.custodian, one.pk, now=over + 3 * _HOUR)
        slips.confirm(keepers.taker, slip.pk, now=over + 3 * _HOUR + _MINUTES)
        keeping.store(keepers.custodian, one.pk, place.pk, now=over + 4 * _HOUR)
    if _RECONCILED < left <= _SETTLED:
        return
    slip = slips.reconcile(keepers.custodian, plan.pk, note="現物と台帳を照合", now=over + _DAY)
    slips.confirm(keepers.coordinator, slip.pk, now=over + _DAY + _MINUTES)
    for one in made if left > _SETTLED else ():
        slip = slips.destroy(keepers.custodian, one.pk, note="装備課の裁断機で細断し、焼却", now=over + 2 * _DAY)
        slips.confirm(keepers.coordinator, slip.pk, now=over + 2 * _DAY + _MINUTES)
