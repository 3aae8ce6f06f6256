"""Sentences of the desk: api."""

from __future__ import annotations

API: dict[str, tuple[str, str]] = {
}
