"""Say that the police were told before a provider is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.kinds.removal.life import BEFORE_SENDING, note, save
from andon.console.measures.kinds.removal.models import Request
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_LONGEST = 200


@verb("removal.police_told", Right.MEASURE_DRAFT)
def tell_police(actor: Actor, request_ids: Sequence[int], whom: str, *, at: datetime | None = None) -> Done[int]:
    """Record that the police (which office, under which number) were told of some requests, at a time that is not in the future; how many were.

    Raises Refused without an office or for a time to come, Conflict for a request that has gone out or that they were told of already.
    """
    now = timezone.now()
    at, whom = at or now, whom.strip()[:_LONGEST]
    if not whom:
        raise Refused(reason="police_whom", name="removal")
    requests = list(Request.objects.select_for_update().filter(pk__in=request_ids))
    for request in requests:
        if at > now:
            raise Refused(reason="in_the_future", name=f"removal:{request.pk}")
        if request.state not in BEFORE_SENDING or request.police_told_at is not None:
            raise Conflict(reason="police_told", name=f"removal:{request.pk}")
        request.police_told_at, request.police_told_by, request.police_told = at, actor.person, whom
        save(request, now)
        note(request, "police_told", by=actor.person, text=whom, at=at)
    return Done(len(requests), "removal", {"requests": [request.pk for request in requests], "at": at.isoformat(timespec="seconds")})
