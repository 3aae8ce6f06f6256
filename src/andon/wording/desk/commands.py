"""Sentences of the desk: commands."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
}
