"""Evidence to try: a folder that cannot be written to, and a picture of everything in it before and after."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

State = dict[str, tuple[str, int, int, int]]


def state_of(folder: Path) -> State:
    """Every name below `folder` with hash, size, time of change and mode."""
    found: State = {}
    for path in sorted([folder, *folder.rglob("*")]):
        stat = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        found[str(path)] = (digest, stat.st_size if digest else 0, stat.st_mtime_ns, stat.st_mode)
    return found


@pytest.fixture
def evidence(tmp_path: Path) -> Iterator[Path]:
    """A folder of evidence; after the test it must be exactly as `sealed` left it, when the test called that."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)


@pytest.fixture
def sealed(evidence: Path) -> Iterator[Callable[[], State]]:
    """Make the folder unwritable now; at the end of the test nothing in it may have changed."""
    before: list[State] = []

    def seal() -> State:
        for path in [*evidence.rglob("*"), evidence]:
            if not path.is_symlink():
                path.chmod(0o500 if path.is_dir() else 0o400)
            if not path.is_symlink() and path.is_file():
                os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
        before.append(state_of(evidence))
        return before[0]

    yield seal
    assert before, "the test never sealed its evidence"
    assert state_of(evidence) == before[0]


def make_database(path: Path, *, wal: bool = False) -> sqlite3.Connection:
    """A small database of messages; with `wal`, the last message lies only in the log beside it. The open connection keeps the log from being merged."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode={'wal' if wal else 'delete'}")
    connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("INSERT INTO message VALUES (1, '集合は十時')")
    if wal:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("INSERT INTO message VALUES (2, '消しておいて')")
    return connection
