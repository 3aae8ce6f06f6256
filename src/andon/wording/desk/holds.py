"""Flags that stop warnings and removals."""

from __future__ import annotations

HOLDS: dict[str, tuple[str, str]] = {}
