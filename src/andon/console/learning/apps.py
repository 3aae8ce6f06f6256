"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """From decisions to a better model."""

    name = "andon.console.learning"
    label = "learning"

    def ready(self) -> None:
        """Be told of decisions and of campaigns that were drawn anew."""
        from andon.console.intake.hooks import AFTER_REGROUP  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.learning import benign  # noqa: PLC0415 - the same
        from andon.console.learning.actions.ask_count import ask_soon  # noqa: PLC0415 - the same
        from andon.console.review.hooks import AFTER_DECISION  # noqa: PLC0415 - the same

        AFTER_REGROUP.append(benign.mark)
        AFTER_DECISION.append(benign.after_decision)
        AFTER_DECISION.append(lambda _decision: ask_soon())
