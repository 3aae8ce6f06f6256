"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class RemovalConfig(AppConfig):
    """Removal requests."""

    name = "andon.console.measures.kinds.removal"
    label = "removal"

    def ready(self) -> None:
        """Tell the board and the outbox of this kind; be told of looks, of campaigns drawn anew, and of decisions."""
        from andon.console.intake.hooks import AFTER_REGROUP  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.measures.common import limits  # noqa: PLC0415 - the same
        from andon.console.measures.common.kinds import KINDS  # noqa: PLC0415 - the same
        from andon.console.measures.common.outbox import hooks  # noqa: PLC0415 - the same
        from andon.console.measures.kinds.removal import arrivals, on_cards, outgoing  # noqa: PLC0415 - the same
        from andon.console.measures.kinds.removal.kind import REMOVAL  # noqa: PLC0415 - the same
        from andon.console.measures.visits.hooks import AFTER_VISIT  # noqa: PLC0415 - the same
        from andon.console.review.hooks import AFTER_DECISION  # noqa: PLC0415 - the same

        KINDS.append(REMOVAL)
        limits.known(REMOVAL.code, per_day=3_000, per_minute=1_000)  # posts
        hooks.MAY_GO[REMOVAL.code] = outgoing.may_go
        hooks.CHANGED[REMOVAL.code] = outgoing.changed
        AFTER_VISIT.append(arrivals.after_visits)
        AFTER_REGROUP.append(arrivals.after_regroup)
        AFTER_DECISION.append(arrivals.after_decision)
        on_cards.register()
