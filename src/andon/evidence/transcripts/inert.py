"""Text of evidence made harmless for a page: what cannot be seen, or turns the reading direction, is written out by its number."""

from __future__ import annotations

import re

_SIGNED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)


def sign(char: str) -> str:
    """How a character is written that is not drawn."""
    return f"[U+{ord(char):04X}]"


def inert(text: str) -> str:
    """The text with plain line ends and every control, bidirectional mark and half character written out. Nothing is left away."""
    return _SIGNED.sub(lambda found: sign(found[0]), text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
