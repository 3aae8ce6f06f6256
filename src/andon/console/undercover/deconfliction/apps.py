"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class DeconflictionConfig(AppConfig):
    """Two units that follow the same person learn whom to call, and no more."""

    name = "andon.console.undercover.deconfliction"
    label = "deconfliction"
