"""Sentences of the desk: intake."""

from __future__ import annotations

INTAKE: dict[str, tuple[str, str]] = {
}
