"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class RemovalConfig(AppConfig):
    """Removal requests."""

    name = "andon.console.measures.kinds.removal"
    label = "removal"
