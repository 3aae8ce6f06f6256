"""What made an item: this program and its version, written on everything that is derived from evidence."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

NAME = "andon"


@lru_cache(maxsize=1)
def tool() -> dict[str, str]:
    """Name and version of this program."""
    return {"name": NAME, "version": version(NAME)}
