"""Text of Facebook's and Instagram's downloads: UTF-8 bytes written as if each were a Latin-1 character."""

from __future__ import annotations

import re
from typing import Any

# A character of UTF-8 read as Latin-1: a first byte of two to four, then as many of 0x80–0xBF.
_BROKEN = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def repaired(text: str) -> str:
    """`text` as it was meant; unchanged when it is not broken in this way.

    Changed only when every character is one of Latin-1 and the whole is good UTF-8: "café" as such, and text that already is Japanese, stay.
    """
    if text.isascii() or not _BROKEN.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def repaired_all(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The same for every text inside a JSON value, keys among them. Its depth is bounded by the parser."""
    if isinstance(value, str):
        return repaired(value)
    if isinstance(value, dict):
        return {repaired(key): repaired_all(one) for key, one in value.items()}
    return [repaired_all(one) for one in value] if isinstance(value, list) else value
