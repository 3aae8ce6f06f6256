"""A police with an undercover case, its plan being carried out, its officer under seal, and a place to keep documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "authority"), str(_HERE.parent / "contactlog")]  # the tests' own helpers, however pytest was started

from authority_help import World, make_world
from identity_help import Register

from andon.console.casework import hooks as casework
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.codes import State
from andon.console.undercover.identities import on_case, queries, seal

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """The register by itself: what it has put into the hooks, and nothing of apps beside and above it."""
    lists: list[list[Any]] = [hooks.AFTER_STATE, hooks.OPERATORS, hooks.THINGS, hooks.RESULTS]
    mine: list[list[Any]] = [[on_case.call_back], [seal.operators], [on_case.things], [queries.results]]
    before, may, close = [list(one) for one in lists], dict(hooks.MAY), list(casework.MAY_CLOSE)
    for one, functions in zip(lists, mine, strict=True):
        assert set(functions) <= set(one)  # apps.ready has registered them
        one[:] = functions
    assert on_case.officers_sealed in hooks.MAY["begin"]
    assert on_case.may_close in casework.MAY_CLOSE
    hooks.MAY.clear()
    hooks.MAY["begin"].append(on_case.officers_sealed)
    yield
    for one, kept in zip(lists, before, strict=True):
        one[:] = kept
    hooks.MAY.clear()
    hooks.MAY.update(may)
    casework.MAY_CLOSE[:] = close


@pytest.fixture
def world(db: None) -> World:
    """One of Tokyo."""
    return make_world()


@pytest.fixture
def register(world: World) -> Register:
    """A plan that is being carried out; K-7 is sealed, a place is entered, nothing has come yet."""
    made = Register(world, world.plan_in(State.ACTIVE))
    made.make_officer()
    made.make_place()
    return made
