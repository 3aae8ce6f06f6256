"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations read in exhibits: reader, notes, comparisons, transcripts."""

    name = "andon.console.evidence.conversations"
    label = "conversations"
