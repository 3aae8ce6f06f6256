"""What another model would change in today's queue."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, Any

from andon.console.intake.models import Campaign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.scoring.engine import Engine

LEVELS = ("high", "medium", "low", "none")
MOST_MOVES = 12
_AT_ONCE = 2_000


def changes_today(before: Engine, after: Engine) -> dict[str, Any]:
    """Every open campaign's example scored by both: how many go from which level to which, and the campaigns that move most, up and down.

    A move is `[campaign, score before, level before, score after, level after]`; those that change levels come first, then by the score.
    """
    matrix = {one: dict.fromkeys(LEVELS, 0) for one in LEVELS}
    up: list[tuple[int, float, int, list[Any]]] = []
    down: list[tuple[int, float, int, list[Any]]] = []
    for move in _moves(before, after):
        campaign, was, level_was, will, level_will = move
        matrix[level_was][level_will] += 1
        steps = LEVELS.index(level_was) - LEVELS.index(level_will)
        way = steps or will - was  # the levels of two models need not lie at the same scores
        if way:
            heap = up if way > 0 else down
            heapq.heappush(heap, (abs(steps), abs(will - was), campaign, move))
            if len(heap) > MOST_MOVES:
                heapq.heappop(heap)
    return {
        "campaigns": sum(sum(row.values()) for row in matrix.values()), "matrix": matrix,
        "up": [move for *_, move in sorted(up, reverse=True)], "down": [move for *_, move in sorted(down, reverse=True)],
    }  # fmt: skip


def _moves(before: Engine, after: Engine) -> Iterator[list[Any]]:
    posts = Campaign.objects.filter(state=Campaign.State.OPEN, example__isnull=False).order_by("pk").values_list("pk", "example__text")
    ahead = posts.iterator(_AT_ONCE)
    while part := list(islice(ahead, _AT_ONCE)):
        texts = [text for _, text in part]
        was, will = before.scores(texts).tolist(), after.scores(texts).tolist()
        for (campaign, _), a, b in zip(part, was, will, strict=True):
            yield [campaign, round(a, 4), before.model.level(a) or "none", round(b, 4), after.model.level(b) or "none"]
