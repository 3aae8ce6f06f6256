"""A police with an undercover case, its plan being carried out, and an inspector."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

_TESTS = Path(__file__).parents[1]
sys.path[:0] = [
    str(Path(__file__).parent),
    str(_TESTS / "contactlog"),
    str(_TESTS / "authority"),
]  # the tests' own helpers, however pytest was started

from authority_help import World, make_world
from log_help import Desk

from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.codes import State
from andon.console.undercover.contactlog import on_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Plans and their log by themselves: consent, deconfliction and reconciliation are other tests' subjects."""
    lists: list[list[Any]] = [hooks.AFTER_STATE, hooks.OPERATORS, hooks.THINGS]
    before, may = [list(one) for one in lists], dict(hooks.MAY)
    for one in (*lists, hooks.MAY):
        one.clear()
    hooks.MAY["close"] += [on_case.words_wait, on_case.outcome_missing]
    yield
    for one, kept in zip(lists, before, strict=True):
        one[:] = kept
    hooks.MAY.clear()
    hooks.MAY.update(may)


@pytest.fixture
def world(db: None) -> World:
    """One of Tokyo."""
    return make_world()


@pytest.fixture
def desk(world: World) -> Desk:
    """The world with a plan that is being carried out."""
    return Desk(world, world.plan_in(State.ACTIVE))


@pytest.fixture
def sit(world: World, browse: Callable[..., Client]) -> Callable[[str], Client]:
    """A signed-in client of somebody of the world."""
    return lambda name: browse(world.at(name).person)
