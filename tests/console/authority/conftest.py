"""A police with an undercover case."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from authority_help import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """One of Tokyo."""
    return make_world()
