"""The background worker, a process beside the server: scans uploads, fits models, sends what is due, keeps house every hour.

`python -m andon.console.worker`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from andon.console import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

INTERVAL = 0.2  # seconds between two looks for work
HOUR = 3600.0
SENDING = 1.0  # seconds between two looks into the outbox
LOOKING = 2.0  # seconds between two looks for posts that are to be looked at again
SEEING = 1.0  # seconds between two looks for pages that are to be captured
REMINDING = 60.0  # seconds between two looks for removal requests whose day has come
SWEEPING = 60.0  # seconds between two looks for plans whose period is over or whose review was missed
CARING = 5.0  # seconds between two looks for officers who did not answer, and for calls for help that nobody has taken
COPYING = 1.0  # seconds between two looks for exhibits that are to be copied, verified, handed over, read or put on paper
MATCHING = 30.0  # seconds between two looks for conversations and posts that were not compared yet
STAMPING = 10.0  # seconds between two looks for archives without a time stamp
logger = logging.getLogger("andon.worker")


def main() -> None:
    """Take up what an earlier worker left, then work until told to stop (TERM, INT, or the end of standard input)."""
    start.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from andon.console.captures.tasks import run_due as see_pages  # noqa: PLC0415 - Django is set up by now
    from andon.console.captures.tasks import stamp_due, tidy  # noqa: PLC0415 - the same
    from andon.console.evidence.conversations import jobs as conversations  # noqa: PLC0415 - the same
    from andon.console.evidence.exhibits import jobs as exhibits  # noqa: PLC0415 - the same
    from andon.console.evidence.sightings.running import look_after as match_posts  # noqa: PLC0415 - the same
    from andon.console.intake.tasks import resume_unfinished  # noqa: PLC0415 - the same
    from andon.console.learning.tasks import resume_unfinished as resume_fits  # noqa: PLC0415 - the same
    from andon.console.measures.board.tasks import resume_unfinished as resume_batches  # noqa: PLC0415 - the same
    from andon.console.measures.common.outbox import run_due  # noqa: PLC0415 - the same
    from andon.console.measures.kinds.removal.actions.deadlines import look_after  # noqa: PLC0415 - the same
    from andon.console.measures.visits.running import run_due as look_again  # noqa: PLC0415 - the same
    from andon.console.undercover.authority.actions.sweeping import sweep  # noqa: PLC0415 - the same
    from andon.console.undercover.identities.actions.alarms import sound  # noqa: PLC0415 - the same
    from andon.console.undercover.safety.actions.checking import look_after as see_to_safety  # noqa: PLC0415 - the same

    os.nice(5)  # screens first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=steadily, args=(keep_house, HOUR), name="house", daemon=True).start()
    threading.Thread(target=steadily, args=(run_due, SENDING), name="outbox", daemon=True).start()
    threading.Thread(target=steadily, args=(look_again, LOOKING), name="visits", daemon=True).start()
    threading.Thread(target=steadily, args=(look_after, REMINDING), name="deadlines", daemon=True).start()
    threading.Thread(target=steadily, args=(see_pages, SEEING), name="captures", daemon=True).start()
    threading.Thread(target=steadily, args=(stamp_due, STAMPING), name="stamps", daemon=True).start()
    threading.Thread(target=steadily, args=(match_posts, MATCHING), name="sightings", daemon=True).start()
    threading.Thread(target=steadily, args=(sweep, SWEEPING), name="plans", daemon=True).start()
    threading.Thread(target=steadily, args=(sound, REMINDING), name="documents", daemon=True).start()
    threading.Thread(target=steadily, args=(see_to_safety, CARING), name="safety", daemon=True).start()
    threading.Thread(target=steadily, args=(exhibits.run_copies, COPYING), name="exhibits", daemon=True).start()
    threading.Thread(target=steadily, args=(exhibits.run_checks, COPYING), name="exhibit checks", daemon=True).start()
    threading.Thread(target=steadily, args=(conversations.run_readings, COPYING), name="readings", daemon=True).start()
    threading.Thread(target=steadily, args=(conversations.run_papers, COPYING), name="papers", daemon=True).start()
    tidy()
    exhibits.tidy()
    resume_unfinished()
    resume_fits()
    resume_batches()
    call_command("db_worker", queue_name="*", interval=INTERVAL, startup_delay=False, reload=False, verbosity=0)


def _end_with_parent() -> None:
    """Standard input is a pipe from the server's process: its end is that process's end."""
    if sys.stdin is None or sys.stdin.isatty():
        return
    while os.read(sys.stdin.fileno(), 4096):  # not by way of `sys.stdin`: its lock is wanted at the end
        pass
    os.kill(os.getpid(), signal.SIGTERM)


class _GoesOn(AbstractContextManager[None]):
    """The boundary of one round of steady work: what goes wrong in it is logged, and the next round comes all the same."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        """Log where it was, not what it said: that may hold what posts say. A stop of the process is no error and goes on."""
        if not isinstance(error, Exception):
            return False
        from django.db import connections  # noqa: PLC0415 - Django is set up by now

        logger.error("%s: %s\n%s", threading.current_thread().name, type(error).__name__, "".join(traceback.format_tb(trace)))
        connections.close_all()
        return True


def steadily(work: Callable[[], int], pause: float, stop: threading.Event | None = None) -> None:
    """Do `work` over and over, in a thread of its own; pause when it found nothing to do. Work that fails is tried again after the pause."""
    from django.db import close_old_connections  # noqa: PLC0415 - Django is set up by now

    waiting, found = stop or threading.Event(), 0
    while not waiting.wait(0.0 if found else pause):
        found = 0
        with _GoesOn():
            close_old_connections()
            found = work()


def keep_house() -> int:
    """A signed checkpoint of the trail; sessions and finished jobs that nobody needs any longer go; units hear of their holds; digests go out."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from andon.console.measures.board.actions.digests import send_digests  # noqa: PLC0415 - the same
    from andon.console.measures.common.held_reminders import remind_of_holds  # noqa: PLC0415 - the same
    from andon.console.trail import checkpoints  # noqa: PLC0415 - the same

    checkpoints.make()
    remind_of_holds()
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
    send_digests()
    return 0  # nothing that would have to be gone on with at once


if __name__ == "__main__":
    main()
