"""Reading a PDF back: the text of its pages, by the glyphs that are drawn and the table of what they stand for."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SHOWN = re.compile(rb"\((?:\\.|[^\\()])*\)\s*Tj|\[(?:\((?:\\.|[^\\()])*\)|[^\[\]])*\]\s*TJ", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(content: bytes) -> str:
    """All text of a PDF that fpdf2 made, a line for each that was drawn."""
    streams = [_inflated(match) for match in _STREAM.findall(content)]
    glyphs = {}
    for one in streams:
        if b"begincmap" in one:
            for glyph, target in _PAIR.findall(b"".join(_CHARS.findall(one))):
                glyphs[int(glyph, 16)] = bytes.fromhex(target.decode()).decode("utf-16-be")
    lines = []
    for one in streams:
        if b" Tj" in one or b" TJ" in one:
            for shown in _SHOWN.findall(one):
                raw = b"".join(_plain(piece) for piece in _STRING.findall(shown))
                lines.append("".join(glyphs.get(int.from_bytes(raw[at : at + 2], "big"), "?") for at in range(0, len(raw), 2)))
    return "\n".join(lines)


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error:
        return content


def _plain(content: bytes) -> bytes:
    return re.sub(rb"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(1)), content, flags=re.DOTALL)
