"""Text files line by line, each with the bytes it lies on: UTF-8, UTF-16 and Shift_JIS, never recoded as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Literal

from andon.language.encodings import guess_encoding

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from andon.evidence.chats.reading import Part

MOST_LINE = 16 << 20  # bytes; a longer one is cut there
MOST_TEXT = 16 << 20  # bytes of one message over several lines; the lines behind belong to none
_SAMPLE = 1 << 16


@dataclass(slots=True)
class Line:
    """One line: where it begins, its bytes with their line end, and the text without it. `damaged`: some bytes were no text and are U+FFFD here."""

    offset: int
    raw: bytes
    text: str
    damaged: bool = False
    found: re.Match[str] | Literal[False] | None = False  # for the reader: what its pattern finds in the line, False as long as it was not asked


def lines_of(part: Part) -> Iterator[Line]:
    """The lines of a file. A byte order mark belongs to the first line's bytes, not to its text."""
    with part.file.open() as stream:
        sample = stream.read(_SAMPLE)
    encoding, mark = guess_encoding(sample)
    with part.file.open() as stream:
        yield from _lines(stream, encoding, mark)


def raw_lines_of(part: Part) -> Iterator[Line]:
    """The same for formats that are bytes of JSON: cut at line feeds whatever the encoding, and without the text."""
    offset = 0
    with part.file.open() as stream:
        for raw in _raw_lines(stream):
            yield Line(offset, raw, "")
            offset += len(raw)


def _lines(stream: IO[bytes], encoding: str, mark: int) -> Iterator[Line]:
    offset = 0
    cut = _raw_lines(stream) if encoding in {"utf-8", "cp932"} else _wide_lines(stream, b"\n\x00" if encoding == "utf-16-le" else b"\x00\n")
    for raw in cut:
        damaged = False
        try:
            text = raw.decode(encoding) if offset else raw[mark:].decode(encoding)
        except UnicodeDecodeError:
            text, damaged = raw[0 if offset else mark :].decode(encoding, "replace"), True
        yield Line(offset, raw, text.rstrip("\r\n"), damaged)
        offset += len(raw)


def _raw_lines(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(stream.readline, MOST_LINE), b"")


def _wide_lines(stream: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Lines of UTF-16, whose line end must begin at an even byte."""
    waiting = b""
    while piece := stream.read(_SAMPLE):
        waiting += piece
        start = at = 0
        while (at := waiting.find(end, at)) >= 0:
            if (at - start) % 2:
                at += 1
                continue
            yield waiting[start : at + 2]
            start = at = at + 2
        waiting = waiting[start:]
        while len(waiting) > MOST_LINE:
            yield waiting[:MOST_LINE]
            waiting = waiting[MOST_LINE:]
    if waiting:
        yield waiting


def head_text(data: bytes) -> str:
    """The text of a file's first bytes, for recognising it."""
    encoding, mark = guess_encoding(data)
    return data[mark:].decode(encoding, "replace")
