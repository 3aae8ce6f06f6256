"""Which encoding a text file has, and its stream as UTF-8.

A byte that cannot be decoded becomes 0xFF, which no UTF-8 text holds: the row it stands in, and only that, is then found to be broken.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from andon.language.encodings import guess_encoding

if TYPE_CHECKING:
    from andon.detection.records.opening import ByteStream

_BROKEN = "\udcff"  # encoded with "surrogateescape" it is the byte 0xFF


def _mark_broken(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _BROKEN, error.end
    raise error


codecs.register_error("andon-mark-broken", _mark_broken)


class TextStream:
    """UTF-8 text of one input whatever its encoding. Offsets count bytes of this text: unpacked, recoded, without byte order mark."""

    def __init__(self, stream: ByteStream, first_bytes: int) -> None:
        """Read `first_bytes` of `stream` as `head` and recognise the encoding; reading goes on from the beginning."""
        self.stream = stream
        raw = stream.read(first_bytes)
        self.encoding, self._bom = guess_encoding(raw)
        self.raw_head = raw
        self._decoder = None if self.encoding == "utf-8" else codecs.getincrementaldecoder(self.encoding)("andon-mark-broken")
        self._ended = self.whole = len(raw) < first_bytes  # `whole`: nothing follows the head
        self.head = self._recode(raw[self._bom :], final=self._ended)
        self._waiting = self.head

    def _recode(self, raw: bytes, *, final: bool) -> bytes:
        if self._decoder is None:
            return raw
        return self._decoder.decode(raw, final).encode("utf-8", "surrogateescape")

    def read(self, size: int) -> bytes:
        """About `size` bytes; empty only at the end."""
        if self._waiting:
            data, self._waiting = self._waiting, b""
            return data
        while not self._ended:
            raw = self.stream.read(size)
            self._ended = len(raw) < size
            if data := self._recode(raw, final=self._ended):
                return data
        return b""

    def put_back(self, data: bytes) -> None:
        """Have `data`, the end of what was last read, read again."""
        self._waiting = data + self._waiting

    def skip(self, offset: int) -> None:
        """Go to `offset`; only from the beginning. A plain UTF-8 file is sought, anything else is read up to there."""
        if offset <= len(self._waiting):
            self._waiting = self._waiting[offset:]
        elif self._decoder is None and self.stream.can_seek():
            self.stream.seek(offset + self._bom)
            self._waiting, self._ended = b"", False
        else:
            while offset > 0 and (data := self.read(1 << 20)):
                self._waiting = data[offset:]
                offset -= len(data)
