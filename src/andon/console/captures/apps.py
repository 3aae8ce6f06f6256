"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CapturesConfig(AppConfig):
    """Posts as they were seen, kept as evidence."""

    name = "andon.console.captures"
    label = "captures"

    def ready(self) -> None:
        """Say on cards what is kept."""
        from andon.console.captures import on_cards  # noqa: PLC0415 - models are there by now

        on_cards.register()
