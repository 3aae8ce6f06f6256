"""What a batch would do, counted before anybody presses anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from andon.console.intake.models import Campaign
from andon.console.measures.common import limits
from andon.console.measures.common.kinds import KINDS
from andon.console.review.queries.covering import survivor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.measures.common.kinds import Kind, Line
    from andon.console.staff.models import Person

MOST = 500


@dataclass(frozen=True, slots=True)
class KindPlan:
    """What one kind of measure would do. `left`: how many more may go today."""

    kind: Kind
    lines: list[Line]
    left: int

    @property
    def ready(self) -> int:
        """Posts that would go."""
        return sum(line.ready for line in self.lines)

    @property
    def is_over(self) -> bool:
        """Whether that is more than may still go today."""
        return self.ready > self.left

    @property
    def held(self) -> int:
        """Posts that a hold keeps back."""
        return sum(line.held for line in self.lines)

    @property
    def whom_to_ask(self) -> list[str]:
        """About the holds, each once."""
        return list(dict.fromkeys(name for line in self.lines for name in line.whom_to_ask))


@dataclass(frozen=True, slots=True)
class Plan:
    """Campaigns that would be taken, those that would not (no decision that it is recruitment), and what each kind would do."""

    campaigns: list[Campaign]
    others: list[Campaign]
    kinds: list[KindPlan]

    @property
    def posts(self) -> int:
        """Of the campaigns that would be taken."""
        return sum(campaign.posts for campaign in self.campaigns)

    @property
    def ready(self) -> int:
        """Posts that would go, over all kinds."""
        return sum(one.ready for one in self.kinds)


def plan_for(person: Person, campaign_ids: Sequence[int]) -> Plan:
    """The plan for these campaigns; those that were joined with another are taken as that one."""
    ids = list(dict.fromkeys(survivor(one) for one in campaign_ids))[:MOST]
    found = Campaign.objects.filter(pk__in=ids).defer("template", "days").in_bulk()
    chosen = [found[one] for one in ids if one in found]
    taken = [one for one in chosen if one.state == Campaign.State.RECRUITMENT]
    numbers = [one.pk for one in taken]
    kinds = [KindPlan(kind, _together(kind.preview(person, numbers)), limits.left(kind.code)) for kind in KINDS if kind.bulk] if numbers else []
    return Plan(taken, [one for one in chosen if one.state != Campaign.State.RECRUITMENT], kinds)


def _together(lines: Sequence[Line]) -> list[Line]:
    """Lines to the same receiver as one (a kind may give one for each campaign), those with something to go first."""
    found: dict[tuple[str, int | None, int | None], Line] = {}
    for line in lines:
        key = (line.label, line.provider_id, line.account_id)
        before = found.get(key)
        found[key] = line if before is None else _sum(before, line)
    return sorted(found.values(), key=lambda line: (-line.ready, -line.posts, line.label))


def _sum(one: Line, other: Line) -> Line:
    counts = {name: getattr(one, name) + getattr(other, name) for name in ("posts", "ready", "held", "already", "gone")}
    return replace(one, **counts, whom_to_ask=tuple(dict.fromkeys(one.whom_to_ask + other.whom_to_ask)))
