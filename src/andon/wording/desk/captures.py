"""Posts as they were seen, kept as evidence."""

from __future__ import annotations

CAPTURES: dict[str, tuple[str, str]] = {}
