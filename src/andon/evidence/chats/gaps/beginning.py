"""Numbers before the first message that is here: the conversation, or this account's part in it, is older than what was exported.

Weak, because an export may begin at a chosen day, at the day somebody joined, or after the history was cleared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIND = "beginning"
_FIRST = 1  # the number of a conversation's first record


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        if talk.conversation.numbering is not Numbering.PER_CHAT:
            continue
        first, place = next(talk.numbers(), (_FIRST, 0))
        if first > _FIRST:
            facts = {"count": first - _FIRST, "first": _FIRST, "last": first - 1}
            yield Gap(KIND, talk.conversation.key, None, edge(talk.messages[place]), Strength.WEAK, "beginning", facts)


FINDER = Finder(KIND, _find)
