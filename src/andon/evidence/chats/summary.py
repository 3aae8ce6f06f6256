"""What a reading gave, in counts: per file, conversation and kind of finding. It grows with people and conversations, not with messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.model import Clock, Conversation, Counts, Finding, Message
from andon.evidence.chats.plain import plain_conversation, plain_counts, plain_place

if TYPE_CHECKING:
    from datetime import datetime

    from andon.evidence.chats.model import Item


@dataclass(slots=True)
class Seen:
    """One conversation as far as it was read."""

    conversation: Conversation | None = None
    messages: int = 0
    naive: int = 0
    zone: str = ""
    first: datetime | None = None
    last: datetime | None = None


@dataclass(slots=True)
class Summary:
    """Takes in every item."""

    counts: list[Counts] = field(default_factory=list)
    chats: dict[str, Seen] = field(default_factory=dict)
    findings: dict[str, tuple[int, Finding]] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        """How many records could not be read."""
        return sum(one.rejected for one in self.counts)

    def add(self, item: Item | Counts) -> None:
        """One item."""
        if isinstance(item, Message):
            self._message(item)
        elif isinstance(item, Conversation):
            self.chats.setdefault(item.key, Seen()).conversation = item
        elif isinstance(item, Finding):
            count, first = self.findings.get(item.code, (0, item))
            self.findings[item.code] = count + 1, first
        else:
            self.counts.append(item)

    def _message(self, item: Message) -> None:
        seen = self.chats.setdefault(item.conversation, Seen())
        seen.messages += 1
        if item.clock is Clock.NAIVE:
            seen.naive += 1
            seen.zone = item.zone
        when = item.sent_at
        if when is not None:
            seen.first = when if seen.first is None or when < seen.first else seen.first
            seen.last = when if seen.last is None or when > seen.last else seen.last

    def plain(self) -> dict[str, object]:
        """The same as plain values."""
        return {
            "files": [plain_counts(one) for one in self.counts],
            "conversations": [
                {
                    **(plain_conversation(one.conversation) if one.conversation else {"key": key}), "messages": one.messages,
                    "naive_times": one.naive,
                    "first": one.first and one.first.isoformat(), "last": one.last and one.last.isoformat(),
                }
                for key, one in self.chats.items()
            ],
            "findings": [{"code": code, "count": count, "first": plain_place(one.place), "facts": dict(one.facts)} for code, (count,
            one) in self.findings.items()],
        }  # fmt: skip
