"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """What all measures share: providers, what goes out, limits, notices."""

    name = "andon.console.measures.common"
    label = "measures"

    def ready(self) -> None:
        """The two channels that every installation has."""
        from andon.console.measures.common import channels, mailing  # noqa: PLC0415 - models are there by now

        channels.CHANNELS[channels.MAIL] = mailing.CHANNEL
        channels.CHANNELS[channels.COPY] = channels.BY_HAND
