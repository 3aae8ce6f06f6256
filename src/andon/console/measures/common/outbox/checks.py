"""What stands in the way of something that is about to go: a hold, or what its kind of measure says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.measures.common.held import held_posts
from andon.console.measures.common.outbox import hooks

if TYPE_CHECKING:
    from andon.console.measures.common.models import Outgoing

HELD = "held"


def in_the_way(row: Outgoing) -> str:
    """The code of what stands in the way now, or nothing. Looked at again at the moment of sending: holds and decisions change."""
    if row.posts and held_posts(row.posts):
        return HELD
    return hooks.MAY_GO[row.kind](row) if row.kind in hooks.MAY_GO else ""
