"""Where things lie on the disk: the one store of an installation, what was sent and waits to be copied, progress, packages."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from andon.evidence.custody.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator


def store() -> Store:
    """The store of exhibits, made when there is none."""
    return Store.made(folder())


def folder() -> Path:
    """Where the store lies, or will lie."""
    return Path(settings.HOME) / "exhibits"


def room(name: str) -> Path:
    """A private folder of this app beside the store: "incoming", "packages", "progress"."""
    made = Path(settings.HOME) / "exhibits-work" / name
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


@contextmanager
def alone(job: str) -> Iterator[bool]:
    """Whether this process is the only one at a job: a second worker, or the same job asked for twice, leaves it alone."""
    with (room("progress") / f"{job}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
