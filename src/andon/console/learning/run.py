"""One fitting from beginning to end, for the worker and for the command: how far it is goes into its row, and why it failed too."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from andon.console.learning.actions.report import report_done, report_failed, report_step
from andon.console.learning.fitted import fit_candidate
from andon.console.learning.models import Fitting
from andon.domain.errors import AndonError

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)


def run(fitting_id: int, watch: Callable[[str, float], None] = lambda _step, _share: None) -> Fitting:
    """Carry a fitting out, and hand back its row. One that has ended already stays as it is; one that a lost worker left is begun anew."""
    fitting = Fitting.objects.get(pk=fitting_id)
    if fitting.state in (Fitting.State.DONE, Fitting.State.FAILED):
        return fitting
    last = ""

    def progress(step: str, share: float) -> None:
        nonlocal last
        if step != last:  # an entry of the trail for each step, not for every hundredth
            report_step(fitting_id, step, share)
            last = step
        watch(step, share)

    try:
        report_done(fitting_id, fit_candidate(fitting.corpus, progress))
    except AndonError as error:
        data = {name: value if isinstance(value, int | float) else str(value) for name, value in error.data.items()}
        report_failed(fitting_id, error.code, data)
        logger.warning("fitting %d failed: %s", fitting_id, error.code)
    except (OSError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
        # what fitting itself may raise on rows that no fit can be made of; the trace goes to the log, the row says that and what
        report_failed(fitting_id, "learning.problem.fit", {"name": type(error).__name__})
        logger.exception("fitting %d failed", fitting_id)
    fitting.refresh_from_db()
    return fitting
