"""Places where the times run backwards although the file goes on.

That they do is proven by the two records. Why, they do not say: the phone's clock was changed, a message arrived late, or records were put together
from several sources. No message need be missing. Files that go from new to old are read from their end.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Message

KIND = "clocks"
_LEAST_SECONDS = 120  # some formats have minutes only, and phones differ by a little


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        yield from _jumps(talk)


def _jumps(talk: Talk) -> Iterator[Gap]:
    files: dict[str, list[Message]] = {}
    for message in talk.messages:
        if message.sent_at is not None:
            files.setdefault(message.place.file, []).append(message)
    for messages in files.values():
        steps = [_seconds(before, after) for before, after in pairwise(messages)]
        if sum(step < 0 for step in steps) > sum(step > 0 for step in steps):
            messages.reverse()
        for before, after in pairwise(messages):
            if (back := -_seconds(before, after)) >= _LEAST_SECONDS:
                yield Gap(KIND, talk.conversation.key, edge(before), edge(after), Strength.PROVEN, "clocks", {"seconds": int(back)})


def _seconds(before: Message, after: Message) -> float:
    return (after.sent_at - before.sent_at).total_seconds() if before.sent_at and after.sent_at else 0.0


FINDER = Finder(KIND, _find)
