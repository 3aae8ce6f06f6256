"""The history was cleared: the app says so at that place, and what stood before it on this account is gone.

Proven is that somebody cleared it, and when. What stood before may still be on other phones of the conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, around
from andon.evidence.chats.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIND = "cleared"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        for at, message in talk.events(Event.CLEARED):
            after, before = around(talk.messages, at)
            facts = {"message": message.id, "author": message.author_name}
            yield Gap(KIND, talk.conversation.key, after, before, Strength.PROVEN, "cleared", facts)


FINDER = Finder(KIND, _find)
