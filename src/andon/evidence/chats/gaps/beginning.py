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
        numbered = [message for message in talk.messages if message.number is not None]
        first = min(numbered, key=lambda message: message.number or 0, default=None)
        if first is not None and (first.number or 0) > _FIRST:
            facts = {"count": (first.number or 0) - _FIRST, "first": _FIRST, "last": (first.number or 0) - 1}
            yield Gap(KIND, talk.conversation.key, None, edge(first), Strength.WEAK, "beginning", facts)


FINDER = Finder(KIND, _find)
