"""Limits of the contact log, each with its source ("own": a choice of this project where the sources name no number)."""

from __future__ import annotations

from datetime import timedelta

LATE_AFTER = timedelta(hours=24)  # A9, O6: own; a contact written down later than this is a late entry
LEAST_SHOWN = 3  # O9: own; in the public table a number below this (but not nought) is suppressed
