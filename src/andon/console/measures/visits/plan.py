"""Planning looks. Plain functions, to be called by verbs of measures only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from andon.console.intake import bulk
from andon.console.intake.models import Post
from andon.console.measures.visits.models import Host, Watch
from andon.console.measures.visits.reading.walls import is_walled
from andon.console.measures.visits.rules import LASTING, SHORTEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from andon.console.staff.models import Person

_PIECE = 400
_SHORTEST = int(SHORTEST.total_seconds())


def plan_visits(
    post_ids: Iterable[int],
    *,
    first_after: timedelta = SHORTEST,
    why: str = "measure",
    by: Person | None = None,
    lasting: timedelta = LASTING,
    now: datetime | None = None,
) -> int:
    """Have posts looked at, the first time after `first_after`, and as long as `why` (a measure's name) or anybody else wants it; how many.

    A post that is watched already is looked at no later than asked for now. A post without an address cannot be looked at and is left out. `by` is
    the person whose act it follows from: in their name what a look saw is kept as a capture when a post's state becomes another.
    """
    now = now or timezone.now()
    asked = _Asked(now + first_after, now + lasting, why, by, now)
    return sum(_plan(piece, asked) for piece in _pieces(list(dict.fromkeys(post_ids))))


def stop(post_ids: Iterable[int], *, why: str = "measure") -> None:
    """`why` no longer wants the posts looked at. Where nobody else does, they are not."""
    for piece in _pieces(list(dict.fromkeys(post_ids))):
        watches = list(Watch.objects.filter(post__in=piece))
        for watch in watches:
            watch.asks = [one for one in watch.asks if one != why]
            watch.next_at = watch.next_at if watch.asks else None
        bulk.update(Watch, ["asks", "next_at"], watches)
        refresh_hosts({watch.host_id for watch in watches})


def host_of(url: str) -> str:
    """The server of an address, with its port where that is not the usual one; nothing for what is no address of a page."""
    try:
        parts = urlsplit(url)
        usual = parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme))
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not name or len(name) > 253:  # noqa: PLR2004 - RFC 1035
        return ""
    return name if usual else f"{name}:{parts.port}"


@dataclass(frozen=True, slots=True)
class _Asked:
    first: datetime
    until: datetime
    why: str
    by: Person | None
    now: datetime


def _plan(ids: Sequence[int], asked: _Asked) -> int:
    known = {watch.post_id: watch for watch in Watch.objects.select_for_update(of=("self",)).filter(post__in=ids)}
    for watch in known.values():
        watch.asks = sorted({*watch.asks, asked.why})
        watch.until = max(watch.until, asked.until)
        watch.next_at = min(watch.next_at, asked.first) if watch.next_at else asked.first
        watch.interval_seconds = _SHORTEST
        watch.by = watch.by or asked.by
    bulk.update(Watch, ["asks", "until", "next_at", "interval_seconds", "by"], list(known.values()))
    urls = Post.objects.filter(pk__in=[one for one in ids if one not in known]).values_list("pk", "url")
    places = {pk: host for pk, url in urls if (host := host_of(url))}
    hosts = _hosts(set(places.values()))
    Watch.objects.bulk_create([
        Watch(
            post_id=pk, host_id=hosts[host], by_person=is_walled(host), by=asked.by, asks=[asked.why], next_at=asked.first, until=asked.until,
            planned_at=asked.now,
        )
        for pk, host in places.items()
    ])  # fmt: skip
    looked_at = {watch.host_id for watch in known.values() if not watch.by_person}
    _wake(looked_at | {hosts[host] for host in places.values() if not is_walled(host)}, asked.first)
    return len(known) + len(places)


def _hosts(names: set[str]) -> dict[str, int]:
    """The numbers of hosts by name; new ones are added."""
    Host.objects.bulk_create([Host(name=name) for name in sorted(names)], ignore_conflicts=True)
    return dict(Host.objects.filter(name__in=names).values_list("name", "pk"))


def _wake(host_ids: set[int], first: datetime) -> None:
    """The hosts are asked no later than at `first`, unless they are left alone until later."""
    changed = []
    for host in Host.objects.select_for_update().filter(pk__in=host_ids):
        earliest = max(first, host.ready_at) if host.ready_at else first
        if host.next_at is None or earliest < host.next_at:
            host.next_at = earliest
            changed.append(host)
    bulk.update(Host, ["next_at"], changed)


def with_first(host_ids: Iterable[int]) -> list[tuple[Host, datetime | None]]:
    """Hosts (locked), each with the time when the first of its watches is due. One question for all of them."""
    waiting = Watch.objects.filter(host=OuterRef("pk"), by_person=False, next_at__isnull=False)
    first = Subquery(waiting.order_by("next_at").values("next_at")[:1])
    rows = Host.objects.select_for_update(of=("self",)).filter(pk__in=host_ids).annotate(first=first)
    return [(host, host.first) for host in rows]  # type: ignore[attr-defined,unused-ignore]  # the annotation


def not_before(first: datetime | None, ready_at: datetime | None) -> datetime | None:
    """When a host is asked next: when the first of its watches is due, but not while it is left alone."""
    return first if first is None or ready_at is None else max(first, ready_at)


def refresh_hosts(host_ids: Iterable[int]) -> None:
    """Set when each host is asked next. Called inside verbs only."""
    found = with_first(host_ids)
    for host, first in found:
        host.next_at = not_before(first, host.ready_at)
    bulk.update(Host, ["next_at"], [host for host, _ in found])


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PIECE):
        yield ids[start : start + _PIECE]
