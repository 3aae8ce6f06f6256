"""Places where the times run backwards although the file goes on.

That they do is proven by the two records. Why, they do not say: the phone's clock was changed, a message arrived late, or records were put together
from several sources. No message need be missing. Files that go from new to old are read from their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIND = "clocks"
_SECOND = 1_000_000  # microseconds
_LEAST = 120 * _SECOND  # some formats have minutes only, and phones differ by a little


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        yield from _jumps(talk)


def _jumps(talk: Talk) -> Iterator[Gap]:
    for places, times in talk.times():
        steps = np.diff(np.asarray(times, np.int64))
        if (steps < 0).sum() > (steps > 0).sum():
            places, steps = places[::-1], -steps[::-1]  # noqa: PLW2901 - the same file from its end
        for at in np.flatnonzero(steps <= -_LEAST).tolist():
            edges = edge(talk.messages[places[at]]), edge(talk.messages[places[at + 1]])
            yield Gap(KIND, talk.conversation.key, *edges, Strength.PROVEN, "clocks", {"seconds": int(-steps[at]) // _SECOND})


FINDER = Finder(KIND, _find)
