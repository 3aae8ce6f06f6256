"""What others want done when posts were looked at: functions of the visits, called inside the transaction that keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from andon.console.measures.visits.models import Visit

# Every look, "cannot tell" and a first "gone" included: `Visit.is_settled` says whether its state counts.
AFTER_VISIT: list[Callable[[Sequence[Visit]], None]] = []
# Looks by which a post's state became another one (gone by agreeing looks, changed, back again), and the first state found at all unless it is
# "there": a post that was stored was there. `Visit.before` is the state before, empty where nobody had looked.
AFTER_CHANGE: list[Callable[[Sequence[Visit]], None]] = []
