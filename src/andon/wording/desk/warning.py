"""Warning replies."""

from __future__ import annotations

WARNING: dict[str, tuple[str, str]] = {}
