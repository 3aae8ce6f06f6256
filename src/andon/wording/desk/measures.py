"""What all measures share: providers, what goes out, limits, notices."""

from __future__ import annotations

MEASURES: dict[str, tuple[str, str]] = {}
