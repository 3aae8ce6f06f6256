"""What others want done when campaigns have been drawn anew: functions of the campaigns' ids, called inside the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AFTER_REGROUP: list[Callable[[Sequence[int]], None]] = []
