"""Which encoding a text file has, and its stream as UTF-8.

A byte that cannot be decoded becomes 0xFF, which no UTF-8 text holds: the row it stands in, and only that, is then found to be broken.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from andon.detection.records.opening import ByteStream

_BROKEN = "\udcff"  # encoded with "surrogateescape" it is the byte 0xFF
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NO_TEXT = (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0")  # zip, Parquet, old Office files: decoding them is a second lost
_LEAST_ZEROS = 0.02  # share of zero bytes from which a text is taken for UTF-16; Japanese export has more, a stray zero byte less
_SAMPLE = 1 << 16


def _mark_broken(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _BROKEN, error.end
    raise error


codecs.register_error("andon-mark-broken", _mark_broken)


def _readable_lines(lines: list[bytes], encoding: str) -> int:
    """How many of the lines decode without error."""
    count = 0
    for line in lines:
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            continue
        count += 1
    return count


def guess_encoding(head: bytes) -> tuple[str, int]:
    """Encoding of a text that begins with `head` and length of its byte order mark: "utf-8", "utf-16-le", "utf-16-be" or "cp932".

    UTF-8 is preferred as soon as half of the lines that are not ASCII are good UTF-8, so that a few broken bytes do not turn a file into another
    encoding.
    """
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, len(bom)
    if head.startswith(_NO_TEXT):
        return "utf-8", 0
    head = head[:_SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd > _LEAST_ZEROS * len(head) and max(even, odd) >= 9 * min(even, odd):
        return ("utf-16-le" if odd > even else "utf-16-be"), 0
    lines = head.split(b"\n")
    if len(lines) > 1 and len(head) == _SAMPLE:
        lines.pop()  # cut in the middle
    lines = [line for line in lines if not line.isascii()]
    good = _readable_lines(lines, "utf-8")
    if good * 2 >= len(lines) or good >= _readable_lines(lines, "cp932"):
        return "utf-8", 0
    return "cp932", 0


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
