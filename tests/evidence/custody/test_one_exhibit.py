"""One exhibit among others: verified without a word of theirs, and a failed copying that takes nothing of theirs away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from andon.domain.errors import EvidenceError
from andon.evidence.custody import acts, log
from andon.evidence.custody.intake import Taking, take_in
from andon.evidence.custody.store import Store
from andon.evidence.custody.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = Taking("森", "保管室", "差押え")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of two exhibits."""
    for name, text in (("a", "first"), ("b", "second")):
        lies = tmp_path / "in" / name
        lies.mkdir(parents=True)
        (lies / "x.txt").write_text(text)
        take_in(tmp_path / "store", lies / "x.txt", SAID)
    return tmp_path / "store"


def test_only_one_is_verified(folder: Path) -> None:
    """What is wrong with another is not said; what is wrong with the log is."""
    store = Store(folder)
    copy = store.object_path(store.manifest("E0002").files[0].sha256)
    copy.chmod(0o600)
    copy.write_bytes(b"other!")
    (folder / "objects" / "left-over").write_bytes(b"x")
    assert {one.code for one in verify(store).findings} == {"copy_changed", "extra"}
    found = verify(store, only=("E0001",))
    assert (found.findings, found.exhibits, found.files, found.lines) == ([], 1, 1, 2)
    (folder / log.HEAD).unlink()
    assert [one.code for one in verify(store, only=("E0001",)).findings] == ["log_head_missing"]


def test_verified_line_names_its_exhibit(folder: Path) -> None:
    """So that it stands in that exhibit's custody."""
    store = Store(folder)
    acts.checked(store, by="森", findings=0, exhibit="E0001")
    assert [line["event"] for line in acts.lines_of(store, "E0001")] == ["taken", "verified"]


def fail_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the copy of that number fail as on a full disk."""
    real, calls = Store.keep, iter(range(1, 100))

    def keep(self: Store, pieces: Iterator[bytes], *, is_one_of_many: bool = False) -> tuple[str, int]:
        if next(calls) == number:
            raise OSError(28, "full")
        return real(self, pieces, is_one_of_many=is_one_of_many)

    monkeypatch.setattr(Store, "keep", keep)


@pytest.fixture
def material(tmp_path: Path) -> Path:
    """Three files, one of which the store has already."""
    lies = tmp_path / "more" / "phone"
    lies.mkdir(parents=True)
    for name, text in (("1.txt", "first"), ("2.txt", "new"), ("3.txt", "newer")):
        (lies / name).write_text(text)
    return lies


def test_failed_copying_takes_its_new_copies_away_and_no_others(folder: Path, material: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is as full as before, nothing lies there that nothing tells of, and the exhibits that were there are whole."""
    before = sorted(one.name for one in Store(folder).objects())
    with monkeypatch.context() as full:
        fail_at(3, full)
        with pytest.raises(OSError, match="full"):
            take_in(folder, material, SAID)
    assert sorted(one.name for one in Store(folder).objects()) == before
    assert verify(Store(folder)).findings == []
    assert take_in(folder, material, SAID)[0].id == "E0003"


def test_failed_copying_leaves_everything_while_another_is_under_way(folder: Path, material: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other may count on a copy that is there; what is left over is told when verifying, and used by the next copying."""
    with Store(folder).copying(), monkeypatch.context() as full:
        fail_at(3, full)
        with pytest.raises(OSError, match="full"):
            take_in(folder, material, SAID)
    assert [one.code for one in verify(Store(folder)).findings] == ["extra"]
    take_in(folder, material, SAID)
    assert verify(Store(folder)).findings == []


def test_failed_copying_takes_nothing_away_where_a_manifest_cannot_be_read(folder: Path, material: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who knows what it tells of."""
    path = Store(folder).manifest_path("E0001")
    path.chmod(0o600)
    path.write_bytes(b"{")
    with monkeypatch.context() as full:
        fail_at(3, full)
        with pytest.raises(OSError, match="full"):
            take_in(folder, material, SAID)
    assert len(list(Store(folder).objects())) == 3
    with pytest.raises(EvidenceError):
        Store(folder).manifest("E0001")
