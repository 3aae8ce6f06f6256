"""The background worker, a process beside the server: scans uploads, fits models, and keeps house every hour. `python -m andon.console.worker`."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from andon.console import start

INTERVAL = 0.2  # seconds between two looks for work
HOUR = 3600.0
logger = logging.getLogger("andon.worker")


def main() -> None:
    """Take up what an earlier worker left, then work until told to stop (TERM, INT, or the end of standard input)."""
    start.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from andon.console.intake.tasks import resume_unfinished  # noqa: PLC0415 - the same
    from andon.console.learning.tasks import resume_unfinished as resume_fits  # noqa: PLC0415 - the same

    os.nice(5)  # screens first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_keep_house_hourly, daemon=True).start()
    resume_unfinished()
    resume_fits()
    call_command("db_worker", queue_name="*", interval=INTERVAL, startup_delay=False, reload=False, verbosity=0)


def _end_with_parent() -> None:
    """Standard input is a pipe from the server's process: its end is that process's end."""
    if sys.stdin is None or sys.stdin.isatty():
        return
    while os.read(sys.stdin.fileno(), 4096):  # not by way of `sys.stdin`: its lock is wanted at the end
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _keep_house_hourly() -> None:
    from django.db import connections  # noqa: PLC0415 - Django is set up by now

    waiting = threading.Event()
    while not waiting.wait(HOUR):
        try:
            keep_house()
        finally:
            connections.close_all()


def keep_house() -> None:
    """A signed checkpoint of the trail; sessions and finished jobs that nobody needs any longer go."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from andon.console.trail import checkpoints  # noqa: PLC0415 - the same

    checkpoints.make()
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)


if __name__ == "__main__":
    main()
