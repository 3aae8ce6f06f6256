"""The officer's consent, welfare checks and the call for help."""

from __future__ import annotations

SAFETY: dict[str, tuple[str, str]] = {}
