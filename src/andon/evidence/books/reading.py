"""What is known of a reading besides its rows: conversations in the order of appearance, people, findings, counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.model import Conversation

if TYPE_CHECKING:
    from andon.evidence.chats.model import Counts


@dataclass(slots=True)
class Reading:
    """What is known of a reading besides its rows."""

    talks: dict[str, Conversation] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[int, str], str] = field(default_factory=dict)  # of authors that no list of participants names
    findings: Counter[int] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)  # by file
    last: dict[str, int] = field(default_factory=dict)  # file → the conversation that was last told of
    counts: list[Counts] = field(default_factory=list)

    def number(self, key: str) -> int:
        """The number of a conversation, from 1 in the order of appearance. One that was never announced is one without facts."""
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            self.talks[key] = Conversation(key, "")
        return self.numbers[key]
