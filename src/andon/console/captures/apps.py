"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CapturesConfig(AppConfig):
    """Posts as they were seen, kept as evidence."""

    name = "andon.console.captures"
    label = "captures"
