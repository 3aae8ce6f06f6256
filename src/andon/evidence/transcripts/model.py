"""What a transcript is made of, before it is drawn: its heading, and lines, gaps and days in the order of the book."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andon.evidence.chats.model import Conversation, Participant


@dataclass(frozen=True, slots=True)
class Source:
    """An exhibit that lines are footnoted to: its code, what people call it, the hash of the whole, and the hash of each of its files by name.

    `label` names the phone, where several are merged; empty for the only one.
    """

    code: str
    title: str = ""
    number: str = ""
    device: str = ""
    sha256: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a transcript: case, exhibits, conversation, how it was made, by whom and when.

    `total`: rows of the whole conversation; `first`, `last`: positions of the part that is printed, counted from 1 (0: none); `since`, `until`: the
    range that was asked for. `zone` is what times without a zone were read in. `parameters` are written as they are.
    """

    case: str
    sources: tuple[Source, ...]
    conversation: Conversation
    made_by: str
    made_at: datetime
    total: int
    first: int = 0
    last: int = 0
    since: datetime | None = None
    until: datetime | None = None
    zone: str = ""
    people: tuple[tuple[Participant, int], ...] = ()  # with how many rows each has in the conversation
    parameters: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line: "text", "quote", "mark" (what the app did to it), "old" (an older text), "file", "differs"."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `notes`: one footnote for every record that it rests on. `is_quiet`: the app speaks, or a mark of deletion."""

    number: int
    when: str
    speaker: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something missing at this place: strength ("proven", "strong", "weak") with its word, and the sentence."""

    strength: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """A new day begins."""

    text: str


Block = Line | GapLine | DayLine


@dataclass(slots=True)
class Tally:
    """What went by while a transcript was drawn: lines, gaps, and the files that the footnotes name, with the label of their exhibit."""

    lines: int = 0
    gaps: int = 0
    files: dict[tuple[str, str], None] = field(default_factory=dict)
