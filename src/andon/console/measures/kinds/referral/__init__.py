"""Referrals to others."""
