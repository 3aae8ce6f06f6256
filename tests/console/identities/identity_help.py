"""Short ways to bring documents to any state. Other parts' tests may use it: `Register(world, plan)`, with `authority_help` on the path."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from authority_help import DAY, NOW, World, make_person, nobody_objects

from andon.console.staff.ranks import Rank
from andon.console.staff.rights import Role
from andon.console.undercover.authority.actions import running
from andon.console.undercover.contactlog.actions.log import Said, log
from andon.console.undercover.identities.actions import keeping, places, sealing, slips
from andon.console.undercover.identities.actions.identify import Invented, identify
from andon.console.undercover.identities.actions.show import Shown, show
from andon.console.undercover.identities.models import Document

if TYPE_CHECKING:
    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.models import LogEntry
    from andon.console.undercover.identities.models import Identity, Officer, Place, Showing

HOUR = timedelta(hours=1)
AT = NOW + HOUR
DUE = NOW + 3 * DAY
ADDRESS = "東京都見本区架空町二丁目三番四号"
_numbers = count(1)


@dataclass
class Register:
    """A plan, and what its custodian keeps."""

    world: World
    plan: Plan
    place: Place | None = None
    officer: Person | None = None
    made: dict[str, Any] = field(default_factory=dict)

    def make_officer(self, code: str = "K-7", *, now: datetime = AT) -> Officer:
        """Seal a new person as the officer."""
        self.officer = make_person(f"himitsu{next(_numbers)}", self.world.unit, Role.INVESTIGATOR, rank=Rank.SERGEANT)
        self.world.people["officer"] = self.officer
        return sealing.seal(self.world.at("sora"), self.plan.pk, code, self.officer.pk, now=now)

    def make_place(self, name: str = "装備課金庫 3 号") -> Place:
        """A locked place apart from case files."""
        self.place = places.add_place(self.world.at("rin"), f"{name}-{next(_numbers)}", is_locked=True, is_apart=True, now=AT)
        return self.place

    def identity(self, *, who: str = "rin", now: datetime = AT, **more: Any) -> Identity:
        """An invented person."""
        values = {"name": "見本 太郎", "born_on": date(1999, 4, 1), "address": ADDRESS, "officer": "K-7", "face": "police", "face_note": "生成画像"}
        return identify(self.world.at(who), self.plan.pk, Invented(**(values | more)), now=now)

    def received(self, identity: Identity | None = None, *, who: str = "rin", now: datetime = AT, **more: Any) -> Document:
        """A document that came."""
        number = next(_numbers)
        image = hashlib.sha256(str(number).encode()).hexdigest()
        values = {"kind": "licence", "serial": f"A{number}-77", "image_sha256": image, "issued_by": "本部 企画課", "brought_by": "見本 運ぶ"} | more
        identity = identity or self.plan.identities.first() or self.identity(now=now)
        return keeping.receive(self.world.at(who), identity.pk, keeping.Paper(**values), now=now)

    def stored(self, *, now: datetime = AT, **more: Any) -> Document:
        """A document in its place."""
        return self.put(self.received(now=now, **more), now=now)

    def put(self, document: Document, *, now: datetime = AT) -> Document:
        """Put one in its place."""
        assert self.place is not None
        keeping.store(self.world.at("rin"), document.pk, self.place.pk, now=now)
        return Document.objects.get(pk=document.pk)

    def out(self, document: Document | None = None, *, due_at: datetime = DUE, now: datetime = AT) -> Document:
        """A document that toru took to K-7."""
        document = document or self.stored(now=now)
        slip = slips.hand_out(self.world.at("rin"), document.pk, officer="K-7", due_at=due_at, note="募集主が身分証を求めている", now=now)
        slips.confirm(self.world.at("toru"), slip.pk, now=now)
        return Document.objects.get(pk=document.pk)

    def back(self, document: Document, *, now: datetime = AT + HOUR) -> Document:
        """Returned and put in its place."""
        slip = slips.take_back(self.world.at("rin"), document.pk, now=now)
        slips.confirm(self.world.at("toru"), slip.pk, now=now)
        return self.put(document, now=now)

    def end(self, *, now: datetime = AT + DAY) -> None:
        """The operation is over."""
        with nobody_objects():
            running.end(self.world.at("sora"), self.plan.pk, "集合場所で 1 人を逮捕", now=now)
        self.plan.refresh_from_db()

    def reconciled(self, *, now: datetime = AT + DAY) -> None:
        """Looked at by rin and sora."""
        slip = slips.reconcile(self.world.at("rin"), self.plan.pk, note="全点を現物と照合", now=now)
        slips.confirm(self.world.at("sora"), slip.pk, now=now)

    def destroyed(self, document: Document, *, now: datetime = AT + DAY) -> Document:
        """Shredded by rin and sora."""
        slip = slips.destroy(self.world.at("rin"), document.pk, note="装備課で裁断", now=now)
        slips.confirm(self.world.at("sora"), slip.pk, now=now)
        return Document.objects.get(pk=document.pk)

    def contact(self, direction: str, at: datetime = AT + HOUR, *, plan: Plan | None = None, **more: Any) -> LogEntry:
        """An entry of the log."""
        plan = plan or self.plan
        tag = {"tag": "answer"} if direction == "out" else {}
        values = {"happened_at": at, "officer": "K-7", "channel": "telegram", "own": "@taro", "other": "boss", "words": "送ります", **tag} | more
        return log(self.world.at("toru"), plan.case_id, plan.pk, Said(direction=direction, **values), now=at + timedelta(minutes=5))

    def asked(self, at: datetime = AT + HOUR, **more: Any) -> LogEntry:
        """A demand for papers."""
        return self.contact("in", at, words="免許証の表と裏を送って", asks_id=True, **more)

    def shown(self, document: Document, entry: LogEntry, request: LogEntry | None, *, form: str = "data", who: str = "toru") -> Showing:
        """Keep a showing."""
        given = Shown(document.pk, form, entry.pk, request.pk if request else None)
        return show(self.world.at(who), self.plan.pk, given, now=AT + 3 * HOUR)
