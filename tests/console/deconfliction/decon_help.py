"""Short ways to come to a conflict."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from authority_help import NOW, World

from andon.console.undercover.authority.codes import State
from andon.console.undercover.deconfliction import keyed
from andon.console.undercover.deconfliction.actions.check import Answer, check
from andon.console.undercover.deconfliction.actions.meet import Met, Where, plan_meeting

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.deconfliction.models import Clash

HOUR = timedelta(hours=1)
GROUND = "募集投稿の連絡先として出てきたため"


def looks(world: World, *handles: str, who: str = "toru", now: datetime = NOW, ground: str = GROUND) -> Answer:
    """Check handles by hand for a world's case."""
    assert world.case is not None
    return check(world.at(who), world.case.pk, [keyed.handle(one, "telegram") for one in handles], ground, now=now)


def granted(world: World, *, now: datetime = NOW, **more: Any) -> Plan:
    """A plan of that world that was approved: what it names is in the register."""
    return world.plan_in(State.APPROVED, now=now, **more)


def meets(world: World, plan: Plan, municipality: str, start: datetime, hours: int = 2, *, now: datetime = NOW, prefecture: str = "東京都") -> Met:
    """A planned meeting."""
    where = Where(prefecture, municipality, "駅の西口", start, start + hours * HOUR, ("K-7",))
    return plan_meeting(world.at("toru"), plan.pk, where, now=now)


def the_clash(answer: Answer) -> Clash:
    """The only one."""
    (clash,) = answer.clashes
    return clash
