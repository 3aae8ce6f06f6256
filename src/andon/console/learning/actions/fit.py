"""Verb: ask for a fit of a candidate model from the decisions of this desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.learning import tasks
from andon.console.learning.corpus import find_corpus
from andon.console.learning.models import Fitting
from andon.console.learning.queries.decisions import any_standing
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, LabelError

if TYPE_CHECKING:
    from datetime import datetime


@verb("learning.fit_asked", Right.LEARN)
def fit(actor: Actor, *, corpus: str = "", in_background: bool = True, now: datetime | None = None) -> Done[Fitting]:
    """Ask for a fit; the background worker takes it up (a command that fits by itself says `in_background=False`).

    Raises LabelError when there is nothing to learn from or no base corpus, Conflict while another fit waits or runs.
    """
    now = now or timezone.now()
    find_corpus(corpus)
    if not any_standing():
        raise LabelError(path="", reason="no_decisions")
    _give_up_silent(now)
    fitting = Fitting.objects.create(by=actor.person, at=now, heard_at=now, corpus=corpus)
    if in_background:
        tasks.fit.enqueue(fitting.pk)
    return Done(fitting, f"fitting:{fitting.pk}", {})


def _give_up_silent(now: datetime) -> None:
    """Mark fits that a lost worker left behind as failed. Called by the verb above only."""
    for other in Fitting.objects.select_for_update().filter(state__in=(Fitting.State.WAITING, Fitting.State.RUNNING)):
        if other.is_open(now):
            raise Conflict(reason="fitting", name=f"fitting:{other.pk}")
        Fitting.objects.filter(pk=other.pk).update(state=Fitting.State.FAILED, problem={"code": "learning.problem.silent", "data": {}}, ended_at=now)
