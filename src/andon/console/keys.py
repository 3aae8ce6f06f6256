"""Keys of an installation: files in `keys/` of its folder, made once, readable by the owner only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def folder(home: Path) -> Path:
    """Where the keys lie."""
    keys = home / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    return keys


def kept(home: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """The key of that name; made the first time. Of two processes that make one at once both get the first one."""
    file = folder(home) / name
    if not file.exists():
        draft = file.with_name(f".{name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(make())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)  # whole or not at all, and never over one that is there
        except FileExistsError:
            pass  # the other process was quicker: its key holds
        finally:
            draft.unlink()
    return file.read_bytes()
