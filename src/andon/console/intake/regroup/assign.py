"""Which row of the table stands for which group: the decided one, else the one with most posts, else the oldest keeps its number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from andon.console.intake.ids import parts
from andon.console.intake.models import Campaign, Move
from andon.console.intake.regroup.scene import is_settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from andon.console.intake.regroup.grouping import Group


def shares(group: Group, rows: Mapping[int, Campaign]) -> Counter[int]:
    """How many posts of the group come from which campaign. Of a settled one those count that were there when it was settled, unless none was."""
    found = Counter({campaign: rows[campaign].posts for campaign in group.whole})
    for one in group.members:
        row = rows[one.campaign]
        found[one.campaign] += 1 if row.settled_at is None or one.joined_at > row.settled_at else 1_000_000
    return found


def keepers(groups: Sequence[Group], rows: Mapping[int, Campaign]) -> list[int | None]:
    """The campaign whose number each group keeps, None for a new one. No number is kept twice."""
    wishes = [
        (is_settled(rows[campaign]), share, -campaign, -number)
        for number, one in enumerate(groups) for campaign, share in shares(one, rows).items()
    ]  # fmt: skip
    kept: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for _, _, campaign, number in sorted(wishes, reverse=True):
        if kept[-number] is None and -campaign not in taken:
            kept[-number] = -campaign
            taken.add(-campaign)
    return kept


def comes_back(group: Group) -> int | None:
    """The signpost that most posts of a group without a number came from: a word taken back brings the old campaign back."""
    came = Counter[int]()
    for part in parts([one.id for one in group.members]):
        moves = Move.objects.filter(post__in=part, before__state=Campaign.State.MERGED).order_by("pk")
        came.update(dict(moves.values_list("post", "before")).values())
    return min(came, key=lambda campaign: (-came[campaign], campaign), default=None)
