"""Verbs: have counted anew what decisions say of each signal, soon after decisions or when asked (`count_signals` counts)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.learning import tasks
from andon.console.learning.models import SignalCount
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django_tasks import TaskResult

SOON = timedelta(minutes=10)  # after the first decision that is not counted yet; all that follow meanwhile are counted with it


@verb("learning.signals_asked", Right.MODEL_READ)
def ask(actor: Actor) -> Done[None]:  # noqa: ARG001 - the gate keeps who asked
    """Have the figures counted now."""
    _enqueue(timedelta(0))
    return Done(None, "signals")


def ask_soon() -> None:
    """Have the figures counted some minutes from now, unless that was asked for already. Called by the hook of decisions only."""
    row = SignalCount.objects.first()
    if row is None or not row.is_due(timezone.now()):
        _enqueue(SOON)


def _enqueue(wait: timedelta) -> TaskResult[None]:
    now = timezone.now()
    SignalCount.objects.update_or_create(pk=1, defaults={"asked_at": now})
    return tasks.count_signals.using(run_after=now + wait).enqueue() if wait else tasks.count_signals.enqueue()
