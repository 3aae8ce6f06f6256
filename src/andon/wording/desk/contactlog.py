"""The log of every contact, its stages and its outcome."""

from __future__ import annotations

CONTACTLOG: dict[str, tuple[str, str]] = {}
