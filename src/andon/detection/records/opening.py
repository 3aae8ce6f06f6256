"""Bytes of a file or of standard input, unpacked: gzip and zstd are recognised by their first bytes, and a cut archive gives what it holds."""

from __future__ import annotations

import sys
import zlib
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import zstandard

from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDIN = "-"
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE = 1 << 14  # compressed bytes per step: small, so that a highly packed piece cannot fill the memory
_WINDOW = 1 << 31  # bytes: large public dumps are packed with windows beyond zstd's default


class _Unpacker(Protocol):
    """What gzip and zstd objects have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class Readable(Protocol):
    """What is needed of an open file."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes, fewer only at the end."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class ByteStream:
    """Unpacked bytes of one input. `consumed` counts bytes as they lie on the disk; `truncated` says that the archive ended too early."""

    def __init__(self, path: str, opened: Readable | None = None) -> None:
        """Open `path` ("-" is standard input), or take its content from `opened`. Raises SourceError (reason "unreadable") when that fails."""
        self.path = path
        self._on_disk = opened is None and path != STDIN
        self.consumed = 0
        self.truncated = False
        try:
            self._file: Readable = opened or (sys.stdin.buffer if path == STDIN else Path(path).open("rb"))  # noqa: SIM115 - closed by close()
            self._first = self._file.read(4)
        except OSError as error:
            raise SourceError(reason="unreadable", path=path, detail=str(error.strerror or error)) from error
        self.packed = self._first.startswith((_GZIP, _ZSTD))
        self._pieces = self._unpacked()
        self._rest = b""

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self.path != STDIN:
            self._file.close()

    def read(self, size: int) -> bytes:
        """Up to `size` bytes and less only at the end of the input."""
        if not self.packed:
            return self._raw(size)
        parts, have = [self._rest], len(self._rest)
        while have < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            parts.append(piece)
            have += len(piece)
        data = b"".join(parts)
        self._rest = data[size:]
        return data[:size]

    def can_seek(self) -> bool:
        """Whether `seek` works: a plain file on disk."""
        return not self.packed and self._on_disk and isinstance(self._file, BufferedReader) and self._file.seekable()

    def seek(self, offset: int) -> None:
        """Go on reading at byte `offset` of a plain file."""
        if isinstance(self._file, BufferedReader):
            self._file.seek(offset)
        self._first, self.consumed = b"", offset

    def _raw(self, size: int) -> bytes:
        """The next bytes as they lie on the disk."""
        try:
            data = self._first + self._file.read(size - len(self._first))
        except OSError as error:
            raise SourceError(reason="unreadable", path=self.path, detail=str(error.strerror or error)) from error
        self._first = b""
        self.consumed += len(data)
        return data

    def _unpacked(self) -> Iterator[bytes]:
        """Unpacked pieces of all members of the archive, one behind the other."""
        data = self._raw(_PIECE)
        zstd = data.startswith(_ZSTD)
        magic = _ZSTD if zstd else _GZIP
        data += self._raw(_PIECE)
        while data:
            if not data.startswith(magic):
                # What stands behind the last member is padding when it is zeros, damage otherwise.
                self.truncated = self.truncated or bool(data.strip(b"\0"))
                return
            unpacker: _Unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj() if zstd else zlib.decompressobj(wbits=31)
            while True:
                try:
                    piece = unpacker.decompress(data)
                except (zlib.error, zstandard.ZstdError):
                    self.truncated = True
                    return
                if piece:
                    yield piece
                if unpacker.eof:
                    break
                data = self._raw(_PIECE)
                if not data:
                    self.truncated = True
                    return
            data = unpacker.unused_data
            if len(data) < len(magic):
                data += self._raw(_PIECE)
