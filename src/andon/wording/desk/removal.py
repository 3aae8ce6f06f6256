"""Removal requests."""

from __future__ import annotations

REMOVAL: dict[str, tuple[str, str]] = {}
