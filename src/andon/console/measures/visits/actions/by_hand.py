"""People look themselves, or have the worker look at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.visits.actions.keep_looks import WATCH_FIELDS, moved_on, tell
from andon.console.measures.visits.models import Visit, Watch
from andon.console.measures.visits.plan import plan_visits, refresh_hosts
from andon.console.measures.visits.rules import State
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MOST = 1000
CODE = "person"
NOTE_LENGTH = 300


@verb("visits.looked", Right.MEASURE_DRAFT)
def looked(actor: Actor, post_id: int, state: str, *, note: str = "", now: datetime | None = None) -> Done[Visit]:
    """A named person looked at the post and says what they saw. Their word counts at once, "gone" too.

    Raises Refused for what is no state, Conflict for a post that nobody watches.
    """
    if state not in set(State):
        raise Refused(reason="visit_state", name=state)
    watch = Watch.objects.select_for_update().filter(post=post_id).first()
    if watch is None:
        raise Conflict(reason="not_watched", name=post_id)
    visit = moved_on(watch, state, CODE, now or timezone.now(), by=actor.person)
    visit.note = note.strip()[:NOTE_LENGTH]
    watch.save(update_fields=WATCH_FIELDS)
    tell([visit])
    refresh_hosts([watch.host_id])
    return Done(visit, f"post:{post_id}", {"state": state, "before": visit.before, "visit": visit.pk})


@verb("visits.asked", Right.MEASURE_DRAFT)
def look_now(actor: Actor, post_ids: Sequence[int], *, now: datetime | None = None) -> Done[int]:
    """Have posts looked at as soon as their hosts may be asked; how many. Raises Refused for too many at once."""
    ids = list(dict.fromkeys(post_ids))
    if len(ids) > MOST:
        raise Refused(reason="too_many_posts", name=MOST)
    count = plan_visits(ids, first_after=timedelta(0), why="person", by=actor.person, now=now)
    return Done(count, f"post:{ids[0]}" if len(ids) == 1 else "", {"posts": len(ids), "planned": count, "ids": ids[:200]})
