"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The first page."""

    name = "andon.console.home"
    label = "home"
