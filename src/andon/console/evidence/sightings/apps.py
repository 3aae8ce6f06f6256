"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class SightingsConfig(AppConfig):
    """Contacts and wordings that stand in conversations and in posts alike."""

    name = "andon.console.evidence.sightings"
    label = "sightings"

    def ready(self) -> None:
        """Look readings through; mark messages in the reader; have a say on cards and on the page of a case."""
        from andon.console.casework.panels import PANELS, Panel  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.evidence.conversations.hooks import AFTER_READING, ROW_BADGES  # noqa: PLC0415 - the same
        from andon.console.evidence.sightings import on_cards, on_case, on_rows, running  # noqa: PLC0415 - the same
        from andon.console.review.hooks import CARD_PARTS, CardPart  # noqa: PLC0415 - the same

        AFTER_READING.append(running.look)
        ROW_BADGES.append(on_rows.badges)
        CARD_PARTS.append(CardPart("sightings/_card.html", on_cards.card_part))
        PANELS.append(Panel("sightings", "sightings/_panel.html", on_case.panel, order=42))
