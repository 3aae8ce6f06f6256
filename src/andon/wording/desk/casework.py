"""Cases: who works on what, what belongs to it, and who may know of it."""

from __future__ import annotations

CASEWORK: dict[str, tuple[str, str]] = {}
