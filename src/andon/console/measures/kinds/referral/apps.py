"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """Referrals to others."""

    name = "andon.console.measures.kinds.referral"
    label = "referral"
