"""Referrals to others."""

from __future__ import annotations

REFERRAL: dict[str, tuple[str, str]] = {}
