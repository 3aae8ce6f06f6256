"""Zip archives (.zip, .ufdr) read in place, with everything odd about their directory as findings."""

from __future__ import annotations

import stat
import zipfile
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.listing import MOST_MEMBERS, MOST_RATIO, RATIO_FROM, Listed
from andon.evidence.custody.members import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1  # bits of a zip entry
_UNIX = 3  # "created by" of entries whose attributes hold a Unix mode
_LOCAL_HEADER = 30  # bytes before name and extra field of an entry's own header


def zip_listing(file: IO[bytes], path: str) -> tuple[zipfile.ZipFile, list[Listed], list[Finding]]:
    """The open archive, its files, and what is odd. Raises EvidenceError (reason "broken_archive", "too_many_members")."""
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise EvidenceError(reason="broken_archive", path=path, detail=str(error) or type(error).__name__) from error
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise EvidenceError(reason="too_many_members", path=path, count=len(infos))
    return archive, [_listed(archive, info) for info in infos if not info.is_dir()], list(_overlaps(infos))


def _listed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Listed:
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    kind = "link" if stat.S_ISLNK(mode) else "special" if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG) else ""
    refusal = ""
    if info.flag_bits & _ENCRYPTED:
        refusal = "locked"
    elif info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        refusal = "bomb"
    return Listed(_decoded(info), info.file_size, info.compress_size, kind, refusal, lambda: archive.open(info))


def _decoded(info: zipfile.ZipInfo) -> str:
    """Name of an entry, NUL included. Japanese Windows writes cp932 without saying so, which Python has taken for cp437."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_NAME or name.isascii():
        return name
    raw = name.encode("cp437", "replace")
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _overlaps(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Entries that share bytes of the archive: how small files are made to unpack without end."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    shared = [
        after.filename for before, after in pairwise(ordered) if before.header_offset + _LOCAL_HEADER + before.compress_size > after.header_offset
    ]
    if shared:
        yield Finding("overlapping_entries", shared[0], {"count": len(shared)})
