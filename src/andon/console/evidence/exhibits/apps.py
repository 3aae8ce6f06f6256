"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    """What was seized and taken in: copies under custody, by case."""

    name = "andon.console.evidence.exhibits"
    label = "exhibits"

    def ready(self) -> None:
        """Show exhibits on the page of their case."""
        from andon.console.evidence.exhibits import on_case  # noqa: PLC0415 - models are there by now

        on_case.register()
