"""Breakers: how much of something may go out in a day and in a minute. Counted in the database, so that all processes share them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from andon.console.measures.common.models import DayCount, Limit
from andon.domain.errors import LimitReached

if TYPE_CHECKING:
    from datetime import datetime

_USUAL = (500, 60)
_known: dict[str, tuple[int, int]] = {}


def known(name: str, *, per_day: int, per_minute: int) -> None:
    """Say what a limit is where no person has set another (apps do when they are ready). It also holds for names that continue it: "warning:3"."""
    _known[name] = (per_day, per_minute)


def spend(name: str, n: int = 1, *, now: datetime | None = None) -> None:
    """Count `n` more; called inside a verb or the worker's sending.

    Raises LimitReached (reason "day" or "minute") and counts nothing when that is more than may go. Whoever takes the last that a day allows trips
    the breaker, and it stays open, on later days too, until a person closes it.
    """
    now = now or timezone.now()
    with transaction.atomic():
        limit = of(name)
        day = DayCount.objects.get_or_create(limit=limit, day=timezone.localdate(now))[0]
        allowed = limit.per_day + day.extra
        fits = limit.tripped_at is None and DayCount.objects.filter(pk=day.pk, spent__lte=allowed - n).update(spent=F("spent") + n)
        if not fits:
            raise LimitReached(reason="day", name=name)
        _spend_minute(limit, n, now)
        if DayCount.objects.filter(pk=day.pk, spent__gte=allowed).exists():
            trip(name, now)


def trip(name: str, now: datetime | None = None) -> bool:
    """Open the breaker; called inside a verb. Says whether it was closed before."""
    return bool(Limit.objects.filter(name=name, tripped_at=None).update(tripped_at=now or timezone.now()))


def left(name: str, *, now: datetime | None = None) -> int:
    """How much may still go today."""
    per_day, _ = usual(name)
    limit = Limit.objects.filter(name=name).first()
    if limit is None:
        return per_day
    if limit.tripped_at is not None:
        return 0
    day = DayCount.objects.filter(limit=limit, day=timezone.localdate(now or timezone.now())).first()
    return max(limit.per_day + (day.extra - day.spent if day else 0), 0)


def of(name: str) -> Limit:
    """The limit of this name, made as its app knows it where there is none; called inside a verb."""
    per_day, per_minute = usual(name)
    return Limit.objects.get_or_create(name=name, defaults={"per_day": per_day, "per_minute": per_minute})[0]


def names() -> list[str]:
    """The limits that apps know of."""
    return sorted(_known)


def next_minute(now: datetime) -> datetime:
    """When the next minute begins."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def usual(name: str) -> tuple[int, int]:
    """Per day and per minute, as its app knows it."""
    return _known.get(name) or _known.get(name.partition(":")[0]) or _USUAL


def _spend_minute(limit: Limit, n: int, now: datetime) -> None:
    """Count in the minute. More than a whole minute's worth at once goes when nothing else went in that minute."""
    minute = now.replace(second=0, microsecond=0)
    if Limit.objects.filter(pk=limit.pk).exclude(minute=minute).update(minute=minute, in_minute=n):
        return
    if not Limit.objects.filter(pk=limit.pk, in_minute__lte=limit.per_minute - n).update(in_minute=F("in_minute") + n):
        raise LimitReached(reason="minute", name=limit.name)
