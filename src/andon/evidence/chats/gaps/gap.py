"""What a gap is, and a conversation gathered for looking at it as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from andon.evidence.chats.model import Conversation, Event, Finding, Kind, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from andon.evidence.chats.model import Fact, Item, Place

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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


class Light(NamedTuple):
    """What finders need of every message: the app's number, the time in microseconds since 1970 (None: unknown), file, table and offset."""

    number: int | None
    at: int | None
    file: str
    table: str
    offset: int


@dataclass(slots=True)
class Talk:
    """One conversation with its messages in the order of the file, and how many records of its files could not be read.

    The methods are how finders look at it: a conversation that lies on the disk answers them without reading every message (`books.talks`).
    Places are indexes of `messages`.
    """

    conversation: Conversation
    messages: list[Message] = field(default_factory=list)
    rejected: int = 0

    def lights(self) -> Iterator[Light]:
        """The light part of every message, in the order of the file."""
        for one in self.messages:
            place = one.place
            yield Light(one.number, None if one.sent_at is None else microseconds(one.sent_at), place.file, place.table, place.offset)

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Number and place of every message that has a number, by number, then by place."""
        return iter(sorted((light.number, place) for place, light in enumerate(self.lights()) if light.number is not None))

    def times(self) -> list[tuple[Sequence[int], Sequence[int]]]:
        """Of every file the places of messages with a known time, and these times."""
        files: dict[str, tuple[list[int], list[int]]] = {}
        for place, light in enumerate(self.lights()):
            if light.at is not None:
                places, times = files.setdefault(light.file, ([], []))
                places.append(place)
                times.append(light.at)
        return list(files.values())

    def rows(self) -> dict[tuple[str, str], list[int]]:
        """Row numbers by file and table of messages that lie in databases."""
        rows: dict[tuple[str, str], list[int]] = {}
        for light in self.lights():
            if light.table:
                rows.setdefault((light.file, light.table), []).append(light.offset)
        return rows

    def events(self, *events: Event) -> Iterator[tuple[int, Message]]:
        """Place and message of every service message that tells of one of these."""
        return ((place, one) for place, one in enumerate(self.messages) if one.event in events)

    def marked(self) -> Iterator[tuple[int, Message]]:
        """Place and message of everything that the app marked as deleted or taken back."""
        for place, one in enumerate(self.messages):
            if one.kind is Kind.DELETED or one.event is Event.UNSENT or one.is_deleted:
                yield place, one

    def answers(self) -> Iterator[tuple[int, Message]]:
        """Place and message of every answer and pin."""
        return ((place, one) for place, one in enumerate(self.messages) if one.reply_to is not None or one.event is Event.PINNED)

    def carrying(self) -> Iterator[Message]:
        """The messages that carry a timer."""
        return (one for one in self.messages if one.expires_in)

    def first_besides(self, events: Collection[Event]) -> int | None:
        """The place of the first message that is none of these events."""
        return next((place for place, one in enumerate(self.messages) if one.event not in events), None)

    def ids_of(self, wanted: set[str]) -> set[str]:
        """Those of the ids that a message here has."""
        return wanted & {one.id for one in self.messages}

    def moments_of(self, wanted: set[tuple[str | None, datetime]]) -> set[tuple[str | None, datetime]]:
        """Those pairs of author and time that a message here has."""
        return {(one.author, one.sent_at) for one in self.messages if one.sent_at is not None and (one.author, one.sent_at) in wanted}


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


def microseconds(at: datetime) -> int:
    """An instant as microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def edge(message: Message) -> Edge:
    """A message as the edge of a gap."""
    return Edge(message.conversation, message.id, message.sent_at, message.place)


def around(messages: Sequence[Message], at: int) -> tuple[Edge | None, Edge | None]:
    """The messages before and after position `at`."""
    return (edge(messages[at - 1]) if at > 0 else None), (edge(messages[at + 1]) if at + 1 < len(messages) else None)
