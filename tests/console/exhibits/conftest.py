"""A case, its people, and things to take in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.members import add_member
from andon.console.evidence.exhibits import hooks
from andon.console.evidence.exhibits.actions.take_in import Said
from andon.console.evidence.exhibits.copying import take_in_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Exhibits by themselves: without what apps above them have registered."""
    lists: list[list[Any]] = [hooks.AFTER_TAKEN, hooks.PANELS]
    before = [list(one) for one in lists]
    for one in lists:
        one[:] = []
    yield
    for one, kept in zip(lists, before, strict=True):
        one[:] = kept


@pytest.fixture
def case(mori: Person, actor: Any) -> Case:
    """An open case that mori leads."""
    made: Case = open_case(actor(mori), "灯台", "general", ground="試験")
    return made


@pytest.fixture
def admit(case: Case, mori: Person, actor: Any) -> Callable[..., None]:
    """Let a person into the case: `admit(hara, "member")`."""

    def make(someone: Person, role: str = "member") -> None:
        add_member(actor(mori), case.pk, someone.pk, role, ground="応援")

    return make


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A folder with two files: what a phone gave."""
    folder = tmp_path / "seized" / "phone"
    folder.mkdir(parents=True)
    (folder / "chat.txt").write_text("12:00 闇 指示\n", "utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8" + bytes(5000))
    return folder


@pytest.fixture
def said() -> Said:
    """What is said of it."""
    return Said(title="押収スマートフォン", place="証拠品保管室", how="差押え", number="領1", device="試験機 15", from_whom="被疑者A")


@pytest.fixture
def taken(mori: Person, case: Case, phone: Path, said: Said, actor: Any) -> Exhibit:
    """The phone, taken in by mori."""
    return take_in_now(actor(mori), case, phone, said)
