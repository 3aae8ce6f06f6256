"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The trail's pages, verification and checkpoints."""

    name = "andon.console.trail"
    label = "trail"

    def ready(self) -> None:
        """Sign a checkpoint after every thousandth entry, whichever process adds it."""
        from andon.console.audit.chain import AFTER_EVERY  # noqa: PLC0415 - it needs the models, which are loaded before this is called
        from andon.console.trail.checkpoints import make  # noqa: PLC0415 - the same

        if make not in AFTER_EVERY:
            AFTER_EVERY.append(make)
