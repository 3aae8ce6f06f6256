"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations read in exhibits: reader, notes, comparisons, transcripts."""

    name = "andon.console.evidence.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Show conversations on the pages of cases and exhibits; read what is taken in."""
        from andon.console.evidence.conversations import on_case  # noqa: PLC0415 - models are there by now

        on_case.register()
