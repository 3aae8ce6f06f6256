"""The store of evidence: files named by the SHA-256 of their bytes, below `evidence/` of the installation's folder. Written once, never changed.

A new file lies in `incoming/` until the transaction that tells of it is through; who reads looks in both places. So a row never tells of a file that
was not written to the disk, and a file that no row came to tell of is easily known.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ARCHIVE, STAMP = ".warc.gz", ".tsr"
_NAME = re.compile(r"([0-9a-f]{64})(\.warc\.gz|\.tsr)")
OLD = 3600.0  # seconds after which a file in `incoming` that nobody told of is left over


def put(content: bytes, ending: str) -> str:
    """Keep a file; its key. Inside a transaction: the file is on the disk now, and takes its place when the transaction is through."""
    key = stage(content, ending)
    tell_of(key, ending)
    return key


def stage(content: bytes, ending: str) -> str:
    """The first half of `put`, before a transaction: the file is on the disk, and goes again after a while when nobody comes to tell of it."""
    key = hashlib.sha256(content).hexdigest()
    if not _place(key, ending).exists():
        _write(_incoming() / f"{key}{ending}", content)
    return key


def tell_of(key: str, ending: str) -> None:
    """The second half, inside the transaction."""
    transaction.on_commit(lambda: settle(key, ending), robust=True)


def settle(key: str, ending: str) -> None:
    """Move a file from `incoming` to its place."""
    waiting, place = _incoming() / f"{key}{ending}", _place(key, ending)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if waiting.exists():
        waiting.replace(place)
        _sync(place.parent)


def path_of(key: str, ending: str) -> Path:
    """Where the file lies. Raises FileNotFoundError."""
    for place in (_place(key, ending), _incoming() / f"{key}{ending}", _place(key, ending)):  # it may move between two looks
        if place.is_file():
            return place
    raise FileNotFoundError(key)


def files() -> Iterator[tuple[Path, str, str]]:
    """Every file of the store with its key and ending ("" for a name that is none of ours)."""
    for folder, inner, names in os.walk(_folder()):
        inner.sort()
        for name in sorted(names):
            match = _NAME.fullmatch(name)
            yield Path(folder) / name, match[1] if match else "", match[2] if match else ""


def is_waiting(file: Path) -> bool:
    """Whether a file lies in `incoming` and is young: its transaction may still be open."""
    try:
        return file.parent == _incoming() and time.time() - file.stat().st_mtime < OLD
    except FileNotFoundError:
        return True  # it has just taken its place


def tidy(is_known: Callable[[str, str], bool]) -> None:
    """After a stop in the middle: files that rows tell of take their place, and old ones that nobody told of go."""
    for file in sorted(_incoming().iterdir()):
        match = _NAME.fullmatch(file.name)
        if match and is_known(match[1], match[2]):
            settle(match[1], match[2])
        elif not is_waiting(file):
            file.unlink(missing_ok=True)


def folder_name(file: Path) -> str:
    """A file's name below the store, to be told."""
    return file.relative_to(_folder()).as_posix()


def _folder() -> Path:
    folder = Path(settings.HOME) / "evidence"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _incoming() -> Path:
    folder = _folder() / "incoming"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _place(key: str, ending: str) -> Path:
    return _folder() / key[:2] / key[2:4] / f"{key}{ending}"


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, read-only, and on the disk before anybody tells of it."""
    draft = file.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
