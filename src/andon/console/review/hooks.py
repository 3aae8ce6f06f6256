"""What others want done when a decision was added (a withdrawal is one too): functions of the decision, called inside the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.review.models import Decision

AFTER_DECISION: list[Callable[[Decision], None]] = []
