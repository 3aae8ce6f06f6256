"""Which encoding a text has, told by its beginning."""

from __future__ import annotations

import codecs

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NO_TEXT = (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0")  # zip, Parquet, old Office files: decoding them is a second lost
_LEAST_ZEROS = 0.02  # share of zero bytes from which a text is taken for UTF-16; Japanese export has more, a stray zero byte less
_SAMPLE = 1 << 16


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
