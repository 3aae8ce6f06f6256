"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class SightingsConfig(AppConfig):
    """Contacts and wordings that stand in conversations and in posts alike."""

    name = "andon.console.evidence.sightings"
    label = "sightings"
