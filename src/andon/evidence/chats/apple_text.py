"""Text inside the binary columns of Apple's messages: `attributedBody` (a typed stream) and `message_summary_info` (a binary property list).

Only what is needed is looked at, nothing is unpacked into objects. After the descriptions of imessage-exporter; no real column was at hand.
"""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Version
from andon.evidence.chats.times import from_apple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 8 << 20  # bytes of a column that is looked at
_SHORT, _LONG, _STRING = 0x81, 0x82, b"\x2b"


def text_in(body: object) -> str:
    """The text of a typed stream, or "": behind "NSString" a plus sign, the length (one byte; two behind 0x81, four behind 0x82), and the text."""
    if not isinstance(body, bytes) or len(body) > _MOST:
        return ""
    start = body.find(b"NSString")
    at = body.find(_STRING, start + 8) if start >= 0 else -1
    if at < 0 or at + 1 >= len(body):
        return ""
    width = {_SHORT: 2, _LONG: 4}.get(body[at + 1], 0)
    length = int.from_bytes(body[at + 2 : at + 2 + width], "little") if width else body[at + 1]
    begin = at + 2 + width
    return body[begin : begin + length].decode("utf-8", "replace")


def edits_in(info: object) -> tuple[tuple[Version, ...], bool]:
    """The older texts of a message ("ec": parts with their versions, the last of which stands), and whether parts were taken back ("rp")."""
    if not isinstance(info, bytes) or not info.startswith(b"bplist00") or len(info) > _MOST:
        return (), False
    try:
        value = plistlib.loads(info, fmt=plistlib.FMT_BINARY)
    except (ValueError, TypeError, KeyError, RecursionError, MemoryError):
        return (), False
    if not isinstance(value, dict):
        return (), False
    parts = value.get("ec")
    versions = [version for part in (parts.values() if isinstance(parts, dict) else ()) for version in list(_versions(part))[:-1]]
    return tuple(versions), bool(value.get("rp"))


def _versions(part: Any) -> Iterator[Version]:  # noqa: ANN401 - what the list holds
    for one in part if isinstance(part, list) else ():
        if isinstance(one, dict):
            yield Version(text_in(one.get("t")), from_apple(one.get("d")))
