"""Why a case is handed over. The words stand in `wording` (referral.reason.*)."""

from __future__ import annotations

from datetime import timedelta

REASONS = ("jurisdiction", "investigation", "removal", "overseas", "protection", "other")
NEEDS_NOTE = "other"  # says nothing by itself
ANSWER_WITHIN = timedelta(days=7)
EVERYWHERE = ("draft", "approved", "sent", "accepted")  # states in which a case is with its receiver, or on its way
REACHED = ("sent", "accepted", "returned", "closed")  # states that the receiving unit sees
