"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Looking again whether a post is still there."""

    name = "andon.console.measures.visits"
    label = "visits"
