"""Files inside archives (zip, tar, tar.gz, tar.zst) as paths like `archive.zip!/folder/posts.csv`, read in place: nothing is unpacked to a folder.

An archive is read like a folder: members with a known ending, hidden ones left out. Limits keep a zip bomb from taking the machine; memory stays
flat anyway, because members are streams.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from andon.detection.records.opening import STDIN
from andon.detection.records.tar_stream import TarStream, tar_listing
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from types import TracebackType

STDIN_NAME = "stdin"
MARK = "!/"  # between the path of an archive and the name of its member
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
TAR_MAGIC, TAR_AT = b"ustar", 257  # where the magic of a tar stands
MOST_MEMBERS = 100_000
MOST_UNPACKED = 1 << 40  # bytes of all members together
MOST_RATIO = 400  # unpacked to packed; JSON of equal lines reaches 100 to 200, a bomb the 1,032 that the format allows
RATIO_FROM = 1 << 28  # bytes unpacked; below it the ratio does no harm
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1  # bits of a zip entry
_BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: name with folders, unpacked size, number among the entries of the archive, whether a password protects it."""

    name: str
    size: int
    number: int
    locked: bool = False


def split_path(path: str) -> tuple[str, str] | None:
    """Archive and member of a path that names a member, or None for any other path (also for a file whose own name holds the mark)."""
    at = path.find(MARK)
    while at > 0:
        if Path(path[:at]).is_file():
            return None if Path(path).exists() else (path[:at], path[at + len(MARK) :])
        at = path.find(MARK, at + 1)
    return None


def shown_name(path: str) -> str:
    """Name of a file for people and posts: without folders, a member with the name of its archive before it (`archive.zip/folder/posts.csv`)."""
    if path == STDIN:
        return STDIN_NAME
    parts = split_path(path)
    return Path(path).name if parts is None else f"{Path(parts[0]).name}/{parts[1]}"


def packed_size(path: str) -> int:
    """Bytes of a file as it is read: on the disk, or for a member unpacked from its archive."""
    parts = split_path(path)
    return Path(path).stat().st_size if parts is None else _entry(*parts).size


def is_archive_head(head: bytes) -> bool:
    """Whether a file that begins so (gzip and zstd undone) is a zip or tar. A workbook is a zip too: look at `workbook_parts` as well."""
    return head.startswith(ZIP_MAGICS) or head[TAR_AT : TAR_AT + len(TAR_MAGIC)] == TAR_MAGIC


def decoded_name(info: zipfile.ZipInfo) -> str:
    """Name of a zip entry. Japanese Windows writes cp932 without saying so, which Python has taken for cp437."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        raw = info.orig_filename.encode("cp437", "replace")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


class _Zip:
    """An open zip and its directory."""

    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN_ZIP as error:
            raise SourceError(reason="broken_archive", path=path, detail=str(error)) from error
        self._infos = self._zip.infolist()
        self.members = [
            Member(decoded_name(info), info.file_size, number, bool(info.flag_bits & _ENCRYPTED))
            for number, info in enumerate(self._infos) if not info.is_dir()
        ]  # fmt: skip

    def open(self, member: Member) -> IO[bytes]:
        """The unpacked bytes of a member."""
        return self._zip.open(self._infos[member.number])


class _Tar:
    """A tar, packed or not, and the list of its members; opened again when a member is wanted that lies behind."""

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            self.members = [Member(name, size, number) for number, name, size in tar_listing(path, ratio=(RATIO_FROM, MOST_RATIO), most=MOST_MEMBERS)]
        except (tarfile.TarError, EOFError, ValueError, OSError) as error:
            raise SourceError(reason="broken_archive", path=path, detail=str(error)) from error
        self._stream: TarStream | None = None

    def open(self, member: Member) -> IO[bytes]:
        """The bytes of a member."""
        if self._stream is not None and self._stream.number >= member.number:
            self._stream.close()
            self._stream = None
        if self._stream is None:
            self._stream = TarStream(self._path)
        return self._stream.open(member.number)


def _check(path: str, members: list[Member]) -> None:
    """Raises SourceError (reason "archive_too_large") for more members or bytes than an honest archive holds."""
    unpacked, packed = sum(member.size for member in members), max(Path(path).stat().st_size, 1)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * packed):
        raise SourceError(reason="archive_too_large", path=path, count=len(members), size=unpacked)


@lru_cache(maxsize=2)
def _opened(path: str, _state: tuple[int, int]) -> tuple[_Zip | _Tar, dict[str, Member]]:
    """An archive with its members by name, kept open while they are read one after the other. Of two with the same name the last one counts."""
    with Path(path).open("rb") as file:
        is_zip = file.read(4).startswith(ZIP_MAGICS)
    opened = _Zip(path) if is_zip else _Tar(path)
    _check(path, opened.members)
    return opened, {member.name: member for member in opened.members}


def _archive(path: str) -> tuple[_Zip | _Tar, dict[str, Member]]:
    try:
        state = Path(path).stat()
        return _opened(path, (state.st_mtime_ns, state.st_size))
    except OSError as error:
        raise SourceError(reason="unreadable", path=path, detail=str(error.strerror or error)) from error


def list_members(path: str) -> list[Member]:
    """Members of an archive in its order (folders are none).

    Raises SourceError: reason "broken_archive", "archive_too_large" (too many members, too many bytes, or packed more than honest content can be).
    """
    return sorted(_archive(path)[1].values(), key=lambda member: member.number)


def _entry(archive: str, name: str) -> Member:
    members = _archive(archive)[1]
    if name not in members:
        raise SourceError(reason="missing", path=f"{archive}{MARK}{name}")
    return members[name]


def open_member(path: str) -> MemberFile | None:
    """The member that `path` names, opened; None for a path that names no member."""
    parts = split_path(path)
    return None if parts is None else MemberFile(path, *parts)


class MemberFile:
    """Bytes of one member from its beginning. Raises SourceError (reason "locked_member", "packed_unknown", "broken_archive") while reading."""

    def __init__(self, path: str, archive: str, name: str) -> None:
        self._path = path
        entry = _entry(archive, name)
        if entry.locked:
            raise SourceError(reason="locked_member", path=path)
        try:
            self._file = _archive(archive)[0].open(entry)
        except NotImplementedError as error:  # a way of packing that Python does not know
            raise SourceError(reason="packed_unknown", path=path, detail=str(error)) from error
        except (*_BROKEN_ZIP, RuntimeError, tarfile.TarError) as error:
            raise SourceError(reason="broken_archive", path=path, detail=str(error)) from error

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, fewer only at the end."""
        try:
            return self._file.read(size)
        except (*_BROKEN_ZIP, tarfile.TarError) as error:
            raise SourceError(reason="broken_archive", path=self._path, detail=str(error)) from error

    def close(self) -> None:
        """Close the member; the archive stays open for the next one."""
        self._file.close()

    def __enter__(self) -> Self:
        """The open member."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        self.close()
