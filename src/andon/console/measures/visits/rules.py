"""When to look again, and when a look counts. Pure functions of what a watch knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from andon.console.outside.pace import SPACING

SHORTEST = timedelta(hours=6)
LONGEST = timedelta(days=7)
LASTING = timedelta(days=90)  # how long a post is looked at again after the last measure asked for it
HOST_SPACING = timedelta(seconds=SPACING)  # between two looks at one host
HOST_FIRST_PAUSE, HOST_LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=12)  # of a host that fails or asks to be left alone
_SPREAD = 17  # watches planned together do not all come due together


class State(StrEnum):
    """What a look found."""

    THERE = "there"
    GONE = "gone"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a post: the state that counts (empty: nobody could tell yet), the last one that a look could tell and since when it is told,
    and how many looks in a row told it."""  # noqa: D205, D209

    settled: str
    told: str
    told_at: datetime | None  # when the last look that counted in the row was made
    agreed: int
    interval: timedelta


def learnt(known: Known, state: str, at: datetime, *, by_person: bool = False) -> tuple[Known, bool]:
    """What is known after a look, and whether the look's state counts from now on.

    What was seen counts at once. That nothing was seen counts when looks agree (setting VISITS_AGREE), or when a named person says so. "Cannot tell"
    changes nothing and does not break the row. Looks nearer to each other than VISITS_APART seconds are one look.
    """
    if state == State.UNKNOWN:
        return replace(known, interval=min(known.interval * 2, LONGEST)), False
    again = state == known.told
    if again and known.told_at is not None and at - known.told_at < timedelta(seconds=settings.VISITS_APART):
        agreed, told_at = known.agreed, known.told_at
    else:
        agreed, told_at = known.agreed + 1 if again else 1, at
    counts = state != State.GONE or by_person or agreed >= settings.VISITS_AGREE or known.settled == State.GONE
    settled = state if counts else known.settled
    same = counts and settled == known.settled
    return Known(settled, state, told_at, agreed, min(known.interval * 2, LONGEST) if same else SHORTEST), counts


def next_look(interval: timedelta, at: datetime, until: datetime, number: int) -> datetime | None:
    """When to look again after a look at `at`; the last look is at `until`, and none comes after it."""
    if at >= until:
        return None
    return min(at + interval * (1 + (number % _SPREAD - _SPREAD // 2) / 100), until)


def host_pause(failures: int) -> timedelta:
    """How long a host that failed so many times in a row is left alone."""
    return min(HOST_FIRST_PAUSE * (1 << min(max(failures - 1, 0), 10)), HOST_LONGEST_PAUSE)
