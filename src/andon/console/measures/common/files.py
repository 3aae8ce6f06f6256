"""Files that go out (letters, packets), kept by their SHA-256: what was sent can be shown as it was sent."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from andon.domain.errors import Conflict

_LENGTH = 64


def keep(content: bytes) -> str:
    """Store content and return its key (SHA-256). The same content is one file; a file is never written to twice."""
    key = hashlib.sha256(content).hexdigest()
    place = path_of(key)
    if not place.exists():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = place.with_name(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(place)
    return key


def read(key: str) -> bytes:
    """The content of a key. Raises Conflict when the file is missing or is no longer what its key says."""
    place = path_of(key)
    content = place.read_bytes() if place.is_file() else b""
    if hashlib.sha256(content).hexdigest() != key:
        raise Conflict(reason="file_altered", name=key[:12])
    return content


def path_of(key: str) -> Path:
    """Where the file of a key lies."""
    if len(key) != _LENGTH or not set(key) <= set("0123456789abcdef"):
        raise Conflict(reason="file_altered", name="?")
    return Path(settings.HOME) / "outgoing" / key[:2] / key
