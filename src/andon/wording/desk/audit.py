"""Sentences of the desk: audit."""

from __future__ import annotations

AUDIT: dict[str, tuple[str, str]] = {
}
