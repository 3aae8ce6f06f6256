"""Short ways to draw, and the thirteen invented cases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World
from django.db import transaction

from andon.console import gate
from andon.console.casework.actions import samples as casework_samples
from andon.console.staff.rights import Role
from andon.console.undercover.contactlog import samples
from andon.console.undercover.inspection.actions.draws import Terms, draw
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.inspection.models import Draw

FOLDER = Path(__file__).resolve().parents[3] / "samples" / "undercover"
LATER = NOW + 30 * DAY
MINUTE = timedelta(minutes=1)


def thirteen(world: World) -> list[Plan]:
    """The invented cases, by the people of the world."""
    with gate._door():
        person = world.people["toru"]
        person.roles = [Role.INVESTIGATOR.value, Role.ANALYST.value]  # who takes the posts in
        person.save()
    cast = samples.Cast(world.at("toru"), world.at("sora"), world.at("mio"), world.at("rin"))
    return samples.load(FOLDER, cast, samples.take_posts(world.at("toru"), FOLDER))


def drawn_by(world: World, size: int = 1, *, who: str = "kei", now: Any = NOW, ground: str = "定期監察") -> Draw:
    """A draw."""
    return draw(world.at(who), Terms(size, ground, now + 30 * DAY), now=now)


def opened(world: World, case: Case, *, who: str = "kei", now: Any = NOW) -> None:
    """A case opened for a cause."""
    casework_samples.draw(world.at(who), [case.pk], ground="逸脱の疑い", until_at=now + 30 * DAY, now=now)


def refused_for(act: Callable[[], Any]) -> str:
    """The reason of the refusal. Fails when the act goes through."""
    with pytest.raises((Refused, Conflict)) as refused, transaction.atomic():
        act()
    return str(refused.value.data["reason"])
