"""Limits of the export itself: it was cut, it states more messages than it holds, or it has exactly as many as the app exports at most.

A stated count that is larger than what is there proves that something is not here. A round limit (WhatsApp: 40,000 messages without media, 10,000
with) is weak: it is generally known, not documented, and a conversation may happen to have just as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIND = "limits"
_ROUND = {"whatsapp": (10_000, 40_000)}


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        key, facts, here = talk.conversation.key, talk.conversation.facts, len(talk.messages)
        first = edge(talk.messages[0]) if talk.messages else None
        last = edge(talk.messages[-1]) if talk.messages else None
        stated = facts.get("stated_count")
        if isinstance(stated, int) and stated > here + talk.rejected:
            yield Gap(
                KIND, key, None, None, Strength.PROVEN, "limits.count", {"stated": stated, "here": here, "count": stated - here - talk.rejected}
            )
        if facts.get("truncated"):
            yield Gap(KIND, key, last, None, Strength.PROVEN, "limits.cut", {})
        if here in _ROUND.get(talk.conversation.app, ()):
            yield Gap(KIND, key, None, first, Strength.WEAK, "limits.round", {"here": here})


FINDER = Finder(KIND, _find)
