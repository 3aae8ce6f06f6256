"""Sentences of the desk: home."""

from __future__ import annotations

HOME: dict[str, tuple[str, str]] = {
    "desk.today": ("今日", "Today"),
}
