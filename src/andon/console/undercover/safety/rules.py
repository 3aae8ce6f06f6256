"""Times of the safety rules, each "own": a choice of this project where the sources name no number."""

from __future__ import annotations

from datetime import timedelta

DURING = timedelta(minutes=60)  # between two welfare checks while a meeting goes on
AFTER = timedelta(minutes=30)  # after its end, and after a meeting that was not planned
GRACE = timedelta(minutes=10)  # a check that is not answered by then is missed: the coordinator is told
STEP = timedelta(minutes=10)  # then the next of the chain, each after this time
REMIND = timedelta(minutes=3)  # a call for help that nobody has taken is told to the whole chain again
MOST_REMINDERS = 10
CALL_AFTER = timedelta(days=30)  # after a plan's end its button for help stays on the officer's screen
FRESH = timedelta(hours=2)  # a meeting that was written down within this time asks for a check
MOST_CHECKS = 30  # of one meeting
