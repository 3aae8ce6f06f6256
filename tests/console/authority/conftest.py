"""A police with an undercover case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from authority_help import World, make_world

from andon.console.undercover.authority import hooks, rules

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Plans as they are by themselves: without what apps above them have registered."""
    lists: list[list[Any]] = [hooks.AFTER_STATE, hooks.OPERATORS, hooks.THINGS, hooks.RESULTS]
    before, may, in_force = [list(one) for one in lists], dict(hooks.MAY), rules.IN_FORCE
    for one in (*lists, hooks.MAY):
        one.clear()
    yield
    for one, kept in zip(lists, before, strict=True):
        one[:] = kept
    hooks.MAY.clear()
    hooks.MAY.update(may)
    rules.IN_FORCE = in_force


@pytest.fixture
def world(db: None) -> World:
    """One of Tokyo."""
    return make_world()
