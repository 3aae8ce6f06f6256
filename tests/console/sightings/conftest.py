"""A case with the invented phones read into it, and people who may and who may not know of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from sightings_help import PHONES

from andon.console.casework.actions.life import open_case
from andon.console.evidence.conversations.running import read_now
from andon.console.evidence.exhibits.actions.take_in import Said
from andon.console.evidence.exhibits.copying import take_in_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Reading
    from andon.console.staff.models import Person


@pytest.fixture
def case(mori: Person, actor: Any) -> Case:
    """An open case that mori leads."""
    made: Case = open_case(actor(mori), "灯台", "general", ground="試験")
    return made


@pytest.fixture
def read_in(case: Case, mori: Person, actor: Any) -> Callable[[Path], Reading]:
    """Take a path in and read it."""

    def make(path: Path) -> Reading:
        exhibit = take_in_now(actor(mori), case, path, Said("携帯電話", "証拠品係", "複写"))
        return read_now(actor(mori), exhibit)

    return make


@pytest.fixture
def seller(read_in: Callable[[Path], Reading]) -> Reading:
    """The phone of who sells an account."""
    return read_in(PHONES / "phone-c")


@pytest.fixture
def watch(read_in: Callable[[Path], Reading]) -> Reading:
    """The phone of who keeps watch: with K's handle on Signal."""
    return read_in(PHONES / "phone-b.zip")
