"""What is to be looked at now: at most one post of a host, the host that waits longest first. Two questions, however many watches there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from andon.console.measures.visits.models import Host, Watch
from andon.console.measures.visits.reading.seen import Look

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A watch that is due, as it was taken: what is kept of a look only holds while `next_at` is still the same."""

    watch_id: int
    host_id: int
    next_at: datetime
    look: Look


@dataclass(frozen=True, slots=True)
class Due:
    """Watches to look at, and hosts that only seemed to have one."""

    taken: list[Taken]
    idle_hosts: list[int]


def due(now: datetime, limit: int) -> Due:
    """Up to `limit` watches of as many hosts."""
    first = Watch.objects.filter(host=OuterRef("pk"), by_person=False, next_at__isnull=False).order_by("next_at").values("pk")[:1]
    rows = list(Host.objects.filter(next_at__lte=now).order_by("next_at").annotate(first=Subquery(first)).values_list("pk", "first")[:limit])
    watches = Watch.objects.filter(pk__in=[watch for _, watch in rows if watch is not None], next_at__lte=now)
    fields = ("pk", "host_id", "next_at", "post__url", "post__text")
    taken = [Taken(pk, host, at, Look(url, text)) for pk, host, at, url, text in watches.order_by("next_at").values_list(*fields) if at is not None]
    return Due(taken, sorted({host for host, _ in rows} - {one.host_id for one in taken}))
