"""What the background worker does here: readings in one thread, comparisons and transcripts in another, so that a long one keeps no other waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations import comparing, printing, running, unread
from andon.console.evidence.exhibits import progress
from andon.console.evidence.exhibits.showing import problem

if TYPE_CHECKING:
    from andon.console.evidence.conversations.models import Reading
    from andon.console.evidence.exhibits.models import Exhibit


def run_readings() -> int:
    """Order what a stop kept from being ordered, then read what waits; how many were read."""
    unread.order_unread()
    return running.run_due()


def run_papers() -> int:
    """Compare and print what waits; how many."""
    return comparing.run_due() + printing.run_due()


def after_taken(exhibit: Exhibit) -> None:
    """An exhibit was taken in: its reading is ordered."""
    unread.after_taken(exhibit)


def progress_of(reading: Reading) -> int | None:
    """Messages read so far; None for a reading that is not running."""
    found = progress.progress_of(running.job_of(reading.pk))
    return found[0] if found is not None else None


def problem_words(kept: dict[str, Any]) -> str:
    """What went wrong, in the reader's language; nothing for nothing."""
    return problem(kept) if kept else ""
