"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Looking again whether a post is still there."""

    name = "andon.console.measures.visits"
    label = "visits"

    def ready(self) -> None:
        """Tell holds what posts, campaigns and contacts are called, and have cards show holds and what became of posts."""
        from andon.console.measures.common import held_names  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.measures.visits import on_cards  # noqa: PLC0415 - the same

        held_names.register()
        on_cards.register()
