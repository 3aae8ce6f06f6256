"""What a gap is, and a conversation gathered for looking at it as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from andon.evidence.chats.model import Conversation, Finding, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from andon.evidence.chats.model import Fact, Item, Place


class Strength(StrEnum):
    """How surely the sentence of a gap holds.

    PROVEN: it follows from the data by the app's own rule. STRONG: the usual reason for what is seen, another is possible. WEAK: what is seen allows
    it. None of them says who did it or why: that is never in the data.
    """

    PROVEN = "proven"
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Edge:
    """A message beside a gap: what stands last before it, or first after it."""

    conversation: str
    id: str
    at: datetime | None
    place: Place


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing between two messages.

    `kind` is the name of the finder's module; `after` and `before` are the messages around it (None: open to that side); `conversation` is empty when
    the gap may lie in any of several (`facts["conversations"]`). The sentence is `gap.<code>` in `wording`, its places filled from `facts`.
    """

    kind: str
    conversation: str
    after: Edge | None
    before: Edge | None
    strength: Strength
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(slots=True)
class Talk:
    """One conversation with its messages in the order of the file, and how many records of its files could not be read."""

    conversation: Conversation
    messages: list[Message] = field(default_factory=list)
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Finder:
    """One kind of gap. `find` looks at all conversations of one exhibit together: some rules hold only for their union."""

    kind: str
    find: Callable[[Sequence[Talk]], Iterator[Gap]]


def gather(items: Iterable[Item | object]) -> list[Talk]:
    """The conversations of what a reader yields, in the order of their first appearance; everything else (counts) is left out."""
    talks: dict[str, Talk] = {}
    rejects: Counter[str] = Counter()
    for item in items:
        if isinstance(item, Conversation):
            talks.setdefault(item.key, Talk(item)).conversation = item
        elif isinstance(item, Message):
            talks.setdefault(item.conversation, Talk(Conversation(item.conversation, ""))).messages.append(item)
        elif isinstance(item, Finding) and item.rejects:
            rejects[item.place.file] += 1
    for talk in talks.values():
        talk.rejected = sum(rejects[name] for name in {message.place.file for message in talk.messages}) if rejects else 0
    return list(talks.values())


def edge(message: Message) -> Edge:
    """A message as the edge of a gap."""
    return Edge(message.conversation, message.id, message.sent_at, message.place)


def around(messages: Sequence[Message], at: int) -> tuple[Edge | None, Edge | None]:
    """The messages before and after position `at`."""
    return (edge(messages[at - 1]) if at > 0 else None), (edge(messages[at + 1]) if at + 1 < len(messages) else None)
