"""Whatever is done to the trail behind the desk's back is found, and named."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as desk
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from andon.console import gate
from andon.console.audit import chain
from andon.console.audit.chain import Who, hash_of
from andon.console.audit.models import Entry
from andon.console.trail import checkpoints, signing
from andon.console.trail.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db
Do = Any


def found(**how: Any) -> list[tuple[str, int, int, int]]:
    """What a verification says."""
    return [(one.what, one.number, one.first, one.last) for one in verify(**how).findings]


def _copy(of: int, number: int) -> str:
    """Insert a copy of an entry under another number; the hash must be another one (the column is unique)."""
    columns = "at, person, name, unit, via, event, subject, facts, before"
    return f"INSERT INTO audit_entry (number, {columns}, hash) SELECT {number}, {columns}, '{'3' * 64}' FROM audit_entry WHERE number = {of}"


def test_whole_trail_is_whole(trail: Callable[[int], None]) -> None:
    """Nothing is found where nothing was done; every entry was looked at."""
    trail(12)
    checkpoints.make()
    assert found() == []
    assert verify().checked == 12


def test_empty_trail_is_whole(trail: Callable[[int], None]) -> None:
    """An installation of this minute."""
    trail(0)
    assert found() == []


FIELDS = {
    "at": "'2020-01-01 00:00:00'", "person": "8", "name": "'jemand'", "unit": "'x'", "via": "'api'", "event": "'review.withdrawn'",
    "subject": "'campaign:99'", "facts": "'{\"posts\": 1}'", "before": "'" + "1" * 64 + "'", "hash": "'" + "2" * 64 + "'",
}  # fmt: skip


@pytest.mark.parametrize("entry", [1, 6, 12])
@pytest.mark.parametrize("column", FIELDS)
def test_altered_field_is_named(trail: Callable[[int], None], tamper: Callable[..., None], column: str, entry: int) -> None:
    """Every column of every entry, the hashes among them: that entry and no other."""
    trail(12)
    tamper(f"UPDATE audit_entry SET {column} = {FIELDS[column]} WHERE number = {entry}")
    assert found() == [("altered", entry, 0, 0)]


NONSENSE = {"at": "'yesterday'", "facts": "'not json'", "name": "x'00ff'", "person": "'nobody'"}


@pytest.mark.parametrize("column", NONSENSE)
def test_nonsense_does_not_stop_the_verification(trail: Callable[[int], None], tamper: Callable[..., None], column: str) -> None:
    """SQLite takes any value in any column; the entry is named like any other."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses values of another type")
    trail(12)
    tamper("PRAGMA ignore_check_constraints = ON", f"UPDATE audit_entry SET {column} = {NONSENSE[column]} WHERE number = 6", "PRAGMA ignore_check_constraints = OFF")
    assert found() == [("altered", 6, 0, 0)]


def test_entry_without_a_number_is_counted(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """A word in the number's place."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses values of another type")
    trail(12)
    tamper("PRAGMA ignore_check_constraints = ON", _copy(6, "'a'"), "PRAGMA ignore_check_constraints = OFF")  # type: ignore[arg-type]
    assert found() == [("unnumbered", 1, 0, 0)]


def test_table_of_fields_is_complete() -> None:
    """A new column must be tried here, too."""
    assert set(FIELDS) | {"number"} == {field.column for field in Entry._meta.fields}


@pytest.mark.parametrize(("gone", "said"), [("1", (1, 1)), ("6", (6, 6)), ("4, 5, 6", (4, 6)), ("1, 2", (1, 2))])
def test_removed_entries_are_named(trail: Callable[[int], None], tamper: Callable[..., None], gone: str, said: tuple[int, int]) -> None:
    """First, middle, several."""
    trail(12)
    tamper(f"DELETE FROM audit_entry WHERE number IN ({gone})")
    assert found() == [("removed", said[0], *said)]


def test_cut_off_end_is_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """The chain alone cannot show it: the checkpoint does."""
    trail(12)
    checkpoints.make()
    tamper("DELETE FROM audit_entry WHERE number > 9")
    assert found() == [("cut_off", 9, 10, 12)]


def test_emptied_table_is_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """Nothing left at all."""
    trail(12)
    checkpoints.make()
    tamper("DELETE FROM audit_entry")
    assert found() == [("cut_off", 0, 1, 12)]


def test_end_cut_off_and_grown_again_is_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """New entries behind the cut hide the gap, not the contradiction."""
    trail(12)
    checkpoints.make()
    tamper("DELETE FROM audit_entry WHERE number > 9")
    trail(5)
    assert found() == [("rewritten", 12, 1, 12)]


@pytest.mark.parametrize("number", [0, -3])
def test_inserted_before_the_first_is_named(trail: Callable[[int], None], tamper: Callable[..., None], number: int) -> None:
    """There is no room below 1."""
    trail(12)
    tamper(_copy(6, number))
    assert found() == [("inserted", number, 0, 0)]


def test_inserted_behind_the_last_is_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """A copy of an earlier entry as the latest."""
    trail(12)
    tamper(_copy(6, 13))
    assert found() == [("altered", 13, 0, 0)]


def test_inserted_with_a_hash_of_its_own_is_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """Hashed properly, but not over the entry before."""
    trail(12)
    tamper(_copy(6, 13))
    one = Entry.objects.get(number=13)
    tamper(f"UPDATE audit_entry SET hash = '{hash_of(one)}' WHERE number = 13")
    assert found() == [("unlinked", 13, 12, 13)]


def test_swapped_entries_are_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """Two that change places."""
    trail(12)
    tamper(*(f"UPDATE audit_entry SET number = {new} WHERE number = {old}" for old, new in ((5, 99), (6, 5), (99, 6))))
    assert found() == [("altered", 5, 0, 0), ("altered", 6, 0, 0), ("unlinked", 7, 6, 7)]


def test_entry_made_anew_is_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """Altered, with a hash that fits: the one behind it gives it away."""
    trail(12)
    tamper("UPDATE audit_entry SET subject = 'campaign:99' WHERE number = 6")
    tamper(f"UPDATE audit_entry SET hash = '{hash_of(Entry.objects.get(number=6))}' WHERE number = 6")
    assert found() == [("unlinked", 7, 6, 7)]


def test_chain_made_anew_from_the_middle_is_named(trail: Callable[[int], None], tamper: Callable[..., None], rebuild: Callable[[int], None]) -> None:
    """Every hash fits every other; the signed ones of before do not. The range says between which signatures it happened."""
    trail(4)
    checkpoints.make()
    trail(4)
    checkpoints.make()
    trail(4)
    checkpoints.make()
    tamper("UPDATE audit_entry SET subject = 'campaign:99' WHERE number = 6", locked=False)
    rebuild(6)
    tamper()
    assert found() == [("rewritten", 8, 5, 8)]


def test_removed_and_closed_up_is_named(trail: Callable[[int], None], tamper: Callable[..., None], rebuild: Callable[[int], None]) -> None:
    """Taken out, the rest renumbered and hashed anew."""
    trail(12)
    checkpoints.make()
    moves = [f"UPDATE audit_entry SET number = {number - 1} WHERE number = {number}" for number in range(7, 13)]
    tamper("DELETE FROM audit_entry WHERE number = 6", *moves, locked=False)
    rebuild(6)
    tamper()
    assert found() == [("cut_off", 11, 12, 12)]


def test_triggers_taken_off_are_named(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """Even when nothing was changed yet."""
    trail(3)
    tamper(locked=False)
    assert found() == [("unlocked", 0, 0, 0)]


def test_forged_checkpoint_is_named(trail: Callable[[int], None]) -> None:
    """Somebody without the key cannot sign."""
    trail(12)
    made = checkpoints.make()
    lines = checkpoints.path().read_text().replace(made.hash, "f" * 64)
    checkpoints.path().write_text(lines)
    assert found() == [("line_forged", 2, 0, 0)]


def test_every_field_of_a_checkpoint_is_signed(trail: Callable[[int], None]) -> None:
    """Number, hash, time and count."""
    from dataclasses import replace

    trail(3)
    made, key = checkpoints.make(), signing.public_key()
    assert made.is_signed_by(key)
    for change in ({"number": 2}, {"hash": "0" * 64}, {"at": "2020-01-01T00:00:00+00:00"}, {"count": 2}):
        assert not replace(made, **change).is_signed_by(key)
    assert not made.is_signed_by("0" * 64)


def test_lost_checkpoints_are_named(trail: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The file removed, its beginning, or its end."""
    trail(12)
    checkpoints.make()
    whole = checkpoints.path().read_text().splitlines(keepends=True)
    checkpoints.path().unlink()
    assert found() == [("no_checkpoints", 0, 0, 0)]
    checkpoints.make()
    assert found() == [("lines_missing", 0, 0, 0)]
    monkeypatch.setattr("andon.console.trail.verify._MOST_BEHIND", 5)
    checkpoints.path().write_text(whole[0])
    assert found() == [("behind", 0, 1, 12)]
    checkpoints.path().write_text("".join(whole) + '{"number": 13')
    assert found() == [("line_unreadable", 3, 0, 0)]


def test_torn_line_does_not_spoil_the_next(trail: Callable[[int], None]) -> None:
    """A crash while writing costs that line only."""
    trail(3)
    with checkpoints.path().open("a") as file:
        file.write('{"number": 2, "ha')
    trail(3)
    made = checkpoints.make()
    assert [one for _, one in checkpoints.read()][-1] == made


def test_copy_kept_elsewhere_is_enough(trail: Callable[[int], None], tamper: Callable[..., None], tmp_path: Path, rebuild: Callable[[int], None]) -> None:
    """Somebody who holds the whole machine, key and file, still contradicts a printed line."""
    trail(12)
    copy, key = tmp_path / "copy.jsonl", signing.public_key()
    copy.write_text(checkpoints.make().line() + "\n")
    tamper("UPDATE audit_entry SET subject = 'campaign:99' WHERE number = 6", locked=False)
    rebuild(6)
    tamper()
    (desk.HOME / "keys" / "checkpoint.key").unlink()
    checkpoints.path().unlink()
    checkpoints.make()
    assert found() == []
    assert found(file=copy, key=key) == [("rewritten", 12, 1, 12)]


def test_from_a_checkpoint_only_what_came_after_is_walked(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """Quick, and says so."""
    trail(12)
    checkpoints.make()
    trail(3)
    assert (walk := verify(from_checkpoint=True)).checked == 3
    assert (walk.start, walk.findings) == (12, [])
    tamper("UPDATE audit_entry SET via = 'api' WHERE number = 14")
    assert found(from_checkpoint=True) == [("altered", 14, 0, 0)]
    tamper("UPDATE audit_entry SET via = 'api' WHERE number = 4")
    assert found(from_checkpoint=True) == [("altered", 14, 0, 0)]


def test_many_findings_are_counted(trail: Callable[[int], None], tamper: Callable[..., None]) -> None:
    """The first hundred are named, all are counted."""
    trail(130)
    tamper("UPDATE audit_entry SET via = 'api'")
    walk = verify()
    assert (len(walk.findings), walk.more) == (100, 30)


def test_key_and_file_are_the_owners_alone(trail: Callable[[int], None]) -> None:
    """Nobody else on the machine reads them."""
    trail(1)
    for file, mode in ((desk.HOME / "keys", 0o700), (desk.HOME / "keys" / "checkpoint.key", 0o600), (checkpoints.path(), 0o600)):
        assert stat.S_IMODE(file.stat().st_mode) == mode


def test_checkpoint_is_made_once(trail: Callable[[int], None]) -> None:
    """Where nothing was added nothing is signed again."""
    trail(3)
    assert checkpoints.make() == checkpoints.make()
    assert len(list(checkpoints.read())) == 2


def test_checkpoint_after_every_thousand(
    trail: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """By whichever process adds that entry, after its transaction."""
    monkeypatch.setattr(chain, "EVERY", 5)
    with django_capture_on_commit_callbacks(execute=True):
        trail(11)
    assert [one.number for _, one in checkpoints.read() if one][1:] == [11]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(facts=st.dictionaries(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), JSON, max_size=4))
def test_whatever_facts_hold_is_hashed_as_it_is_read(facts: dict[str, Any]) -> None:
    """What the database gives back has the hash of what was put in."""
    gate.record(Who(1, "名", "所", "screen"), "test.any", "", facts)
    assert verify().findings[:-1] == []
    assert hash_of(entry := Entry.objects.latest("number")) == entry.hash
