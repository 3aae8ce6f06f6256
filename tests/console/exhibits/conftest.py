"""A case, its people, and things to take in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.members import add_member
from andon.console.evidence.exhibits import hooks
from andon.console.evidence.exhibits.actions.take_in import Said, take_in_now
from andon.console.staff.models import Person, Unit
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit


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
def police(db: None) -> Unit:
    """A prefectural police's section."""
    with gate._door():
        return Unit.objects.create(name="試験県警 捜査第二課", kind=Unit.Kind.POLICE, prefecture="東京都")


@pytest.fixture
def mori(person: Callable[..., Person], police: Unit) -> Person:
    """An investigator, who leads the case."""
    return person("mori", Role.INVESTIGATOR, unit=police, name="森 一郎")


@pytest.fixture
def hara(person: Callable[..., Person], police: Unit) -> Person:
    """Another investigator of the same unit; in no case unless let in."""
    return person("hara", Role.INVESTIGATOR, unit=police, name="原 二郎")


@pytest.fixture
def kubo(person: Callable[..., Person], police: Unit) -> Person:
    """A custodian; in no case unless let in."""
    return person("kubo", Role.CUSTODIAN, unit=police, name="久保 四郎")


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
