"""XML files of many small elements, cut at the bytes: each `<name …/>` or `<name …>…</name>` with its place. Nothing is expanded or fetched.

For exports whose attributes are no valid XML (numeric references to halves of characters), which a parser refuses as a whole.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 20
MOST_ELEMENT = 256 << 20  # bytes; a message with videos inside, as base64
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)')")
_PAIR = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")
_PAIR_HEX = re.compile(r"&#x([dD][89abAB][0-9a-fA-F]{2});&#x([dD][c-fC-F][0-9a-fA-F]{2});")
_BAD_NUMBER = re.compile(r"&#(?:0|x0|5[5-7]\d{3}|x[dD][89a-fA-F][0-9a-fA-F]{2});")
_HIGH, _LOW, _LOW_END = 0xD800, 0xDC00, 0xE000


@dataclass(slots=True)
class Element:
    """One element: where it stands, its bytes; `is_cut` when the file ends inside it."""

    offset: int
    raw: bytes
    is_cut: bool = False


def elements_of(stream: IO[bytes], names: tuple[bytes, ...]) -> Iterator[Element]:
    """The elements of these names, outermost first, in the order of the file."""
    opening = re.compile(rb"<(" + rb"|".join(names) + rb")(?=[\s/>])")
    data, base, ended = b"", 0, False
    at = 0
    while True:
        found = opening.search(data, at)
        end = _end_of(data, found) if found else -1
        if found and end > 0:
            yield Element(base + found.start(), data[found.start() : end])
            at = end
            continue
        start = found.start() if found else max(at, len(data) - max(map(len, names)) - 2)
        if ended:
            if found:
                yield Element(base + start, data[start:], is_cut=True)
            return
        if found and len(data) - start > MOST_ELEMENT:
            yield Element(base + start, data[start:], is_cut=True)
            start = len(data)
        more = stream.read(max(CHUNK, len(data) - start))
        ended = not more
        data, base, at = data[start:] + more, base + start, 0


def _end_of(data: bytes, found: re.Match[bytes]) -> int:
    """Index behind the element, or -1. A tag ends at the first ">" outside quotes."""
    close = _tag_end(data, found.end())
    if close < 0 or data[close - 2 : close - 1] == b"/":
        return close
    end = b"</" + found[1] + b">"
    at = data.find(end, close)
    return at + len(end) if at >= 0 else -1


_QUOTED = re.compile(rb"(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")


def _tag_end(data: bytes, at: int) -> int:
    found = _QUOTED.match(data, at)
    return found.end() if found else -1


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, references undone; halves of characters are joined, what is no character becomes U+FFFD."""
    made = {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}
    return {name: _plain(value) for name, value in made.items()} if "&" in tag else made


def _plain(value: str) -> str:
    if "&" not in value:
        return value
    value = _PAIR.sub(lambda found: _joined(int(found[1]), int(found[2]), found[0]), value)
    value = _PAIR_HEX.sub(lambda found: _joined(int(found[1], 16), int(found[2], 16), found[0]), value)
    return html.unescape(_BAD_NUMBER.sub("\ufffd", value))


def _joined(high: int, low: int, given: str) -> str:
    if not (_HIGH <= high < _LOW <= low < _LOW_END):
        return given
    return chr(0x10000 + ((high - _HIGH) << 10) + (low - _LOW))
