"""A police unit, its people, and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console.casework import hooks, panels, timeline
from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.members import add_member
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.console import gate
    from andon.console.casework.models import Case, Membership
    from andon.console.staff.models import Person, Unit


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Casework as it is by itself: without what apps above it have registered."""
    registered: list[list[Any]] = [hooks.MAY_ADMIT, hooks.MAY_CLOSE, hooks.MAY_END, panels.PANELS, timeline.SOURCES]
    before = [list(one) for one in registered]
    for one in registered:
        one[:] = [part for part in one if str(getattr(part, "__module__", "")).startswith("andon.console.casework.sources")]
    yield
    for one, kept in zip(registered, before, strict=True):
        one[:] = kept


@pytest.fixture
def ito(person: Callable[..., Person], police: Unit) -> Person:
    """A supervisor of the same unit."""
    return person("ito", Role.SUPERVISOR, unit=police, name="伊藤 三郎")


@pytest.fixture
def ando(person: Callable[..., Person], police: Unit) -> Person:
    """An analyst of the same unit: proposes, reads no cases."""
    return person("ando", Role.ANALYST, unit=police, name="安藤 五郎")


@pytest.fixture
def case(mori: Person, actor: Callable[..., gate.Actor]) -> Case:
    """An open case that mori leads."""
    return open_case(actor(mori), "灯台", "undercover", ground="試験")


@pytest.fixture
def admitted(case: Case, mori: Person, actor: Callable[..., gate.Actor]) -> Callable[..., Membership]:
    """Let a person into the case: `admitted(hara, "member")`."""

    def make(someone: Person, role: str = "member", **more: Any) -> Membership:
        return add_member(actor(mori), case.pk, someone.pk, role, **{"ground": "応援", **more})

    return make
