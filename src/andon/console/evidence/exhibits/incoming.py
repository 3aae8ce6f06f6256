"""What is to be copied: what a browser sent, in a folder of its own until it is taken in, and the installation's folder of what may be taken in."""

from __future__ import annotations

import os
import shutil
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.casework.models import Case
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.store import room
from andon.domain.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES = 2_000  # offered of the folder
_WANTED = (Exhibit.State.WAITING, Exhibit.State.COPYING, Exhibit.State.FAILED)
_OLD = 86_400.0  # seconds after which a sending that no form ended is left over
MOST_COUNTED = 200_000  # files whose sizes are added up before the copying, for its bar


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in the folder that may be taken in. `name` is its path below the folder, size 0 for a folder."""

    name: str
    is_folder: bool
    size: int
    changed: float


def sent(token: str) -> Path:
    """Where files of an upload lie."""
    return room("incoming") / token


def discard(token: str) -> None:
    """What was sent goes: the store has its copy, or nobody wants it."""
    if token:
        shutil.rmtree(room("incoming") / token, ignore_errors=True)


def path_of(exhibit: Exhibit) -> Path:
    """What is to be copied. Raises EvidenceError (reason "missing", "no_folder", "outside")."""
    if exhibit.way == Exhibit.Way.COMMAND:
        return Path(exhibit.source)
    if exhibit.way == Exhibit.Way.FOLDER:
        return _below(exhibit.source, exhibit.case)
    there = sent(exhibit.token)
    names = sorted(one.name for one in there.iterdir()) if there.is_dir() else []
    if len(names) != 1:
        raise EvidenceError(reason="missing", path=exhibit.title)
    return there / names[0]


def size_of(path: Path) -> int:
    """Bytes to copy, of the first files of a folder at least. Only for the bar: what the copying finds is what counts."""
    return sum(_sizes(path))


def _sizes(path: Path) -> Iterator[int]:
    if not path.is_dir() or path.is_symlink():
        if path.exists():
            yield path.lstat().st_size
        return
    left = MOST_COUNTED
    for folder, _, names in os.walk(path):
        for name in names[:left]:
            found = (Path(folder) / name).lstat()
            if stat.S_ISREG(found.st_mode):
                yield found.st_size
        left -= len(names)
        if left <= 0:
            return


def take_in_folder() -> Path | None:
    """The folder whose entries may be taken in (ANDON_TAKE_IN), or None where none is set or it is not there."""
    named = settings.TAKE_IN
    folder = Path(named) if named else None
    return folder.resolve() if folder is not None and folder.is_dir() else None


def entries(case: Case) -> list[Entry]:
    """What may be taken in for a case: what lies in the folder, and in the folder inside it that bears the case's code.

    The folders of other cases are left out: their names, and what lies in them, are case matter.
    """
    folder = take_in_folder()
    if folder is None:
        return []
    top = list(_scanned(folder, ""))
    others = set(Case.objects.filter(code__in=[one.name for one in top if one.is_folder]).values_list("code", flat=True))
    own = list(_scanned(folder / case.code, f"{case.code}/")) if case.code in others else []
    return own + [one for one in top if one.name not in others]


def _scanned(folder: Path, before: str) -> Iterator[Entry]:
    """Files and folders, no links, no devices, nothing hidden, in the order of their names."""
    try:
        found = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        return
    for one in found[:MOST_ENTRIES]:
        if one.name.startswith(".") or one.is_symlink():
            continue
        is_folder = one.is_dir(follow_symlinks=False)
        if is_folder or one.is_file(follow_symlinks=False):
            about = one.stat(follow_symlinks=False)
            yield Entry(f"{before}{one.name}", is_folder, 0 if is_folder else about.st_size, about.st_mtime)


def _below(name: str, case: Case) -> Path:
    """An entry that was offered: looked for among the names that are there now, never put together from what a form says."""
    folder = take_in_folder()
    if folder is None:
        raise EvidenceError(reason="no_folder", path=name)
    if name not in {one.name for one in entries(case)}:
        raise EvidenceError(reason="missing", path=name)
    return folder / name


def sweep() -> int:
    """What was sent and belongs to no exhibit that waits or can be tried again goes; how many. What is young may be on its way in."""
    wanted = set(Exhibit.objects.filter(way=Exhibit.Way.UPLOAD, state__in=_WANTED).values_list("token", flat=True))
    left = [one for one in room("incoming").iterdir() if one.name not in wanted and time.time() - one.stat().st_mtime > _OLD]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return len(left)
