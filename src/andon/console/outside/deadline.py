"""The time that one fetch may take from its first look-up to its last byte."""

from __future__ import annotations

import time

from andon.console.outside.errors import Unreachable


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds that are left, `most` at most. Raises Unreachable when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Unreachable(reason="timeout")
        return left if most is None else min(left, most)
