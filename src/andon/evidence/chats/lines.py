"""Text files line by line, each with the bytes it lies on: UTF-8, UTF-16 and Shift_JIS, never recoded as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from andon.language.encodings import guess_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.reading import Part

MOST_LINE = 16 << 20  # bytes; a longer one is cut there
_SAMPLE = 1 << 16


@dataclass(slots=True)
class Line:
    """One line: where it begins, its bytes with their line end, and the text without it. `damaged`: some bytes were no text and are U+FFFD here."""

    offset: int
    raw: bytes
    text: str
    damaged: bool = False


def lines_of(part: Part) -> Iterator[Line]:
    """The lines of a file. A byte order mark belongs to the first line's bytes, not to its text."""
    with part.file.open() as stream:
        sample = stream.read(_SAMPLE)
    encoding, mark = guess_encoding(sample)
    with part.file.open() as stream:
        yield from _lines(stream, encoding, mark)


def _lines(stream: IO[bytes], encoding: str, mark: int) -> Iterator[Line]:
    offset = 0
    cut = _raw_lines(stream) if encoding in {"utf-8", "cp932"} else _wide_lines(stream, b"\n\x00" if encoding == "utf-16-le" else b"\x00\n")
    for raw in cut:
        content = raw if offset else raw[mark:]
        try:
            text, damaged = content.decode(encoding), False
        except UnicodeDecodeError:
            text, damaged = content.decode(encoding, "replace"), True
        yield Line(offset, raw, text.rstrip("\r\n") if text.endswith(("\n", "\r")) else text, damaged)
        offset += len(raw)


def _raw_lines(stream: IO[bytes]) -> Iterator[bytes]:
    while raw := stream.readline(MOST_LINE):
        yield raw


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
