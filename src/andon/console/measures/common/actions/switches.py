"""Switching channels on and off, setting limits, closing breakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common import limits
from andon.console.measures.common.channels import CHANNELS, COPY
from andon.console.measures.common.models import ChannelSwitch, DayCount, Limit, Outgoing
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime


@verb("measures.channel_switched", Right.MEASURE_RULES, grave=True)
def switch(actor: Actor, channel: str, *, is_live: bool) -> Done[None]:
    """Let a channel send for real, or stop it. What waits while it is off is kept as made and not sent."""
    if channel not in CHANNELS or channel == COPY:
        raise Conflict(reason="no_channel", name=channel)
    ChannelSwitch.objects.update_or_create(channel=channel, defaults={"is_live": is_live, "by": actor.person, "at": timezone.now()})
    return Done(None, f"channel:{channel}", {"live": is_live})


@verb("measures.limit_set", Right.MEASURE_RULES)
def set_limit(_actor: Actor, name: str, *, per_day: int, per_minute: int) -> Done[Limit]:
    """Say how much may go out under a limit."""
    limit = limits.of(name)
    before = {"day": limit.per_day, "minute": limit.per_minute}
    Limit.objects.filter(pk=limit.pk).update(per_day=per_day, per_minute=per_minute)
    limit.refresh_from_db()
    return Done(limit, f"limit:{name}", {"before": before, "per_day": per_day, "per_minute": per_minute})


@verb("measures.breaker_closed", Right.MEASURE_RULES, grave=True)
def close_breaker(_actor: Actor, name: str, *, now: datetime | None = None) -> Done[None]:
    """Let more go out under a limit that was reached: as much again as a day allows, for today. What waited for it goes on at once."""
    now = now or timezone.now()
    limit = limits.of(name)
    if not Limit.objects.filter(pk=limit.pk, tripped_at__isnull=False).update(tripped_at=None):
        raise Conflict(reason="breaker_closed", name=name)
    day, _ = DayCount.objects.get_or_create(limit=limit, day=timezone.localdate(now))
    used_up = day.spent >= limit.per_day + day.extra
    if used_up:
        DayCount.objects.filter(pk=day.pk).update(extra=F("extra") + limit.per_day)
    waiting = Outgoing.objects.filter(state=Outgoing.State.WAITING, limit=name, problem="limit_day")
    released = waiting.update(not_before=now, problem="")
    return Done(None, f"limit:{name}", {"spent": day.spent, "released": released})
