"""The one way to open evidence: read-only, regular files only, never through a link, and looked at again at the end.

Nothing here, nor what it hands out, can write to the original or beside it: files are opened with O_RDONLY, databases immutable or as a copy in a
scratch folder elsewhere. Where the system allows it (the file is ours), not even the time of last access changes (O_NOATIME).
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from andon.domain.errors import EvidenceError
from andon.evidence.custody.database import opened_database
from andon.evidence.custody.findings import Finding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

PIECE = 1 << 20  # bytes that are read at a time
_NO_FOLLOW = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # non-blocking: a FIFO put in the file's place must not hang us
_NO_ACCESS_TIME = getattr(os, "O_NOATIME", 0)  # Linux only


class Original:
    """One file of evidence. As a context manager it makes sure at the end that size, time of change and (if asked for before) hash are as before.

    Raises EvidenceError: reason "missing", "symlink", "not_a_file" (folder, device, FIFO, socket), "unreadable"; at the end "changed".
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.name = self.path.name
        self._state = _state(_checked(self.path))
        self.size = self._state[2]
        self.modified_ns = self._state[3]  # time of last change, nanoseconds since 1970
        self.findings: list[Finding] = []
        self._sha256 = ""

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the bytes. Reads the file once, the first time."""
        if not self._sha256:
            self._sha256 = self._hash()
        return self._sha256

    def open(self) -> IO[bytes]:
        """The bytes, from the beginning; the caller closes it."""
        return os.fdopen(self._descriptor(), "rb")

    def head(self, size: int) -> bytes:
        """The first `size` bytes, fewer only when the file is shorter."""
        with self.open() as file:
            return file.read(size)

    def pieces(self) -> Iterator[bytes]:
        """The bytes in pieces of at most a megabyte."""
        with self.open() as file:
            while piece := file.read(PIECE):
                yield piece

    def sqlite(self, *, with_log: bool = True) -> AbstractContextManager[sqlite3.Connection]:
        """The database in this file, for reading only, as a context manager.

        A write-ahead log or rollback journal beside it holds part of what the app knew: it is a finding, and the database is read from a scratch
        copy together with it. `with_log=False` reads the main file alone, in place. Raises EvidenceError (reason "not_a_database").
        """
        beside = {ending: Path(f"{self.path}{ending}") for ending in ("-wal", "-journal")}
        logs = {ending: Original(path) for ending, path in beside.items() if os.path.lexists(path)}
        logs = {ending: log for ending, log in logs.items() if log.size}
        for log in logs.values():
            self.findings.append(Finding("sqlite_log_beside", self.name, {"log": log.name, "bytes": log.size, "read": with_log}))
        return opened_database(self.path, self.pieces, {ending: log.pieces for ending, log in logs.items()} if with_log else {})

    def check(self) -> None:
        """Make sure that the file is as it was. Raises EvidenceError (reason "changed")."""
        if _state(_checked(self.path)) != self._state or (self._sha256 and self._hash() != self._sha256):
            raise EvidenceError(reason="changed", path=str(self.path))

    def __enter__(self) -> Self:
        """The original."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Check, also after a failure (whose error then stands as the context of ours)."""
        self.check()

    def _hash(self) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()

    def _descriptor(self) -> int:
        try:
            descriptor = _opened(self.path)
        except OSError as error:
            raise EvidenceError(reason="unreadable", path=str(self.path), detail=str(error.strerror)) from error
        found = os.fstat(descriptor)
        if _state(found) != self._state or not stat.S_ISREG(found.st_mode):  # something else was put in its place meanwhile
            os.close(descriptor)
            raise EvidenceError(reason="changed", path=str(self.path))
        return descriptor


def _opened(path: Path) -> int:
    try:
        return os.open(path, _NO_FOLLOW | _NO_ACCESS_TIME)
    except PermissionError:  # only the owner may leave the access time alone
        return os.open(path, _NO_FOLLOW)


def _state(found: os.stat_result) -> tuple[int, int, int, int]:
    """Device, number, size and time of change: what tells that a path still names the same unchanged file."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _checked(path: Path) -> os.stat_result:
    try:
        found = path.lstat()
    except FileNotFoundError as error:
        raise EvidenceError(reason="missing", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise EvidenceError(reason="unreadable", path=str(path), detail=str(error)) from error
    if stat.S_ISLNK(found.st_mode):
        raise EvidenceError(reason="symlink", path=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise EvidenceError(reason="not_a_file", path=str(path))
    return found
