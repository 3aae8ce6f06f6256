"""Verbs of the machine itself: how far a fit is, what came of it. No person calls them; the person who asked for the fit stands in its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.intake.models import ModelVersion
from andon.console.learning.models import Fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.learning.fitted import Fitted


@unattended("learning.fit_step", Via.WORKER)
def report_step(fitting_id: int, step: str, share: float) -> Done[None]:
    """The fit is at a new step."""
    Fitting.objects.filter(pk=fitting_id).update(state=Fitting.State.RUNNING, step=step, share_done=share, heard_at=timezone.now())
    return Done(None, f"fitting:{fitting_id}", {"step": step})


@unattended("learning.fit_done", Via.WORKER)
def report_done(fitting_id: int, fitted: Fitted) -> Done[ModelVersion]:
    """A candidate with its comparison. The same model as one that is there already is that one."""
    now = timezone.now()
    version, is_new = ModelVersion.objects.get_or_create(sha256=fitted.sha256, defaults={"file": fitted.file, "card": fitted.card, "made_at": now})
    Fitting.objects.filter(pk=fitting_id).update(
        state=Fitting.State.DONE, step="", share_done=1.0, rows=fitted.rows, comparison=fitted.comparison, against=fitted.against, candidate=version,
        heard_at=now, ended_at=now,
    )  # fmt: skip
    return Done(version, f"fitting:{fitting_id}", {"model": version.pk, "sha256": fitted.sha256, "new": is_new, "rows": fitted.rows})


@unattended("learning.fit_failed", Via.WORKER)
def report_failed(fitting_id: int, code: str, data: Mapping[str, Any]) -> Done[None]:
    """The fit ended without a candidate; why is told by a code of `wording` and its data."""
    now = timezone.now()
    problem = {"code": code, "data": dict(data)}
    Fitting.objects.filter(pk=fitting_id).update(state=Fitting.State.FAILED, step="", problem=problem, heard_at=now, ended_at=now)
    return Done(None, f"fitting:{fitting_id}", {"code": code})
