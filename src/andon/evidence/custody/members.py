"""A file inside a folder or an archive of evidence, and the stream of its bytes, which ends early with a finding where it cannot be read on."""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.evidence.custody.database import opened_database
from andon.evidence.custody.findings import Finding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from _typeshed import WriteableBuffer

    from andon.evidence.custody.original import Original

PIECE = 1 << 20
# What the standard library raises for damaged archives. RuntimeError: a password is needed (zipfile).
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    OSError,
    RuntimeError,
    struct.error,
)
# Line and paragraph ends, control characters, half surrogates, and marks that turn the direction of what is shown ("\u202egpj.exe" reads "exe.jpg").
_HIDING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(slots=True)
class Member:
    """One file of the material.

    `name` is its path inside the material (folders with "/", no tricks, unique: a second file of the same name ends in "#2"), `raw_name` what the
    archive wrote, `size` the declared number of bytes, `refusal` why its bytes are not given out ("locked", "bomb", "packed_unknown"; else empty).
    """

    name: str
    raw_name: str
    size: int
    refusal: str
    _origin: Path
    _opening: Callable[[], IO[bytes]]
    _report: Callable[[Finding], None]
    _beside: Callable[[str], Member | None] = field(default=lambda _ending: None)
    _original: Original | None = None  # of a file on the disk
    _sha256: str = ""

    def open(self) -> IO[bytes]:
        """The bytes from the beginning; the caller closes it.

        Where the archive is cut or damaged the stream ends, and the finding "member_broken" says after how many bytes; "member_size" when there are
        more or fewer bytes than declared. Raises EvidenceError (reason "locked", "bomb", "packed_unknown") for a refused member.
        """
        if self.refusal:
            raise EvidenceError(reason=self.refusal, path=self.name)
        return io.BufferedReader(_Told(self), PIECE)

    def head(self, size: int) -> bytes:
        """The first `size` bytes, fewer only when there are no more; nothing of a refused member."""
        if self.refusal:
            return b""
        with self.open() as file:
            return file.read(size)

    def pieces(self) -> Iterator[bytes]:
        """The bytes in pieces of at most a megabyte."""
        with self.open() as file:
            while piece := file.read(PIECE):
                yield piece

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the bytes. Reads the member once, the first time."""
        if self._original is not None:
            return self._original.sha256
        if not self._sha256:
            digest = hashlib.sha256()
            for piece in self.pieces():
                digest.update(piece)
            self._sha256 = digest.hexdigest()
        return self._sha256

    def sqlite(self, *, with_log: bool = True) -> AbstractContextManager[sqlite3.Connection]:
        """The database in this member, as `Original.sqlite`; out of an archive it is always read from a scratch copy."""
        if self._original is not None:
            return self._original.sqlite(with_log=with_log)
        logs = {ending: log for ending in ("-wal", "-journal") if (log := self._beside(ending)) is not None and log.size and not log.refusal}
        for log in logs.values():
            self._report(Finding("sqlite_log_beside", self.name, {"log": log.name, "bytes": log.size, "read": with_log}))
        used = {ending: log.pieces for ending, log in logs.items()} if with_log else {}
        return opened_database(self._origin, self.pieces, used, in_place=False)


class _Told(io.RawIOBase):
    """The bytes of a member; what goes wrong ends the stream and becomes a finding."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._read = 0
        self._ended = False
        self._file: IO[bytes] | None = None
        try:
            self._file = member._opening()  # noqa: SLF001 - the two belong together
        except NotImplementedError as error:  # a way of packing that Python does not know
            raise EvidenceError(reason="packed_unknown", path=member.name, detail=str(error)) from error
        except BROKEN as error:
            self._end("member_broken", detail=str(error))

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as the next bytes go."""
        view = memoryview(buffer).cast("B")
        if self._ended or self._file is None or not len(view):
            return 0
        try:
            piece = self._file.read(len(view))
        except BROKEN as error:
            self._end("member_broken", detail=str(error) or type(error).__name__)
            return 0
        view[: len(piece)] = piece
        self._read += len(piece)
        if not piece and self._read != self._member.size:
            self._end("member_size")
        return len(piece)

    def close(self) -> None:
        """Close what is read."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _end(self, code: str, **facts: object) -> None:
        self._ended = True
        self._member._report(Finding(code, self._member.name, {"read": self._read, "declared": self._member.size} | facts))  # noqa: SLF001


def clean_name(raw: str) -> str:
    """`raw` as a path that stays inside: no drive, no leading "/", no "..", no NUL, no control characters."""
    parts = _DRIVE.sub("", raw.replace("\\", "/")).split("/")
    kept = [_HIDING.sub("\ufffd", part) for part in parts if part not in ("", ".", "..")]
    return "/".join(kept) or "unnamed"


def is_tricky(raw: str) -> bool:
    """Whether a name tries to lead out of its folder, or hides what it is (NUL, control characters)."""
    plain = raw.replace("\\", "/")
    return plain.startswith("/") or bool(_DRIVE.match(plain)) or ".." in plain.split("/") or bool(_HIDING.search(raw))


def written(raw: str) -> str:
    """A name as an archive or a disk wrote it, fit for JSON: bytes that are no text are spelled out."""
    return raw.encode("utf-8", "backslashreplace").decode("utf-8")
