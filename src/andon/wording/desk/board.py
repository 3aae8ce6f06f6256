"""What waits for whom; many measures of one decision."""

from __future__ import annotations

BOARD: dict[str, tuple[str, str]] = {}
