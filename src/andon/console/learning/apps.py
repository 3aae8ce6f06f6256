"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """From decisions to a better model."""

    name = "andon.console.learning"
    label = "learning"
