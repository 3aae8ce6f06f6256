"""Reading one file with others beside it; the modules of invented exports can be imported by name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests are no package

from chat_reading import read_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.evidence.chats.model import Counts, Item


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Item | Counts]]:
    """Write a file (and others beside it) and read it."""

    def reading(name: str, data: bytes, beside: dict[str, bytes] | None = None) -> list[Item | Counts]:
        for path, content in {name: data, **(beside or {})}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
        return read_folder(tmp_path)

    return reading
