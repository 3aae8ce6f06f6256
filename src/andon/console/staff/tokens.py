"""Keys for other programs: how they look, and whose one is."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from andon.console.staff.models import ApiToken

_MARK = "andon_"
PREFIX_LENGTH = 8


def new_key() -> str:
    """A key of 256 random bits, marked so that scanners of leaked secrets know it."""
    return _MARK + secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """What the desk keeps of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def prefix_of(key: str) -> str:
    """The beginning by which people tell their keys apart."""
    return key.removeprefix(_MARK)[:PREFIX_LENGTH]


def token_of(key: str) -> ApiToken | None:
    """The valid token of this key, with its person and unit."""
    token = ApiToken.objects.select_related("person__unit").filter(key_sha256=hash_of(key)).first()
    return token if token is not None and token.is_valid(timezone.now()) else None
