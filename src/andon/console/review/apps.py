"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The queue and the decisions."""

    name = "andon.console.review"
    label = "review"
