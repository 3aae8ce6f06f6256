"""Signed checkpoints of the trail, in a file outside the database: whoever cuts the trail's end off, or makes it anew, contradicts them.

One JSON line each, only added to: the last entry's number and hash, how many entries there are, when, and a signature. A line is worth most where it
is kept elsewhere: `andon audit checkpoint` prints it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from django.conf import settings
from django.utils import timezone

from andon.console.audit.chain import START
from andon.console.audit.models import Entry
from andon.console.trail import signing

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "checkpoints.jsonl"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The trail as it stood: `count` entries, the last of them number `number` with `hash`."""

    number: int
    hash: str
    at: str
    count: int
    signature: str

    @property
    def when(self) -> datetime:
        """`at` as a time."""
        return datetime.fromisoformat(self.at)

    def message(self) -> bytes:
        """What is signed."""
        return orjson.dumps({"at": self.at, "count": self.count, "hash": self.hash, "number": self.number}, option=orjson.OPT_SORT_KEYS)

    def line(self) -> str:
        """As it stands in the file."""
        return orjson.dumps(self).decode()

    def is_signed_by(self, key: str) -> bool:
        """Whether the signature is that key's."""
        return signing.fits(self.message(), self.signature, key)


def path() -> Path:
    """Where the lines stand."""
    return Path(settings.HOME) / _NAME


def set_up() -> str:
    """Make the key where there is none, with the checkpoint of an empty trail as the file's first line. Returns the public key.

    An installation that has a key but no such line has lost it.
    """
    if not signing.has_key():
        _add(_signed(0, START, 0).line())
    return signing.public_key()


def make() -> Checkpoint:
    """Sign the trail as it stands and add the line; where nothing was added since the last one, that one."""
    number, digest = Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)
    last = _last()
    if last is not None and (last.number, last.hash) == (number, digest):
        return last
    set_up()
    made = _signed(number, digest, Entry.objects.filter(number__lte=number).count())
    _add(made.line())
    return made


def _signed(number: int, digest: str, count: int) -> Checkpoint:
    bare = Checkpoint(number, digest, timezone.now().isoformat(timespec="seconds"), count, "")
    return replace(bare, signature=signing.sign(bare.message()))


def read(file: Path | None = None) -> Iterator[tuple[int, Checkpoint | None]]:
    """The lines of the file, oldest first, with their number; None for one that is no checkpoint."""
    where = file or path()
    if where.exists():
        with where.open("rb") as lines:
            yield from ((number, _parsed(line)) for number, line in enumerate(lines, 1) if line.strip())


def _parsed(line: bytes) -> Checkpoint | None:
    try:
        fields = orjson.loads(line)
        return Checkpoint(int(fields["number"]), str(fields["hash"]), str(fields["at"]), int(fields["count"]), str(fields["signature"]))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return None


def _last() -> Checkpoint | None:
    """The last line that is a checkpoint."""
    return max((found for _, found in read() if found is not None), key=lambda one: one.number, default=None)


def _add(line: str) -> None:
    """One write of one line, on the disk before this returns. After a line that was cut off by a crash it begins a new one."""
    descriptor = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, b"\n" * torn + line.encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
