"""A prefecture's police with an undercover case, and plans brought to any state by the verbs themselves. Other parts' tests may use it, too:
put this folder on `sys.path`, then `world = make_world(); plan = world.plan_in(State.ACTIVE)`.
"""  # noqa: D205

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from andon.console import gate
from andon.console.casework.actions.life import open_case
from andon.console.casework.models import Case
from andon.console.gate import Actor, Via
from andon.console.intake.models import Campaign, ModelVersion, Post, Upload
from andon.console.staff.models import Person, Unit
from andon.console.staff.ranks import Rank
from andon.console.staff.rights import Role
from andon.console.undercover.authority import hooks, rules
from andon.console.undercover.authority.actions import asking, deciding, drafting, running
from andon.console.undercover.authority.codes import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.console.undercover.authority.models import Plan

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # noon in Japan
DAY = timedelta(days=1)
_numbers = count(1)

TEXTS = {
    "necessity": "募集投稿は秘匿性の高いアプリへ誘導しており、応募しなければ指示役と集合場所を知る方法がない。被害の発生が差し迫っている。",
    "alternatives": "投稿の削除要請、公開情報の分析、既遂事件からの捜査を三週間試みたが、次の犯行の日時と場所には届かなかった。",
    "proportionality": "見せる身分書類は一種類に限り、やり取りは指示役との連絡だけとし、犯行前に職務質問で終えるため、得られるものに見合う。",
    "collateral": "応募者が集まる会話に無関係な人が含まれることがある。指示役以外の発言は記録せず、見えたものは速やかに一覧にして廃棄を求める。",
    "confidential": "弁護士や医師とのやり取りに触れる見込みはない。万一見えたときは読み進めず、実施責任者に伝えて封をして保管する。",
    "abort_point": "集合場所に着いた時点で職務質問または逮捕で終える。標的とされた家には前日までに連絡し、当日は警戒員を置く。",
}  # fmt: skip


@dataclass
class World:
    """Who there is, and their case."""

    unit: Unit
    people: dict[str, Person] = field(default_factory=dict)
    case: Case | None = None
    post: Post | None = None

    def at(self, name: str, via: Via = Via.SCREEN, *, fresh: bool = True) -> Actor:
        """A person at a screen. Read anew: rights are kept on the object."""
        return Actor(Person.objects.select_related("unit").get(pk=self.people[name].pk), via, fresh)

    def content(self, **more: Any) -> dict[str, Any]:
        """A whole plan."""
        assert self.post is not None
        return {
            **TEXTS, "offences": ["robbery"], "posts": [self.post.pk], "operators": ["K-7"], "targets": ["telegram:boss"], "accounts": ["telegram:taro"],
            "coordinator_id": self.people["sora"].pk, "custodian_id": self.people["rin"].pk, "starts_at": NOW, "ends_at": NOW + 60 * DAY,
            "staffing": "実施責任者 1 名、実施担当官 1 名、支援 4 名、警戒 6 名", "linked_reason": "", "documents_planned": 2, "review_every_days": 14, **more,
        }  # fmt: skip

    def draft(self, *, now: datetime = NOW, **more: Any) -> Plan:
        """A draft by toru."""
        assert self.case is not None
        return drafting.draft(self.at("toru"), self.case.pk, self.content(**more), now=now)

    def plan_in(self, state: State, *, now: datetime = NOW, **more: Any) -> Plan:
        """A plan in that state, by the shortest way."""
        plan = self.draft(now=now, **more)
        with nobody_objects():
            for step in WAYS[state]:
                STEPS[step](self, plan.pk, now)
        plan.refresh_from_db()
        assert plan.state == state, (plan.state, state)
        return plan


@contextmanager
def nobody_objects() -> Iterator[None]:
    """As if consent, deconfliction and reconciliation were all done: what other apps ask before a verb is another test's subject."""
    before = dict(hooks.MAY)
    hooks.MAY.clear()
    yield
    hooks.MAY.clear()
    hooks.MAY.update(before)


@contextmanager
def alone() -> Iterator[None]:
    """Plans as they are by themselves: without what apps above them have registered."""
    lists: list[list[Any]] = [hooks.AFTER_STATE, hooks.OPERATORS, hooks.THINGS, hooks.RESULTS]
    before, may, in_force = [list(one) for one in lists], dict(hooks.MAY), rules.IN_FORCE
    for one in (*lists, hooks.MAY):
        one.clear()
    yield
    for one, kept in zip(lists, before, strict=True):
        one[:] = kept
    hooks.MAY.clear()
    hooks.MAY.update(may)
    rules.IN_FORCE = in_force


STEPS = {
    "submit": lambda w, pk, now: drafting.submit(w.at("toru"), pk, now=now),
    "withdraw": lambda w, pk, now: drafting.withdraw(w.at("toru"), pk, now=now),
    "approve": lambda w, pk, now: deciding.approve(w.at("mio"), pk, now=now),
    "refuse": lambda w, pk, now: deciding.refuse(w.at("mio"), pk, "ほかの手段がある", now=now),
    "notify": lambda w, pk, now: running.notify(w.at("toru"), pk, reference="刑企 12 号", given_at=now, now=now),
    "begin": lambda w, pk, now: running.begin(w.at("sora"), pk, now=now),
    "suspend": lambda w, pk, now: running.suspend(w.at("sora"), pk, "other", "相手が休んでいる", now=now),
    "end": lambda w, pk, now: running.end(w.at("sora"), pk, "集合場所で 1 人を逮捕", now=now),
    "cancel": lambda w, pk, now: running.cancel(w.at("sora"), pk, "grounds_gone", "投稿者が別件で捕まった", now=now),
    "close": lambda w, pk, now: running.close(w.at("sora"), pk, now=now),
}
_ACTIVE = ["submit", "approve", "notify", "begin"]
WAYS = {
    State.DRAFT: [], State.SUBMITTED: ["submit"], State.APPROVED: _ACTIVE[:2], State.NOTIFIED: _ACTIVE[:3], State.ACTIVE: _ACTIVE,
    State.SUSPENDED: [*_ACTIVE, "suspend"], State.ENDED: [*_ACTIVE, "end"], State.CANCELLED: [*_ACTIVE[:2], "cancel"], State.REFUSED: ["submit", "refuse"],
    State.CLOSED: [*_ACTIVE, "end", "close"],
}  # fmt: skip


def make_person(username: str, unit: Unit, *roles: Role, rank: str = "") -> Person:
    """Somebody."""
    with gate._door():
        one = Person(username=username, name=username.title(), unit=unit, roles=[str(role) for role in roles], rank=rank)
        one.set_unusable_password()
        one.save()
    return one


def make_world(prefecture: str = "東京都") -> World:
    """toru applies, sora coordinates (警部), rin keeps, mio decides (警視総監), kei inspects, ken is a member who logs; goro decides elsewhere."""
    number = next(_numbers)
    with gate._door():
        unit = Unit.objects.create(name=f"見本警察 {number}", kind=Unit.Kind.POLICE, prefecture=prefecture)
        elsewhere = Unit.objects.create(name=f"別の警察 {number}", kind=Unit.Kind.POLICE, prefecture="大阪府")
    who = {
        "toru": (unit, Role.INVESTIGATOR, Rank.ASSISTANT_INSPECTOR), "ken": (unit, Role.INVESTIGATOR, Rank.SERGEANT),
        "sora": (unit, Role.SUPERVISOR, Rank.INSPECTOR), "rin": (unit, Role.CUSTODIAN, Rank.SERGEANT),
        "mio": (unit, Role.APPROVER, Rank.SUPERINTENDENT_GENERAL), "goro": (elsewhere, Role.APPROVER, Rank.CHIEF_SUPERINTENDENT),
        "kei": (unit, Role.AUDITOR, Rank.SUPERINTENDENT),
    }  # fmt: skip
    world = World(unit, {name: make_person(f"{name}{number}", where, role, rank=rank) for name, (where, role, rank) in who.items()})
    world.case = open_case(world.at("toru"), "荷受け役の募集", Case.Kind.UNDERCOVER, ground="募集が続いている", now=NOW - 30 * DAY)
    world.post = make_post(world.people["toru"], number)
    return world


def make_post(by: Person, number: int) -> Post:
    """A recruitment post in a campaign of its own."""
    text = f"日給5万円 荷物を受け取るだけ 詳細はDM {number}"
    with gate._door():
        version = ModelVersion.objects.get_or_create(sha256="0" * 64, defaults={"in_use_since": NOW})[0]
        upload = Upload.objects.create(
            name="posts.jsonl", sha256=f"{number:064d}", size_bytes=1, file="", by=by, state=Upload.State.DONE, model=version
        )
        campaign = Campaign.objects.create(priority=1.0, level=3, score=0.9, posts=1, accounts=1, title=text, first_seen=NOW, last_seen=NOW)
        return Post.objects.create(
            source="x", source_id=f"a{number}", author=f"user{number}", created_at=NOW - DAY, observed_at=NOW, text=text, campaign=campaign,
            sha256=hashlib.sha256(text.encode()).hexdigest(), level=3, score=0.9, model=version, upload=upload,
        )  # fmt: skip


def ask_renewal(world: World, plan: Plan, *, now: datetime, days: int = 60) -> Plan:
    """A renewal that waits."""
    assert plan.ends_at is not None
    results = "指示役と七回やり取りし、集合場所の候補を二つ得た。身分書類は一度、求められて画像で見せた。"
    need = "次の犯行が来月に予定されており、日時が決まるまで連絡を保つ必要がある。ほかの経路からは日時を知る手立てがない。"
    return asking.ask_renewal(world.at("toru"), plan.pk, until=plan.ends_at + days * DAY, results=results, need=need, now=now)


def ask_amendment(world: World, plan: Plan, *, now: datetime, **adds: Any) -> Plan:
    """An amendment that waits."""
    return asking.ask_amendment(world.at("toru"), plan.pk, adds=adds or {"documents": 1}, why="相手が別の種類の書類を求めている", now=now)
