"""What kinds of measures want asked before something of theirs goes, and told after its state changed. By kind; inside the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.measures.common.models import Outgoing

# Gives the code of what is in the way ("decision_withdrawn"), or nothing: what stands in the way cancels it.
MAY_GO: dict[str, Callable[[Outgoing], str]] = {}
# Called with the row as it now is, whenever its state changed (sent, dry, failed, unsure, cancelled, bounced, waiting again).
CHANGED: dict[str, Callable[[Outgoing], None]] = {}
