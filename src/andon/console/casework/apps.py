"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases: who works on what, what belongs to it, and who may know of it."""

    name = "andon.console.casework"
    label = "casework"

    def ready(self) -> None:
        """Name what belongs to cases, and tell what happened to them."""
        from andon.console.casework import known, on_cards, sources  # noqa: PLC0415 - models are there by now

        known.register()
        on_cards.register()
        sources.register()
