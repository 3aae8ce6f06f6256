"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The typed interface for other programs."""

    name = "andon.console.api"
    label = "api"
