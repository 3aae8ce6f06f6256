"""Sentences of the desk: learning."""

from __future__ import annotations

LEARNING: dict[str, tuple[str, str]] = {
}
