"""Holds of a unit, and people of two units."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from andon.console import gate
from andon.console.holds.actions.place import Terms, place
from andon.console.staff.models import Unit
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.holds.models import Hold
    from andon.console.holds.targets import Target
    from andon.console.staff.models import Person

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def police(db: None) -> Unit:
    """Another unit."""
    with gate._door():
        return Unit.objects.create(name="試験県警", kind=Unit.Kind.POLICE)


@pytest.fixture
def rei(person: Callable[..., Person], police: Unit) -> Person:
    """An investigator of the other unit: places and lifts holds there."""
    return person("rei", Role.INVESTIGATOR, unit=police)


@pytest.fixture
def held(actor: Callable[..., gate.Actor]) -> Callable[..., Hold]:
    """Place a hold: `held(person, target)`."""

    def make(someone: Person, target: Target, *, now: datetime = NOW, days: float = 7, note: str = "秘密の理由") -> Hold:
        until = now + timedelta(days=days)
        return place(actor(someone), target, Terms("investigation", until, min(until, now + timedelta(days=3)), note), now=now)

    return make
