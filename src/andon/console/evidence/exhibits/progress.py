"""How far a job is: a small file that the page reads, so that a bar costs neither a transaction nor an entry in the trail."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from andon.console.evidence.exhibits.store import room

if TYPE_CHECKING:
    from types import TracebackType

_PAUSE = 0.3  # seconds between two writings


class Progress:
    """A context manager: `add` counts bytes done; at the end the file goes."""

    def __init__(self, job: str, total: int) -> None:
        self._file = room("progress") / job
        self._total, self._done, self._told = total, 0, 0.0

    def add(self, count: int) -> None:
        """More bytes were done."""
        self._done += count
        if (now := time.monotonic()) - self._told > _PAUSE:
            self._told = now
            self._tell()

    def __enter__(self) -> Self:
        """Begin."""
        self._tell()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """The job is over, one way or the other."""
        self._file.unlink(missing_ok=True)

    def _tell(self) -> None:
        with suppress(OSError):  # a full disk is told by the job itself
            waiting = self._file.with_suffix(".new")
            waiting.write_text(f"{self._done} {self._total}", "ascii")
            waiting.replace(self._file)


def progress_of(job: str) -> tuple[int, int] | None:
    """Bytes done and in all; None for a job that is not running."""
    try:
        done, total = (room("progress") / job).read_text("ascii").split()
    except (OSError, ValueError):
        return None
    return int(done), max(int(total), int(done), 1)
