"""Verifying an exhibit: the work of the worker between the verbs. The rows of the custody log are anchors that lie outside of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.verifying import begin_check, end_check, fail_check
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.models import Check, CustodyLine, Work
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import alone, store
from andon.evidence.custody.log import Anchor
from andon.evidence.custody.verify import verify

if TYPE_CHECKING:
    from andon.console.evidence.exhibits.models import Exhibit


def check(check_id: int) -> Check:
    """Verify what was asked for; what goes wrong is told on the check."""
    row = Check.objects.select_related("exhibit").get(pk=check_id)
    with alone(job_of(row)) as mine:
        if mine and row.ended_at is None:
            with Boundary(lambda problem: fail_check(check_id, problem), row.exhibit.title):
                begin_check(check_id)
                with Progress(job_of(row), row.exhibit.size_bytes) as progress:
                    found = verify(store(), anchors(row.exhibit), progress.add, only=(row.exhibit.code,))
                end_check(check_id, found)
    row.refresh_from_db()
    return row


def job_of(row: Check) -> str:
    """The name of the job."""
    return f"check-{row.pk}"


def anchors(exhibit: Exhibit) -> tuple[Anchor, ...]:
    """Lines that the log has to hold: those of the exhibit, and the last that the desk has seen of any."""
    if mirror.is_behind():
        mirror.catch_up()
    last = CustodyLine.objects.order_by("-number")[:1]
    rows = [*CustodyLine.objects.filter(exhibit=exhibit.code), *last]
    return tuple({Anchor(row.number, row.hash) for row in rows})


def run_due() -> int:
    """Do the checks that wait; how many."""
    due = list(Check.objects.filter(state__in=(Work.WAITING, Work.RUNNING)).order_by("pk").values_list("pk", flat=True))
    return sum(check(pk).ended_at is not None for pk in due)
