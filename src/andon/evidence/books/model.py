"""What a book tells: its facts, its conversations, rows as they are shown, and what a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.merge import Difference
    from andon.evidence.chats.model import Conversation, Counts, Message


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What was written: how much of each, the counts of every file, and the book's own hash."""

    conversations: int
    messages: int
    findings: int
    gaps: int
    counts: tuple[Counts, ...]
    sha256: str
    size: int

    @property
    def whole(self) -> bool:
        """Whether as many messages stand in the book as its files gave, and every record of every file is accounted for."""
        given = sum(one.messages + one.deleted + one.service + one.unknown for one in self.counts)
        return given == self.messages and all(one.whole for one in self.counts)


@dataclass(frozen=True, slots=True)
class BookTalk:
    """A conversation of the book. `number` counts from 1; `first_at`, `last_at` of the times that are known; `gaps` and `findings` are counts.

    A finding is counted where the file was when it was made, if it was inside of a conversation.
    """

    number: int
    conversation: Conversation
    length: int
    first_at: datetime | None
    last_at: datetime | None
    gaps: int
    findings: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """A message at its place in the order shown, with the gaps that lie before it (and, at the last row, after it).

    `moved`: the order of its file is another one (its time is earlier than that of what stands before it in the file).
    """

    position: int
    message: Message
    gaps_before: tuple[Gap, ...] = ()
    gaps_after: tuple[Gap, ...] = ()
    moved: bool = False


class BookText(NamedTuple):
    """What a message says, at its place in the order shown; `older`: what it said before it was edited."""

    position: int
    text: str
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One message of several phones: the record to show first, every phone's record by the phone's name, and how they differ.

    `at` is the time by which it stands (None: none is known). `gaps_before`, `gaps_after`: gaps of each phone, as in `BookRow`, with its name.
    """

    position: int
    at: datetime | None
    best: Message
    sightings: dict[str, Message]
    differences: tuple[Difference, ...]
    gaps_before: tuple[tuple[str, Gap], ...] = ()
    gaps_after: tuple[tuple[str, Gap], ...] = ()
    moved: bool = False

    @property
    def message(self) -> Message:
        """The record to show first, under the name that a `BookRow` has for its own."""
        return self.best


@dataclass(frozen=True, slots=True)
class MergedView:
    """One phone's view in a merged book: its name, its conversation, how many records it has, and the hash of the book it was read from."""

    label: str
    conversation: Conversation
    length: int
    book_sha256: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a conversation in Japan: the position of its first row, and how many rows it has."""

    day: date
    position: int
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found. `spans`: half-open ranges of code points in the *original* text; empty when only another field holds it.

    `fields` tells where: "text", "version" (an older text), "quoted" (what the message answers), "file" (an attachment's name).
    """

    number: int
    position: int
    spans: tuple[tuple[int, int], ...]
    fields: tuple[str, ...] = ("text",)


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows hold what was asked for, and a page of them in the order shown. `skipped`: how many come before the page.

    `form` is what was compared; empty when nothing of the query can be searched.
    """

    total: int
    hits: tuple[Hit, ...]
    form: str
    skipped: int = 0

    @property
    def after(self) -> tuple[int, int] | None:
        """What to hand to the next search to go on, or None at the end."""
        if not self.hits or self.skipped + len(self.hits) >= self.total:
            return None
        return self.hits[-1].number, self.hits[-1].position
