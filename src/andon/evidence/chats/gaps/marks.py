"""Marks that an app leaves in place of a message that was deleted or taken back: "this message was deleted", an unsent line, a tombstone.

The mark proves that a message stood there, and when, if the mark has a time of its own. What it said is gone; who deleted it only the app's own words
may say (the one who wrote it, or an administrator).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, around
from andon.evidence.chats.model import Event, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIND = "marks"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        for at, message in talk.marked():
            after, before = around(talk.messages, at)
            kept = bool(message.text) and message.is_deleted and message.kind is not Kind.DELETED and message.event is None
            code = "marks.unsent" if message.event is Event.UNSENT else "marks.kept" if kept else "marks"
            yield Gap(KIND, talk.conversation.key, after, before, Strength.PROVEN, code, {"message": message.id, "author": message.author_name})


FINDER = Finder(KIND, _find)
