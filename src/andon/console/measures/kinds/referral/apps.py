"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """Referrals to others."""

    name = "andon.console.measures.kinds.referral"
    label = "referral"

    def ready(self) -> None:
        """One of the kinds of measures, with the channel to units of the desk."""
        from andon.console.measures.common import channels, kinds, limits  # noqa: PLC0415 - models are there by now
        from andon.console.measures.common.outbox import hooks  # noqa: PLC0415 - the same
        from andon.console.measures.kinds.referral import kind, sending  # noqa: PLC0415 - the same

        channels.CHANNELS[sending.CHANNEL.code] = sending.CHANNEL
        hooks.MAY_GO[kind.KIND.code] = sending.may_go
        hooks.CHANGED[kind.KIND.code] = sending.changed
        limits.known(kind.KIND.code, per_day=200, per_minute=30)
        kinds.KINDS.append(kind.KIND)
