"""Large XML with nested elements, given to the caller's functions as it passes, with the bytes that records lie on.

Python's expat does the parsing: no external entity is fetched, and a file that declares entities of its own is refused (they can grow without bound).
Bytes that XML forbids (control characters, references to them, broken UTF-8) are blanked before, byte for byte, so that offsets stay true.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Started = Callable[[str, dict[str, str]], None]
    Ended = Callable[[str, str], None]

CHUNK = 1 << 20
_MOST_KEPT = 256 << 20  # bytes of one record that are held for its hash
_CONTROL = bytes(value if value >= 32 or value in (9, 10, 13) else 32 for value in range(256))  # noqa: PLR2004 - white space is allowed
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,9}));")
_LONGEST = 14  # bytes of a reference that may be cut at the end of a chunk


class XmlBroken(ValueError):  # noqa: N818 - it says what the file is
    """The file is no XML from `offset` on ("xml_broken"), or declares entities ("xml_entities")."""

    def __init__(self, reason: str, offset: int, detail: str) -> None:
        super().__init__(reason)
        self.reason, self.offset, self.detail = reason, offset, detail


class XmlWalk:
    """Walks over a stream and calls `started` (name, attributes) and `ended` (name, text directly inside of it when it is one of `texts`) on the way.

    Inside of them `offset` is where the tag begins. `keep(offset)` holds the bytes from there on until `kept(end)` gives them out.
    """

    def __init__(self, stream: IO[bytes], started: Started, ended: Ended, texts: frozenset[str]) -> None:
        self.blanked = 0
        self._stream, self._ended, self._names = stream, ended, texts
        self._texts: list[list[str] | None] = []  # from the outermost element with a text on: its pieces, None for others inside of it
        self._held, self._base, self._from = b"", 0, -1
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._started = started

    def __iter__(self) -> Iterator[None]:
        """Go on by one piece of the file at a time. Raises XmlBroken behind the last element that could be read."""
        waiting, ended = b"", False
        while not ended:
            raw = self._stream.read(CHUNK)
            ended = not raw
            self._hold(raw)
            data, waiting = _cut(waiting + raw, ended=ended)
            broken = self._feed(data, ended=ended)
            yield
            if broken is not None:
                raise broken

    @property
    def offset(self) -> int:
        """Where the tag begins that was just called for."""
        return self._parser.CurrentByteIndex

    def keep(self, offset: int) -> None:
        """Hold the bytes from `offset` on (the record that begins there)."""
        self._from = offset

    def kept(self, end: int) -> bytes:
        """The bytes from `keep` up to `end`, as they lie in the file; nothing is held afterwards."""
        start, self._from = self._from, -1
        return self._held[start - self._base : end - self._base]

    def _hold(self, raw: bytes) -> None:
        """Take in bytes, dropping those that were parsed and that no record needs."""
        first = self._from if self._from >= 0 else max(self._parser.CurrentByteIndex, self._base)
        if len(self._held) - (first - self._base) > _MOST_KEPT:
            raise XmlBroken("record_too_large", first, "")
        self._held, self._base = self._held[first - self._base :] + raw, first

    def _feed(self, data: bytes, *, ended: bool) -> XmlBroken | None:
        clean, count = _clean(data)
        self.blanked += count
        try:
            self._parser.Parse(clean, ended)
        except expat.ExpatError as error:
            return XmlBroken("truncated" if ended else "xml_broken", self._parser.ErrorByteIndex, str(error))
        except XmlBroken as error:
            return error
        except (LookupError, ValueError) as error:  # an encoding that is not known, or not by expat
            return XmlBroken("xml_broken", 0, str(error))
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._names:
            self._texts.append([])
        elif self._texts:
            self._texts.append(None)
        self._started(name, attributes)

    def _end(self, name: str) -> None:
        pieces = self._texts.pop() if self._texts else None
        self._ended(name, "".join(pieces) if pieces else "")

    def _text(self, text: str) -> None:
        if self._texts and (pieces := self._texts[-1]) is not None:
            pieces.append(text)

    def _entity(self, *_given: object) -> None:
        raise XmlBroken("xml_entities", self._parser.CurrentByteIndex, "")


def _cut(data: bytes, *, ended: bool) -> tuple[bytes, bytes]:
    """What can be parsed now, and what may be the first half of a reference or a character."""
    if ended:
        return data, b""
    at = data.rfind(b"&", max(0, len(data) - _LONGEST))
    at = len(data) if at < 0 else at
    for back in range(1, 4):  # the beginning of a character of several bytes
        if at - back >= 0 and data[at - back] >= 0xC0:  # noqa: PLR2004 - first bytes of UTF-8
            at -= back
            break
    return data[:at], data[at:]


def _clean(data: bytes) -> tuple[bytes, int]:
    """The bytes with what XML forbids blanked, at the same length, and how many places that were."""
    clean, count = data.translate(_CONTROL), 0
    if clean != data:
        count = sum(one != other for one, other in zip(clean, data, strict=True))

    def blank(found: re.Match[bytes]) -> bytes:
        nonlocal count
        number = int(found[1], 16) if found[1] else int(found[2])
        if number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000:  # noqa: PLR2004 - XML 1.0, Char
            return found[0]
        count += 1
        return b" " * len(found[0])

    clean = _REFERENCE.sub(blank, clean) if b"&#" in clean else clean
    try:
        clean.decode("utf-8")
    except UnicodeDecodeError:
        if not clean.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = clean.decode("utf-8", "surrogateescape")
            count += sum("\udc80" <= char <= "\udcff" for char in text)
            clean = re.sub("[\udc80-\udcff]", "?", text).encode()
    return clean, count
