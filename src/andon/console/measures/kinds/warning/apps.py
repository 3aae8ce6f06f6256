"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class WarningConfig(AppConfig):
    """Warning replies."""

    name = "andon.console.measures.kinds.warning"
    label = "warning"

    def ready(self) -> None:
        """Say to the outbox, the board and the review what warnings want."""
        from andon.console.measures.common import limits  # noqa: PLC0415 - models are there by now
        from andon.console.measures.common.channels import CHANNELS  # noqa: PLC0415 - the same
        from andon.console.measures.common.kinds import KINDS  # noqa: PLC0415 - the same
        from andon.console.measures.common.outbox import hooks as outbox_hooks  # noqa: PLC0415 - the same
        from andon.console.measures.kinds.warning import hooks, kind, on_cards, sending  # noqa: PLC0415 - the same
        from andon.console.measures.kinds.warning.actions.withdrawing import LIMIT  # noqa: PLC0415 - the same
        from andon.console.review.hooks import AFTER_DECISION  # noqa: PLC0415 - the same

        limits.known("warning", per_day=200, per_minute=6)
        limits.known(LIMIT, per_day=1000, per_minute=60)
        CHANNELS.update(sending.channels())
        KINDS.append(kind.KIND)
        outbox_hooks.MAY_GO[sending.REPLY] = hooks.may_go
        outbox_hooks.CHANGED[sending.REPLY] = hooks.changed
        for step in (sending.DELETE, sending.APOLOGY):
            outbox_hooks.CHANGED[step] = hooks.withdrawal_changed
        AFTER_DECISION.append(hooks.after_decision)
        on_cards.register()
