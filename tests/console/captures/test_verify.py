"""Verification: whatever is altered, missing or extra is found; time stamps are verified without a network."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from stamp_server import Authority

from andon.console import gate
from andon.console.captures import stamping, store, tasks, verifying
from andon.console.captures.actions.capture import capture_posts
from andon.console.captures.models import Archive, Capture, Stamp
from andon.console.captures.queries import evidence_of
from andon.console.intake.models import Post
from andon.console.outside import pace
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from web_server import Web

    from andon.console.gate import Actor
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> Archive:
    """Two posts that were captured."""
    capture_posts(actor(aoi), Post.objects.filter(campaign=campaign(posts=2)).values_list("pk", flat=True))
    return Archive.objects.get()


def findings() -> list[tuple[str, str]]:
    """What is wrong with what."""
    return [(one.what, one.key) for one in verifying.verify_all().findings]


def overwrite(file: Path, content: bytes) -> None:
    """As somebody with the run of the machine would."""
    file.chmod(0o600)
    file.write_bytes(content)


def test_all_is_well(archive: Archive) -> None:
    """Nothing is found where nothing was done, and the counts say what was looked at."""
    checked = verifying.verify_all()
    assert (checked.findings, checked.archives, checked.captures) == ([], 1, 2)
    assert checked.size_bytes == archive.size_bytes


@pytest.mark.parametrize("place", [0.02, 0.5, 0.98])
def test_one_changed_bit_is_found(place: float, archive: Archive, file_of: Callable[[Archive], Path]) -> None:
    """Wherever it is, with the captures that it concerns."""
    file = file_of(archive)
    content = bytearray(file.read_bytes())
    content[int(len(content) * place)] ^= 1
    overwrite(file, bytes(content))
    checked = verifying.verify_all()
    assert [(one.what, one.key, len(one.captures)) for one in checked.findings] == [("altered", archive.key, 2)]


def test_cut_file_and_missing_file(archive: Archive, file_of: Callable[[Archive], Path]) -> None:
    """Are told apart."""
    file = file_of(archive)
    overwrite(file, file.read_bytes()[:-1])
    assert findings() == [("altered", archive.key)]
    file.unlink()
    assert findings() == [("missing", archive.key)]


def test_extra_files_are_found(archive: Archive, settings: Any) -> None:
    """One of a right name that no row tells of, one of no name of ours, and an old one left in `incoming`; a young one is somebody's at work."""
    folder = settings.HOME / "evidence"
    (folder / "ab").mkdir()
    (folder / "ab" / f"{'ab' * 32}.warc.gz").write_bytes(b"x")
    (folder / "note.txt").write_text("x")
    young, old = (folder / "incoming" / f"{sign * 64}.warc.gz" for sign in "cd")
    young.write_bytes(b"x")
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    assert sorted(findings()) == [("extra", f"ab/{'ab' * 32}.warc.gz"), ("extra", f"incoming/{'d' * 64}.warc.gz"), ("extra", "note.txt")]


def without_triggers(table: str, statement: str) -> None:
    """What somebody with the run of the database can do."""
    with gate._door(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for what in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER {table}_no_{what}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the test's own rows are checked now: then the table can be altered
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_row_that_was_changed_is_found(archive: Archive) -> None:
    """A hash in a row that the archive does not hold; and the guard that was taken off to do it."""
    wrong = Capture.objects.latest("pk")
    without_triggers("captures_capture", f"UPDATE captures_capture SET sha256 = '{'0' * 64}' WHERE id = {wrong.pk}")
    checked = verifying.verify_all()
    assert [(one.what, one.captures) for one in checked.findings] == [("row_altered", (wrong.pk,)), ("open_table", ())]


def test_row_that_was_taken_away_is_found_by_the_trail(archive: Archive, file_of: Callable[[Archive], Path]) -> None:
    """With row and file gone alike, the trail still tells of it."""
    file_of(archive).unlink()
    without_triggers("captures_capture", "DELETE FROM captures_capture")
    without_triggers("captures_archive", "DELETE FROM captures_archive")
    assert ("row_missing", archive.key) in findings()


def test_evidence_that_was_slipped_in_is_found(archive: Archive, aoi: Person) -> None:
    """A file with a row of its own, past the verbs: the trail does not tell of it."""
    with gate._door():
        key = store.put(gzip.compress(b"WARC/1.1\r\n\r\n"), store.ARCHIVE)
        Archive.objects.create(key=key, size_bytes=len(gzip.compress(b"WARC/1.1\r\n\r\n")), by=aoi)
    assert ("untold", key) in findings()


def test_findings_are_bounded(archive: Archive, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ruined store does not fill the memory; the rest is counted."""
    monkeypatch.setattr(verifying, "MOST_FINDINGS", 3)
    for number in range(5):
        (settings.HOME / "evidence" / f"note{number}").write_text("x")
    checked = verifying.verify_all()
    assert (len(checked.findings), checked.more) == (3, 2)


def test_stamp_is_kept_and_verified_offline(archive: Archive, authority: Authority, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority hears the hash only; what it said holds without asking it again."""
    post = Capture.objects.earliest("pk").post_id
    assert post is not None
    assert not evidence_of([post])[post][0].stamped
    assert tasks.stamp_due() == 1
    assert tasks.stamp_due() == 0
    (query,) = (one.body for one in web.asked)
    assert bytes.fromhex(archive.key) in query
    assert len(query) < 120
    stamp = Stamp.objects.get()
    assert stamp.authority == "CN=Stamps of the tests"
    assert evidence_of([post])[post][0].stamped
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("verification asked the network"))
    checked = verifying.verify_all()
    assert (checked.findings, checked.stamps, checked.unchecked_stamps) == ([], 1, 0)


def test_openssl_verifies_the_same_stamp(archive: Archive, authority: Authority, file_of: Callable[[Archive], Path]) -> None:
    """A court needs no program of ours."""
    import subprocess

    tasks.stamp_due()
    stamp = store.path_of(Stamp.objects.get().key, store.STAMP)
    words = ["openssl", "ts", "-verify", "-in", str(stamp), "-data", str(file_of(archive)), "-CAfile", str(authority.roots)]
    assert "Verification: OK" in subprocess.run(words, capture_output=True, text=True, timeout=60, check=True).stdout


def test_stamp_of_another_file_does_not_hold(archive: Archive, authority: Authority) -> None:
    """Put in place of the right one, past the verbs."""
    said = stamping.ask(b"something else")
    with gate._door():
        key = store.put(said.answer, store.STAMP)
        Stamp.objects.create(archive=archive, key=key, said_at=said.at)
    assert findings() == [("stamp_false", key)]


def test_stamp_with_another_time_does_not_hold(archive: Archive, authority: Authority) -> None:
    """The row says another time than the authority did."""
    from datetime import timedelta

    said = stamping.ask(store.path_of(archive.key, store.ARCHIVE).read_bytes())
    with gate._door():
        key = store.put(said.answer, store.STAMP)
        Stamp.objects.create(archive=archive, key=key, said_at=said.at - timedelta(days=1))
    assert findings() == [("stamp_false", key)]


def test_altered_and_missing_stamps(archive: Archive, authority: Authority) -> None:
    """Are told apart."""
    tasks.stamp_due()
    key = Stamp.objects.get().key
    file = store.path_of(key, store.STAMP)
    overwrite(file, file.read_bytes()[:-1] + b"x")
    assert findings() == [("stamp_altered", key)]
    file.unlink()
    assert findings() == [("stamp_missing", key)]


def test_stranger_is_no_authority(archive: Archive, authority: Authority, web: Web, settings: Any, tmp_path: Path) -> None:
    """An answer that the roots of the settings do not vouch for is not kept; nor one that is broken, nor none."""
    stranger = Authority(tmp_path / "stranger", "Stranger")
    settings.STAMP_URL = stranger.serve(web, "/stranger")
    assert tasks.stamp_due() == 0
    assert pace.ready_in(web.reach()) > 200  # it is left alone for a while
    pace.forget()
    settings.STAMP_URL, authority.answer_broken = web.url("/stamp"), True
    assert tasks.stamp_due() == 0
    settings.STAMP_URL = web.url("/nothing")
    with pytest.raises(Unreachable) as caught:
        stamping.ask(b"x")
    assert caught.value.reason == "no_stamp"
    assert not Stamp.objects.exists()


def test_without_roots_stamps_are_not_called_good(archive: Archive, authority: Authority, settings: Any) -> None:
    """They are counted as not checked."""
    tasks.stamp_due()
    settings.STAMP_ROOTS = ""
    checked = verifying.verify_all()
    assert (checked.findings, checked.stamps, checked.unchecked_stamps) == ([], 0, 1)


def test_no_authority_is_asked_where_none_is_set(archive: Archive, settings: Any) -> None:
    """And nothing is missing then."""
    settings.STAMP_URL = ""
    assert tasks.stamp_due() == 0
    assert findings() == []


def test_order_of_certificates_is_mended_and_nothing_else(archive: Archive, authority: Authority) -> None:
    """An answer in good order stays as it is; one that is cut, or is none, is refused."""
    from andon.console.captures.der import with_sorted_certificates

    answer = stamping.ask(b"x").answer
    mended = with_sorted_certificates(answer)
    assert with_sorted_certificates(mended) == mended
    assert sorted(mended) == sorted(answer)
    for end in range(0, len(answer), 97):
        with pytest.raises(ValueError):  # noqa: PT011 - by whatever finds it first
            stamping.verify(answer[:end], b"x")
