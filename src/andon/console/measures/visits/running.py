"""The worker's part: look at what is due, a few hosts at a time, and keep what was found. Nothing is held in memory between two rounds."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.measures.visits.actions.keep_looks import Looked, keep_looks
from andon.console.measures.visits.due import due
from andon.console.measures.visits.reading.looking import look_at
from andon.console.measures.visits.reading.seen import Outside

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.measures.visits.due import Taken
    from andon.console.measures.visits.reading.seen import Net

AT_ONCE = 8  # hosts that are asked at the same time
_OUTSIDE = Outside()
logger = logging.getLogger("andon.visits")


def run_due(limit: int = AT_ONCE, *, net: Net = _OUTSIDE, now: datetime | None = None) -> int:
    """One round: up to `limit` posts of as many hosts; how many looks were made. Another worker's looks at the same time are not counted twice."""
    found = due(now or timezone.now(), limit)
    if not found.taken and not found.idle_hosts:
        return 0

    def look(one: Taken) -> Looked:
        seen = look_at(one.look, net)
        return Looked(one, seen, now or timezone.now())

    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="look") as pool:
        looks = list(pool.map(look, found.taken))
    kept = keep_looks(looks, found.idle_hosts)
    if changed := sum(visit.is_change for visit in kept):
        logger.info("looked at %d posts: %d became another state", len(kept), changed)
    return len(looks)
