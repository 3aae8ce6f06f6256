"""A police with an undercover case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from authority_help import World, alone, make_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Plans as they are by themselves."""
    with alone():
        yield


@pytest.fixture
def world(db: None) -> World:
    """One of Tokyo."""
    return make_world()
