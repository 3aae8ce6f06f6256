"""Where the invented phones lie, and short ways to what was read in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from andon.console.evidence.conversations.models import Conversation

if TYPE_CHECKING:
    from andon.console.evidence.conversations.models import Reading

PHONES = Path(__file__).parents[3] / "samples" / "phones"


def talk(reading: Reading, title: str) -> Conversation:
    """A conversation by its title."""
    return Conversation.objects.get(reading=reading, title=title)
