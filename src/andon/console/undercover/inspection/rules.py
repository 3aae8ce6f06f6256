"""Limits of the inspector's desk, each with its source ("own": a choice of this project where the sources name no number)."""

from __future__ import annotations

from datetime import timedelta

ACKNOWLEDGE_WITHIN = timedelta(hours=24)  # A17: own; raised words that the coordinator answered for later than this are pointed out
MOST_DRAWN = 50  # O5: own; cases of one draw
