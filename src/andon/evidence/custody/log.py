"""The custody log: one line of JSON per act, only ever added to, each line holding the hash of the one before.

A line that is changed, taken out, put in or moved breaks the chain. Lines cut off at the end break no chain: they are found by the head (number and
hash of the last line, in a file of its own) and, when both were cut, by an anchor that was written down elsewhere when an exhibit was sealed or
handed over. The chain holds no secret: who can write to the store can write a new chain, and only an anchor kept elsewhere tells.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

import orjson

from andon.domain.errors import EvidenceError
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.tool import tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

START = "0" * 64
LOG, HEAD, LOCK = "custody.jsonl", "custody.head", "custody.lock"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done with an exhibit: what, by whom, where and how. `exhibit` is empty for acts on the whole store."""

    event: str
    by: str
    exhibit: str = ""
    place: str = ""
    how: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and hash of a line, to be kept elsewhere. Written "12:9f86…"."""

    number: int
    hash: str

    def __str__(self) -> str:
        """Number, colon, hash."""
        return f"{self.number}:{self.hash}"


def read_anchor(text: str) -> Anchor:
    """An anchor as `str` wrote it. Raises EvidenceError (reason "anchor_form")."""
    number, _, code = text.strip().partition(":")
    if not number.isdecimal() or len(code) != len(START) or set(code) - set("0123456789abcdef"):
        raise EvidenceError(reason="anchor_form", path=text)
    return Anchor(int(number), code)


def hash_of(line: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON (sorted keys) of everything in a line but its own hash."""
    return hashlib.sha256(orjson.dumps({key: value for key, value in line.items() if key != "hash"}, option=orjson.OPT_SORT_KEYS)).hexdigest()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """One writer of the store at a time."""
    with (folder / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def append(folder: Path, act: Act, *, at: datetime | None = None) -> Anchor:
    """Add one line, on the disk when this returns. Call it inside `writing`.

    A last line that was torn by a crash, and that no head ever counted, is taken off first; the new line says so ("torn"). Raises EvidenceError
    (reason "log_broken") when the end of the log is not what the head says: nothing is added to a log that was tampered with.
    """
    path = folder / LOG
    with path.open("r+b") as file:
        torn = _without_torn_line(file)
        last = _last(file, folder)
        line: dict[str, Any] = {
            "number": last.number + 1, "at": (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds"), "event": act.event,
            "exhibit": act.exhibit, "by": act.by, "place": act.place, "how": act.how, "facts": dict(act.facts), "tool": tool(), "before": last.hash,
        }  # fmt: skip
        if torn:
            line["torn"] = {"bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}
        line["hash"] = hash_of(line)
        file.seek(0, os.SEEK_END)
        file.write(orjson.dumps(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    anchor = Anchor(line["number"], line["hash"])
    write_whole(folder / HEAD, str(anchor).encode())
    return anchor


def start(folder: Path) -> None:
    """An empty log."""
    write_whole(folder / LOG, b"")
    write_whole(folder / HEAD, str(Anchor(0, START)).encode())


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines in their order, those that can be read; checking them is `check`'s business."""
    for _, line in _parsed(folder):
        if line is not None:
            yield line


def head(folder: Path) -> Anchor | None:
    """What the head says, or None when it is missing or makes no sense."""
    try:
        return read_anchor((folder / HEAD).read_text("ascii"))
    except (OSError, UnicodeDecodeError, EvidenceError):
        return None


def check(folder: Path, anchors: tuple[Anchor, ...] = ()) -> list[Finding]:
    """Everything wrong with the log: lines changed, missing, moved, put in or cut off; and anchors that it no longer holds."""
    findings: list[Finding] = []
    hashes = {0: START}
    before, wanted = START, 1
    for place, line in _parsed(folder):
        where = f"{LOG}:{place}"
        if line is None:
            findings.append(Finding("log_line_unreadable", where))
            continue
        if line.get("hash") != hash_of(line):
            findings.append(Finding("log_line_changed", where, {"number": line.get("number")}))
        if line.get("number") != wanted or line.get("before") != before:
            findings.append(Finding("log_chain_broken", where, {"number": line.get("number"), "wanted": wanted}))
        before, wanted = str(line.get("hash")), (line["number"] if isinstance(line.get("number"), int) else wanted) + 1
        hashes[wanted - 1] = before
    return findings + _against(hashes, wanted - 1, before, head(folder), anchors)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that there is either all of it or, after a crash, what was there before."""
    put_in_place(write_beside(path, content), path)


def write_beside(path: Path, content: bytes) -> Path:
    """Write what is to stand at `path` under a waiting name in the same folder; all of it is on the disk when this returns."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    with waiting.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return waiting


def put_in_place(waiting: Path, path: Path) -> None:
    """Give a waiting file its name, so that it lasts through a crash."""
    waiting.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder last through a crash."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _against(hashes: dict[int, str], number: int, last: str, stated: Anchor | None, anchors: tuple[Anchor, ...]) -> list[Finding]:
    findings = []
    if stated is None:
        findings.append(Finding("log_head_missing", HEAD))
    elif (number, last) != (stated.number, stated.hash) and not (number == stated.number + 1 and hashes.get(stated.number) == stated.hash):
        # One line more than the head says is a crash between the two writes, no tampering.
        code = "log_cut_off" if number < stated.number else "log_head_differs"
        findings.append(Finding(code, HEAD, {"number": number, "wanted": stated.number}))
    lost = [anchor for anchor in anchors if hashes.get(anchor.number) != anchor.hash]
    return findings + [Finding("log_anchor_lost", LOG, {"anchor": str(anchor), "number": number}) for anchor in lost]


def _parsed(folder: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    with (folder / LOG).open("rb") as file:
        for place, raw in enumerate(file, 1):
            try:
                line = orjson.loads(raw)
            except orjson.JSONDecodeError:
                line = None
            as_written = isinstance(line, dict) and orjson.dumps(line) + b"\n" == raw  # no other way of writing the same, no missing line end
            yield place, line if as_written else None


def _without_torn_line(file: IO[bytes]) -> bytes:
    """Take off what stands behind the last line end; what that was."""
    content = file.read()
    whole = content.rfind(b"\n") + 1
    file.truncate(whole)
    return content[whole:]


def _last(file: IO[bytes], folder: Path) -> Anchor:
    """The last line, which must be the one that the head names, or the next."""
    file.seek(0)
    final = [Anchor(0, START), Anchor(0, START)]
    for raw in file:
        try:
            line = orjson.loads(raw)
            final = [final[1], Anchor(line["number"], line["hash"])]
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise EvidenceError(reason="log_broken", path=str(folder / LOG)) from error
    if head(folder) not in final:
        raise EvidenceError(reason="log_broken", path=str(folder / LOG))
    return final[1]
