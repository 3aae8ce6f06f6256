"""Folders for what must lie on a disk to be read (a database with its log): private, never beside an original, removed at the end.

A folder left by a process that was killed is removed by the next one: its name holds the number of the process.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from andon.domain.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "andon-scratch-"
_NAME = re.compile(_PREFIX + r"(\d+)-")
_ROOMS = ("/var/tmp", "/dev/shm")  # noqa: S108 - mkdtemp makes private folders; used when the usual place holds the original


@contextmanager
def scratch(away_from: Path) -> Iterator[Path]:
    """A private empty folder that is neither beside nor below the folder of `away_from`. Raises EvidenceError (reason "no_scratch")."""
    room = _room(away_from.parent.resolve())
    _sweep(room)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=room))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _room(taken: Path) -> Path:
    for name in (tempfile.gettempdir(), *_ROOMS):
        room = Path(name).resolve()
        if room.is_dir() and os.access(room, os.W_OK) and room != taken and taken not in room.parents:
            return room
    raise EvidenceError(reason="no_scratch", path=str(taken))


def _sweep(room: Path) -> None:
    for folder in room.glob(f"{_PREFIX}*"):
        named = _NAME.match(folder.name)
        if named and not lives(int(named[1])) and not folder.is_symlink() and folder.stat().st_uid == os.getuid():
            shutil.rmtree(folder, ignore_errors=True)


def lives(process: int) -> bool:
    """Whether a process of that number is running."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
