"""Short ways to write contacts down. Other parts' tests may use it, too: `desk = Desk(world, world.plan_in(State.ACTIVE))`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from authority_help import NOW, World

from andon.console.undercover.contactlog.actions.log import Said, log
from andon.console.undercover.contactlog.actions.stage import reach, victim_noticed
from andon.console.undercover.contactlog.codes import CHECKLIST

if TYPE_CHECKING:
    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.models import LogEntry, Step

HOUR = timedelta(hours=1)
AT = NOW + HOUR
NO = dict.fromkeys(CHECKLIST, False)


@dataclass
class Desk:
    """A plan, and who logs under it."""

    world: World
    plan: Plan

    def said(self, words: str = "場所はどこですか", **more: Any) -> Said:
        """An outgoing question that the plan covers, unless told otherwise."""
        values = {
            "happened_at": AT, "officer": "K-7", "channel": "telegram", "direction": "out", "own": "@taro", "other": "boss", "tag": "question", **more,
        }  # fmt: skip
        return Said(words=words, **values)

    def log(self, words: str = "場所はどこですか", *, who: str = "toru", now: datetime | None = None, plan: bool = True, **more: Any) -> LogEntry:
        """Write one down."""
        given = self.said(words, **more)
        now = now or max(given.happened_at + timedelta(minutes=5), AT)
        return log(self.world.at(who), self.plan.case_id, self.plan.pk if plan else None, given, now=now)

    def incoming(self, words: str = "免許証の表と裏を送って", **more: Any) -> LogEntry:
        """What the other wrote."""
        return self.log(words, direction="in", **more)

    def reach(self, stage: str, entry: LogEntry, *, who: str = "toru", now: datetime | None = None, **met: bool) -> Step:
        """Keep a stage, with no stop rule met but those named."""
        return reach(self.world.at(who), self.plan.pk, stage, entry.pk, NO | met, now=now or entry.logged_at)

    def to_place(self) -> None:
        """All stages, to the place."""
        self.reach("attempt", self.log("応募したいです"))
        self.reach("id_demanded", self.incoming(asks_id=True))
        self.reach("id_shown", self.log("送りました", exhibit="document:1"))
        self.reach("instructions", self.incoming("明日10時に駅前集合"))
        victim_noticed(self.world.at("toru"), self.plan.pk, "warned", "電話で伝え、警戒員を置いた", now=AT + HOUR)
        self.reach("at_place", self.log("着きました"))
