"""Looking again whether a post is still there."""

from __future__ import annotations

VISITS: dict[str, tuple[str, str]] = {}
