"""The box for secrets that must be read again (of second factors): encrypted for the database, the key in the installation's folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings

from andon.console.keys import kept


def lock(text: str) -> str:
    """For the database."""
    return _box(Path(settings.HOME)).encrypt(text.encode()).decode("ascii")


def unlock(token: str) -> str:
    """From the database. Raises InvalidToken for what another installation's key has locked."""
    return _box(Path(settings.HOME)).decrypt(token.encode("ascii")).decode()


@lru_cache(maxsize=4)
def _box(home: Path) -> Fernet:
    return Fernet(kept(home, "second-factor.key", Fernet.generate_key))
