"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """The officer's consent, welfare checks and the call for help."""

    name = "andon.console.undercover.safety"
    label = "safety"
