"""Tar archives read from front to back through the unpacking of `opening`, so that tar, tar.gz and tar.zst are one thing."""

from __future__ import annotations

import tarfile
from typing import IO, TYPE_CHECKING, cast

from andon.detection.records.opening import ByteStream
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Counted:
    """Unpacked bytes of a file, counted."""

    def __init__(self, path: str) -> None:
        self.stream, self.unpacked = ByteStream(path), 0

    def read(self, size: int) -> bytes:
        """The next bytes; for tarfile."""
        data = self.stream.read(size)
        self.unpacked += len(data)
        return data


class TarStream:
    """One pass through a tar. `number` is that of the member last opened."""

    def __init__(self, path: str) -> None:
        self.content = _Counted(path)
        # Python's type for file objects asks for more than the streaming mode uses, which only calls `read`.
        self._tar = tarfile.open(fileobj=cast("IO[bytes]", self.content), mode="r|", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - closed by close()
        self._members = enumerate(self._tar)
        self.number = -1

    def __iter__(self) -> Iterator[tuple[int, tarfile.TarInfo]]:
        """Number and entry of all members that are left."""
        return self._members

    def close(self) -> None:
        """Close the file."""
        self._tar.close()
        self.content.stream.close()

    def open(self, number: int) -> IO[bytes]:
        """The bytes of member `number`, which must lie ahead. Raises tarfile.TarError when it is no longer there."""
        for at, entry in self._members:
            self.number = at
            if at == number and (content := self._tar.extractfile(entry)) is not None:
                return content
        raise tarfile.ReadError("the archive has changed")


def _name(name: str) -> str:
    """Name of a member; one that is not UTF-8 is taken for Japanese Windows's."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp932", "replace")


def tar_listing(path: str, *, ratio: tuple[int, int], most: int) -> list[tuple[int, str, int]]:
    """Number, name and size of the files in a tar (links and devices are left out).

    Raises SourceError (reason "archive_too_large") as soon as more than `ratio[0]` bytes have been unpacked of fewer than one for `ratio[1]`, or
    there are more than `most` members; tarfile.TarError when it is no tar. A cut archive gives what it holds.
    """
    stream, found = TarStream(path), list[tuple[int, str, int]]()
    content = stream.content
    try:
        for number, entry in stream:
            if entry.isfile():
                found.append((number, _name(entry.name).removeprefix("./"), entry.size))
            if number >= most or (content.unpacked > ratio[0] and content.unpacked > ratio[1] * content.stream.consumed):
                raise SourceError(reason="archive_too_large", path=path, count=number, size=content.unpacked)
    except tarfile.ReadError:
        if not found:
            raise
    finally:
        stream.close()
    return found
