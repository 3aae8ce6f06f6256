"""Two units that follow the same person learn whom to call, and no more."""

from __future__ import annotations

DECONFLICTION: dict[str, tuple[str, str]] = {}
