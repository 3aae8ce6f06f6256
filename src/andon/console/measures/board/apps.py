"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """What waits for whom; many measures of one decision."""

    name = "andon.console.measures.board"
    label = "board"
