"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """What all measures share: providers, what goes out, limits, notices."""

    name = "andon.console.measures.common"
    label = "measures"
