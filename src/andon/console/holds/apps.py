"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class HoldsConfig(AppConfig):
    """Flags that stop warnings and removals."""

    name = "andon.console.holds"
    label = "holds"
