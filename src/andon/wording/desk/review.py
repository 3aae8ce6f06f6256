"""Sentences of the desk: review."""

from __future__ import annotations

REVIEW: dict[str, tuple[str, str]] = {
}
