"""What time itself changes: no answer by the day it was due, and people told again of what is overdue. Called by the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.measures.common import notices
from andon.console.measures.kinds.removal.life import note, rules, save
from andon.console.measures.kinds.removal.models import Request

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

_State = Request.State
_RUNNING = (_State.SENT, _State.ACKNOWLEDGED, _State.PARTLY, _State.NO_ANSWER, _State.REOPENED)
_AT_ONCE = 200


def look_after(now: datetime | None = None) -> int:
    """See to all requests whose day has come; how many. Does nothing, and writes nothing, where there are none."""
    now = now or timezone.now()
    done = 0
    while due(now).exists():
        done += pass_deadlines(now)
    return done


def due(now: datetime) -> QuerySet[Request]:
    """Those whose day has come and of which nobody was told lately."""
    lately = now - timedelta(days=rules().remind_days)
    return Request.objects.filter(Q(reminded_at=None) | Q(reminded_at__lte=lately), state__in=_RUNNING, due_at__lte=now)


@unattended("removal.deadlines_passed", Via.WORKER)
def pass_deadlines(now: datetime) -> Done[int]:
    """Some of them: a request that nobody answered becomes one without an answer, and its unit is told."""
    requests = list(due(now).select_for_update(of=("self",)).select_related("unit", "provider").order_by("due_at")[:_AT_ONCE])
    for request in requests:
        is_first = request.reminded_at is None
        if request.state == _State.SENT:
            request.state = _State.NO_ANSWER
        request.reminded_at = now
        save(request, now)
        note(request, "state.no_answer" if is_first and request.state == _State.NO_ANSWER else "reminded", at=now)
        data = {"request": request.pk, "provider": request.provider.name, "left": request.left}
        notices.tell(
            "removal_overdue", url=reverse("removal:request", args=[request.pk]), unit=request.unit, right="measures.draft", data=data
        )
    return Done(len(requests), "removal", {"requests": [request.pk for request in requests]})
