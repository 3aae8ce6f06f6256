"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class WarningConfig(AppConfig):
    """Warning replies."""

    name = "andon.console.measures.kinds.warning"
    label = "warning"
