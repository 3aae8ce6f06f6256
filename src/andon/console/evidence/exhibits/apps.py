"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    """What was seized and taken in: copies under custody, by case."""

    name = "andon.console.evidence.exhibits"
    label = "exhibits"
