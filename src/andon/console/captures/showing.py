"""What was kept, read back for people: a page is never run, only its beginning is shown as text."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING

from andon.console.captures import store
from andon.console.captures.warc import record_of
from andon.domain.errors import OutputError

if TYPE_CHECKING:
    from andon.console.captures.models import Capture

MOST_SIGNS = 20_000
_GZIP = b"\x1f\x8b"


def content_of(capture: Capture) -> bytes | None:
    """The content as it lies in the archive; nothing when that cannot be read (verifying says what is wrong)."""
    try:
        with store.path_of(capture.archive.key, store.ARCHIVE).open("rb") as file:
            return record_of(file, capture.record)
    except (OSError, OutputError):
        return None


def text_of(content: bytes) -> str:
    """The beginning as text. Unpacked where it came packed, no further than is shown."""
    if content.startswith(_GZIP):
        try:
            content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(4 * MOST_SIGNS)
        except (OSError, EOFError, zlib.error):
            return ""
    return content[: 4 * MOST_SIGNS].decode("utf-8", errors="replace")[:MOST_SIGNS]
