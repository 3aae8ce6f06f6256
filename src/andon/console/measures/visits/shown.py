"""What the pages of visits list. Counts come from covering indexes: they are quick at 100,000 watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from andon.console.measures.visits.models import Host, Watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

STATES = ("gone", "changed", "there", "none")


@dataclass(frozen=True, slots=True)
class HostLine:
    """A host: how many posts are looked at there, how many of them are due, and how it does."""

    host: Host
    open: int
    due: int


def counts() -> dict[str, int]:
    """How many watched posts are in each state; "none" for those that nobody could tell of yet."""
    found = dict(Watch.objects.order_by().values_list("state").annotate(posts=Count("pk")))
    return {state: found.get("" if state == "none" else state, 0) for state in STATES}


def watches(state: str) -> QuerySet[Watch]:
    """The watched posts in a state, the latest to come into it first."""
    return Watch.objects.filter(state="" if state == "none" else state).select_related("post", "host").order_by("-state_at", "-pk")


def due_by_person(now: datetime) -> QuerySet[Watch]:
    """Posts that a person should look at, since no program can tell there: the longest waiting first."""
    return Watch.objects.filter(by_person=True, next_at__lte=now).select_related("post", "host").order_by("next_at", "pk")


def host_sizes(now: datetime) -> list[tuple[int, int, int]]:
    """Host, posts looked at by the worker, and those due, of all hosts: most due first."""
    rows = Watch.objects.filter(by_person=False, next_at__isnull=False).order_by().values_list("host")
    found = rows.annotate(open=Count("pk"), due=Count("pk", filter=Q(next_at__lte=now)))
    return sorted(((host, every, due) for host, every, due in found), key=lambda row: (-row[2], -row[1], row[0]))


def host_lines(sizes: Sequence[tuple[int, int, int]]) -> list[HostLine]:
    """These hosts with their names."""
    hosts = Host.objects.in_bulk([host for host, _, _ in sizes])
    return [HostLine(hosts[host], every, due) for host, every, due in sizes if host in hosts]
