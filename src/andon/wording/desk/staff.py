"""Sentences of the desk: staff."""

from __future__ import annotations

STAFF: dict[str, tuple[str, str]] = {
}
