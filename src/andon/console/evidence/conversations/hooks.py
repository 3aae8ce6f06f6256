"""What other apps add to the reading of conversations; they register in their `apps.ready`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from andon.console.evidence.conversations.models import Conversation, Reading
from andon.console.staff.models import Person


@dataclass(frozen=True, slots=True)
class Badge:
    """A word on a message: named by the sentence "conversations.badge.<code>" (filled from `data`), leading to `url` where there is one."""

    code: str
    url: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


AfterReading = Callable[[Reading], None]
RowBadges = Callable[[Conversation, Sequence[int], Person], Mapping[int, Sequence[Badge]]]

AFTER_READING: list[AfterReading] = []
"""Called in the worker when a reading is done, after its transaction. Each opens its own verbs."""

ROW_BADGES: list[RowBadges] = []
"""Asked for each window of rows that is shown: (conversation, positions, person) → {position: badges}. What the person may not know is left out."""
