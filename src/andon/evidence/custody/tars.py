"""Tar archives, plain or packed by gzip, bzip2 or xz, read in place. Links, devices and FIFOs in them are findings, never files."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from typing import IO, TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.listing import MOST_MEMBERS, MOST_RATIO, RATIO_FROM, Listed
from andon.evidence.custody.members import BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

TAR_MAGIC, TAR_AT = b"ustar", 257  # where the magic of a tar stands
_BLOCK = 512  # bytes; an archive ends with blocks of zeros
_PACKERS: dict[bytes, Callable[[IO[bytes]], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file), b"BZh": bz2.BZ2File, b"\xfd7zXZ\x00": lzma.LZMAFile,
}  # fmt: skip


class Bomb(ValueError):  # noqa: N818 - what it is called
    """More comes out of a packed file than honest content can be."""


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so is packed by gzip, bzip2 or xz."""
    return head.startswith(tuple(_PACKERS))


def unpacked(file: IO[bytes], head: bytes, size: int) -> IO[bytes]:
    """The bytes of a packed file. Reading raises `Bomb` beyond 256 MB and 400 times of `size`, the packed bytes."""
    for magic, packer in _PACKERS.items():
        if head.startswith(magic):
            return io.BufferedReader(_Limited(packer(file), max(RATIO_FROM, MOST_RATIO * size)), 1 << 16)
    return file


def tar_listing(file: IO[bytes], head: bytes, size: int, path: str) -> tuple[tarfile.TarFile, list[Listed], list[Finding]]:
    """The open archive, its files, and what is odd. A cut archive gives the files before the cut and the finding "cut_archive".

    Raises EvidenceError (reason "broken_archive", "bomb", "too_many_members").
    """
    listed: list[Listed] = []
    findings: list[Finding] = []
    try:
        archive = tarfile.open(fileobj=unpacked(file, head, size), mode="r:")  # noqa: SIM115 - closed with the material
    except BROKEN as error:
        raise EvidenceError(reason="bomb" if isinstance(error, Bomb) else "broken_archive", path=path, detail=str(error)) from error
    try:
        while (info := archive.next()) is not None:
            listed += [] if info.isdir() else [_listed(archive, info)]
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps every entry it has seen; we keep what we need
            if len(listed) > MOST_MEMBERS:
                raise EvidenceError(reason="too_many_members", path=path, count=len(listed))
        if not _ends_whole(archive):
            findings.append(Finding("cut_archive", path, {"members": len(listed), "detail": ""}))
    except Bomb as error:
        raise EvidenceError(reason="bomb", path=path, detail=str(error)) from error
    except BROKEN as error:
        findings.append(Finding("cut_archive", path, {"members": len(listed), "detail": str(error) or type(error).__name__}))
    return archive, listed, findings


def _ends_whole(archive: tarfile.TarFile) -> bool:
    """Whether zeros stand where the list ended: tarfile takes a damaged header for the end, too."""
    file = archive.fileobj
    if file is None:
        return False
    file.seek(archive.offset)
    return file.read(_BLOCK) == bytes(_BLOCK)


def _listed(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Listed:
    kind = "" if info.isreg() else "link" if info.issym() or info.islnk() else "special"

    def opened() -> IO[bytes]:
        file = archive.extractfile(info)
        if file is None:
            raise EOFError(info.name)
        return file

    return Listed(info.name, info.size, info.size, kind, "", opened)


class _Limited(io.RawIOBase):
    """A stream that can be wound back and refuses to go on beyond `most` bytes. Where it is cut or damaged it ends: what came before is given."""

    def __init__(self, file: io.BufferedIOBase, most: int) -> None:
        self._file, self._most = file, most
        self._at, self._ended = 0, False

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: what lies behind is unpacked anew."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place counted from the beginning, which may lie at most where the limit is."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation(str(whence))
        if offset > self._most:
            raise Bomb(f"{offset} > {self._most}")
        try:
            self._ended = self._file.seek(offset) != offset
        except BROKEN:
            self._ended = True
        self._at = offset
        return offset

    def tell(self) -> int:
        """The place in the unpacked bytes."""
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as one step of unpacking goes."""
        view = memoryview(buffer).cast("B")
        try:
            piece = b"" if self._ended else self._file.read1(len(view))
        except BROKEN:
            self._ended, piece = True, b""
        self._at += len(piece)
        if self._at > self._most:
            raise Bomb(f"{self._at} > {self._most}")
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close what is read."""
        self._file.close()
        super().close()
