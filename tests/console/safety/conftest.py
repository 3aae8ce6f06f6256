"""A police with an undercover case, and safety by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "authority")]  # the tests' own helpers, however pytest was started

from authority_help import World, make_world

from andon.console.undercover.authority import hooks
from andon.console.undercover.contactlog import hooks as contacts
from andon.console.undercover.safety import on_plans

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Without what other apps have registered."""
    lists: list[list[Any]] = [hooks.AFTER_STATE, hooks.OPERATORS, hooks.THINGS, contacts.AFTER_MEETING, contacts.AFTER_ENTRY]
    before, may = [list(one) for one in lists], dict(hooks.MAY)
    for one in (*lists, hooks.MAY):
        one.clear()
    hooks.AFTER_STATE += [on_plans.after_state]
    hooks.MAY["begin"] += [on_plans.may_begin]
    hooks.MAY["resume"] += [on_plans.may_begin]
    contacts.AFTER_MEETING += [on_plans.after_meeting]
    contacts.AFTER_ENTRY += [on_plans.after_entry]
    yield
    for one, kept in zip(lists, before, strict=True):
        one[:] = kept
    hooks.MAY.clear()
    hooks.MAY.update(may)


@pytest.fixture
def world(db: None) -> World:
    """One of Tokyo."""
    return make_world()
