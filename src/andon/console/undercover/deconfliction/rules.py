"""Limits of the blind check, each with its source ("own": a choice of this project where the sources name no number)."""

from __future__ import annotations

from datetime import timedelta

MOST_VALUES = 3  # own; of one check by hand: it asks about somebody, it does not try a list
DAY_VALUES = 20  # own; of one person in a day of Japan, over all cases
LEAST_GROUND = 10  # own; characters of the ground of a check
KEPT_FOR = timedelta(days=30)  # own; how long a value that was checked by hand stands in the register
LONGEST_WINDOW = timedelta(hours=24)  # own; of a place that is checked, and of a meeting
BOARD_DAYS = 7  # own; how far the board looks ahead
