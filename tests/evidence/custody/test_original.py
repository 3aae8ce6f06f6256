"""Originals are read and never touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from andon.domain.errors import EvidenceError
from andon.evidence.custody.original import Original

from .conftest import make_database, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = "指示：十時に集合\n".encode() * 1000


def reason(path: Path) -> str:
    with pytest.raises(EvidenceError) as caught:
        Original(path)
    return str(caught.value.data["reason"])


def test_bytes_and_hash_are_the_files(evidence: Path, sealed: Callable[[], object]) -> None:
    """What is read is what lies there, and the hash is hashlib's."""
    path = evidence / "chat.txt"
    path.write_bytes(CONTENT)
    sealed()
    with Original(path) as original:
        assert original.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert (original.size, original.head(6), b"".join(original.pieces())) == (len(CONTENT), "指示".encode(), CONTENT)
        with original.open() as file:
            assert file.read() == CONTENT


def test_opened_file_refuses_writing(evidence: Path, sealed: Callable[[], object]) -> None:
    """Not even the descriptor can write."""
    path = evidence / "chat.txt"
    path.write_bytes(CONTENT)
    sealed()
    with Original(path) as original, original.open() as file:
        with pytest.raises(OSError, match="descriptor"):
            os.write(file.fileno(), b"x")
        assert not file.writable()


def test_access_time_stays(evidence: Path) -> None:
    """Reading one's own file leaves no trace in its access time."""
    path = evidence / "chat.txt"
    path.write_bytes(CONTENT)
    os.utime(path, ns=(1, 2))
    with Original(path) as original:
        assert original.sha256
    assert path.stat().st_atime_ns == 1


@pytest.mark.parametrize("kind", ["symlink", "fifo", "socket", "folder", "device", "nothing", "dangling"])
def test_anything_but_a_regular_file_is_refused(evidence: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links, FIFOs, sockets, devices and folders are refused at once, and a FIFO does not make us wait."""
    path = evidence / "thing"
    monkeypatch.chdir(evidence)  # a socket's path is short
    if kind == "symlink":
        (evidence / "real").write_bytes(b"x")
        path.symlink_to(evidence / "real")
    elif kind == "dangling":
        path.symlink_to(evidence / "nowhere")
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        socket.socket(socket.AF_UNIX).bind("thing")
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path = Path("/dev/null")
    wanted = {"symlink": "symlink", "dangling": "symlink", "nothing": "missing"}
    assert reason(path) == wanted.get(kind, "not_a_file")


def test_another_file_put_in_its_place_is_noticed(evidence: Path) -> None:
    """Between the first look and the opening somebody exchanges the file, or makes it a link."""
    path = evidence / "chat.txt"
    path.write_bytes(CONTENT)
    original = Original(path)
    path.unlink()
    path.write_bytes(CONTENT)
    os.utime(path, ns=(5, 5))
    with pytest.raises(EvidenceError) as caught:
        original.open()
    assert caught.value.data["reason"] == "changed"
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(EvidenceError):
        original.open()


def test_change_while_open_is_reported_at_the_end(evidence: Path) -> None:
    """Same size, same time of change: the hash finds it."""
    path = evidence / "chat.txt"
    path.write_bytes(CONTENT)
    original = Original(path)
    assert original.sha256
    time = path.stat().st_mtime_ns
    path.write_bytes(b"X" + CONTENT[1:])
    os.utime(path, ns=(time, time))
    with pytest.raises(EvidenceError) as caught:
        original.__exit__(None, None, None)
    assert caught.value.data["reason"] == "changed"


@pytest.mark.parametrize("name", ["messages.db", "with space & ?.db", "日本語#1.db", "50%.db"])
def test_database_is_read_in_place_and_nothing_appears_beside(evidence: Path, sealed: Callable[[], object], name: str) -> None:
    """No lock, no journal, no shared memory, whatever the name."""
    make_database(evidence / name).close()
    sealed()
    with Original(evidence / name) as original, original.sqlite() as connection:
        assert connection.execute("SELECT body FROM message ORDER BY id").fetchall() == [("集合は十時",), ("消しておいて",)]
    assert original.findings == []


@pytest.mark.parametrize("statement", [
    "INSERT INTO message VALUES (3, 'x')", "DELETE FROM message", "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "VACUUM", "PRAGMA query_only = OFF",
    "PRAGMA journal_mode = WAL", "ATTACH '{folder}/new.db' AS other", "VACUUM INTO '{folder}/new.db'", "PRAGMA writable_schema = ON",
    "PRAGMA wal_checkpoint", "DROP TABLE message",
])  # fmt: skip
@pytest.mark.parametrize("wal", [False, True])
def test_no_statement_can_write(evidence: Path, tmp_path: Path, sealed: Callable[[], object], statement: str, *, wal: bool) -> None:
    """Neither to the database nor by ATTACH to any other file, in place or in the copy."""
    if wal:
        wal_evidence(evidence, tmp_path)
    else:
        make_database(evidence / "messages.db").close()
    sealed()
    with Original(evidence / "messages.db") as original, original.sqlite() as reading, pytest.raises(sqlite3.DatabaseError):
        reading.execute(statement.format(folder=tmp_path)).fetchall()
    assert not (tmp_path / "new.db").exists()


def wal_evidence(evidence: Path, tmp_path: Path) -> Path:
    """A database whose last message lies only in the log, as a phone that was switched off leaves it."""
    made = tmp_path / "made"
    made.mkdir()
    connection = make_database(made / "messages.db", wal=True)
    for ending in ("", "-wal"):
        shutil.copy(made / f"messages.db{ending}", evidence / f"messages.db{ending}")
    connection.close()
    return evidence / "messages.db"


def test_log_beside_a_database_is_a_finding_and_is_read_from_a_copy(evidence: Path, tmp_path: Path, sealed: Callable[[], object]) -> None:
    """The message that lies only in the log is seen; main file and log stay as they are, and nothing appears beside them."""
    path = wal_evidence(evidence, tmp_path)
    sealed()
    with Original(path) as original:
        with original.sqlite() as connection:
            assert connection.execute("SELECT count(*) FROM message").fetchone() == (2,)
        with original.sqlite(with_log=False) as connection:
            assert connection.execute("SELECT count(*) FROM message").fetchone() == (1,)
    first, second = original.findings
    assert (first.code, first.facts["log"], first.facts["read"], second.facts["read"]) == ("sqlite_log_beside", "messages.db-wal", True, False)
    assert sorted(one.name for one in evidence.iterdir()) == ["messages.db", "messages.db-wal"]


def test_hot_journal_is_rolled_back_in_the_copy_only(evidence: Path, sealed: Callable[[], object]) -> None:
    """A journal of a write that never ended: the copy shows the state before it, the main file keeps its half-written state."""
    path = evidence / "messages.db"
    make_database(path).close()
    journal = crash_in_a_write(path)
    assert journal.stat().st_size > 0
    sealed()
    with Original(path) as original, original.sqlite() as connection:
        assert connection.execute("SELECT body FROM message WHERE id = 1").fetchone() == ("集合は十時",)
    assert original.findings[0].facts["log"] == "messages.db-journal"


def crash_in_a_write(path: Path) -> Path:
    """Start a large write in another process and kill it, which leaves its journal."""
    code = textwrap.dedent(f"""
        import os, sqlite3
        connection = sqlite3.connect({str(path)!r}, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE message SET body = 'x'")
        connection.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, hex(randomblob(200)) FROM n")
        os.kill(os.getpid(), 9)
    """)
    subprocess.run([sys.executable, "-c", code], check=False)
    return Path(f"{path}-journal")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_what_is_no_database_gives_one_clear_error(evidence: Path, sealed: Callable[[], object], content: bytes) -> None:
    """Empty, cut, or something else; an empty file is SQLite's empty database."""
    path = evidence / "messages.db"
    path.write_bytes(content)
    sealed()
    if not content:
        with Original(path).sqlite() as connection:
            assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        return
    with pytest.raises(EvidenceError) as caught, Original(path) as original, original.sqlite():
        pass
    assert caught.value.data["reason"] == "not_a_database"


def test_broken_pages_raise_and_leave_everything(evidence: Path, sealed: Callable[[], object]) -> None:
    """A page in the middle is rubbish: the query says so, the original stays."""
    path = evidence / "messages.db"
    with make_database(path) as connection:
        connection.executemany("INSERT INTO message (body) VALUES (?)", [("長い文" * 300,)] * 200)
    connection.close()
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)
    sealed()
    with Original(path) as original, original.sqlite() as reading, pytest.raises(sqlite3.DatabaseError):
        reading.execute("SELECT count(body) FROM message").fetchall()


def test_scratch_is_never_beside_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the original lies where temporary files usually go."""
    path = wal_evidence(tmp_path, tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())
    with Original(path) as original, original.sqlite():
        assert sorted(tmp_path.iterdir()) == before


def test_killed_process_leaves_the_evidence_alone_and_the_next_one_cleans_up(evidence: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in the middle of reading: evidence as before; the copy it left goes when the next one makes its own."""
    path = wal_evidence(evidence, tmp_path)
    room = tmp_path / "room"
    room.mkdir()
    before = state_of(evidence)
    code = textwrap.dedent(f"""
        import tempfile; tempfile.tempdir = {str(room)!r}
        from andon.evidence.custody.original import Original
        with Original({str(path)!r}).sqlite() as connection:
            print("ready", flush=True)
            import time; time.sleep(60)
    """)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    left = list(room.iterdir())
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert state_of(evidence) == before
    assert len(left) == 1
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    with Original(path).sqlite() as connection:
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (2,)
    assert list(room.iterdir()) == []
