"""Work in the background."""

from __future__ import annotations

from django_tasks import task

from andon.console.learning.actions.count_signals import count
from andon.console.learning.models import Fitting


@task()  # type: ignore[untyped-decorator,unused-ignore]
def fit(fitting_id: int) -> None:
    """Fit a candidate and compare it."""
    from andon.console.learning.run import run  # noqa: PLC0415 - scikit-learn takes seconds to import: not for a page that only enqueues

    run(fitting_id)


@task()  # type: ignore[untyped-decorator,unused-ignore]
def count_signals() -> None:
    """Count anew what decisions say of each signal."""
    count()


def resume_unfinished() -> list[int]:
    """Enqueue again what an earlier worker left in the middle. Called once when the worker starts, before it takes up work; returns the fittings."""
    left = list(Fitting.objects.filter(state=Fitting.State.RUNNING).values_list("pk", flat=True))
    for fitting_id in left:
        fit.enqueue(fitting_id)
    return left
