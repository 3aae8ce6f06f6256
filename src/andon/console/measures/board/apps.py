"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """What waits for whom; many measures of one decision."""

    name = "andon.console.measures.board"
    label = "board"

    def ready(self) -> None:
        """Digests count under a limit of their own; measures stand on the line of time of cases."""
        from andon.console.measures.board import on_cases  # noqa: PLC0415 - models are there by now
        from andon.console.measures.common import limits  # noqa: PLC0415 - models are there by now

        on_cases.register()
        limits.known("digest", per_day=1000, per_minute=60)
