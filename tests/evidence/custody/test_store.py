"""Exhibits are taken in whole, and whatever is done to a store afterwards is found."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from blake3 import blake3
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.domain.errors import EvidenceError
from andon.evidence.custody import acts, log
from andon.evidence.custody.intake import Taking, take_in
from andon.evidence.custody.store import Store, hash_quickly
from andon.evidence.custody.verify import verify

from .conftest import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

SAID = Taking(by="山田", place="新宿署", how="任意提出", title="携帯電話の書出し", number="令8-12", is_disclosable=True)
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TEXT = "21:03\t黒猫\t集合は十時\n".encode()


def codes(store: Store, *anchors: log.Anchor) -> list[str]:
    """What is wrong. Looking again by BLAKE3 finds all of it, and nothing where nothing is wrong."""
    found = [one.code for one in verify(store, anchors).findings]
    quick = [one.code for one in verify(store, anchors, quick=True).findings]
    assert set(quick) >= set(found)
    assert bool(quick) == bool(found)
    return found


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(EvidenceError) as caught:
        act()
    return str(caught.value.data["reason"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two exhibits, a folder and a file, with every kind of act on them."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "chat.txt").write_bytes(TEXT)
    (folder / "写真　一.jpg").write_bytes(b"jpg")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "result.json").write_bytes(b"{}")
    where = tmp_path / "kept" / "store"
    where.parent.mkdir()
    take_in(where, folder, SAID, at=AT)
    take_in(where, tmp_path / "one" / "result.json", SAID, at=AT)
    kept = Store(where)
    acts.transfer(kept, "E0001", giver="山田", taker="鈴木", place="本部", how="手渡し", at=AT)
    acts.derive(kept, "E0001", [b"transcript"], name="書起し.html", by="鈴木", sources=("sub/chat.txt",), parameters={"zone": "Asia/Tokyo"}, at=AT)
    acts.seal(kept, "E0001", by="鈴木", place="本部", number="S-7", at=AT)
    return kept


def test_untouched_store_is_whole(store: Store) -> None:
    """Nothing is found where nothing was done, and what was looked at is counted."""
    result = verify(store)
    assert (result.findings, result.exhibits, result.files, result.lines) == ([], 2, 4, 5)


def test_quick_look_compares_what_was_written_down(store: Store) -> None:
    """By BLAKE3 where the manifest or the log holds one; by SHA-256 in a store of before. An empty file has a hash, too."""
    assert (verify(store).quick, verify(store, quick=True).quick) == (0, 4)
    assert [one.blake3 for one in store.manifest("E0002").files] == [blake3(b"{}").hexdigest()]
    assert store.keep([]).blake3 == blake3(b"").hexdigest() == hash_quickly(store.object_path(hashlib.sha256(b"").hexdigest()))
    older = replace(store.manifest("E0002"), files=tuple(replace(one, blake3="") for one in store.manifest("E0002").files))
    changed(store.manifest_path("E0002"), lambda _: older.content())
    assert verify(store, quick=True).quick == 3


def test_a_quick_look_is_said_in_the_log(store: Store) -> None:
    """Who reads the log knows by which hash."""
    acts.checked(store, by="監査", findings=0, quick=4)
    assert list(log.lines(store.folder))[-1]["facts"] == {"findings": 0, "by_blake3": 4}


def test_intake_says_who_when_where_how_and_with_what(store: Store) -> None:
    """The manifest and the log line carry it, with hashes that anybody can compute again."""
    manifest = store.manifest("E0001")
    assert (manifest.taken_by, manifest.place, manifest.how, manifest.number) == ("山田", "新宿署", "任意提出", "令8-12")
    assert (manifest.taken_at, manifest.kind, manifest.tool["name"]) == ("2026-11-22T03:00:00.000000+00:00", "folder", "andon")
    files = {one.name: one.sha256 for one in manifest.files}
    assert files == {"sub/chat.txt": hashlib.sha256(TEXT).hexdigest(), "写真　一.jpg": hashlib.sha256(b"jpg").hexdigest()}
    assert store.object_path(files["sub/chat.txt"]).read_bytes() == TEXT
    line = acts.lines_of(store, "E0001")[0]
    assert line["facts"]["manifest_sha256"] == hashlib.sha256(store.manifest_path("E0001").read_bytes()).hexdigest()
    assert line["tool"] == manifest.tool


def test_derived_item_carries_tool_version_parameters_and_its_sources(store: Store) -> None:
    """Everything needed to make it again."""
    (line,) = acts.derived(store, "E0001")
    assert line["facts"]["made_by"] == store.manifest("E0001").tool
    assert line["facts"]["parameters"] == {"zone": "Asia/Tokyo"}
    assert line["facts"]["from"] == [{"name": "sub/chat.txt", "sha256": hashlib.sha256(TEXT).hexdigest()}]
    assert store.object_path(line["facts"]["sha256"]).read_bytes() == b"transcript"


@pytest.mark.parametrize("shape", ["folder", "file", "zip", "broken"])
def test_original_stays_as_it_was(evidence: Path, tmp_path: Path, sealed: Callable[[], object], shape: str) -> None:
    """Taking in leaves bytes, times, modes and listing alone, whatever the shape."""
    path = evidence / "thing"
    if shape == "folder":
        path.mkdir()
        for name in ("a.db", "a.db-wal", "a.db-journal"):
            (path / name).write_bytes(TEXT)
    elif shape == "zip":
        shutil.make_archive(str(evidence / "made"), "zip", tmp_path, ".")
        path = evidence / "made.zip"
    else:
        path.write_bytes(b"PK\x03\x04 cut" if shape == "broken" else TEXT)
    sealed()
    where = tmp_path / "elsewhere" / "store"
    take_in(where, path, SAID)
    assert codes(Store(where)) == []


def test_archive_that_cannot_be_read_is_kept_all_the_same(tmp_path: Path) -> None:
    """A cut archive is evidence too: it is kept byte by byte, and the finding says what is wrong."""
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "phone.ufdr"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    manifest, _ = take_in(tmp_path / "kept" / "store", path, SAID)
    assert manifest.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [one["code"] for one in manifest.findings] == ["not_readable_as_archive"]


@pytest.mark.parametrize("where", ["same", "beside", "below", "deep"])
def test_store_beside_the_original_is_refused(tmp_path: Path, where: str) -> None:
    """Neither in the original's folder, nor as a new name beside it, nor below a folder that is taken in."""
    lies = tmp_path / "usb"
    (lies / "phone").mkdir(parents=True)
    (lies / "phone" / "chat.txt").write_bytes(TEXT)
    before = state_of(lies)
    target = {"same": lies, "beside": lies / "store", "below": lies / "phone" / "store", "deep": lies / "new" / "store"}[where]
    assert refusal(lambda: take_in(target, lies / "phone", SAID)) == "store_beside"
    assert state_of(lies) == before


@pytest.mark.parametrize("field", ["by", "place", "how"])
def test_nothing_is_taken_in_without_who_where_how(tmp_path: Path, field: str) -> None:
    """Each of the three must be said."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(b"x")
    said = Taking(**({"by": "山田", "place": "署", "how": "押収"} | {field: " "}))
    assert refusal(lambda: take_in(tmp_path / "s" / "store", tmp_path / "a" / "x", said)) == "needs"
    assert not (tmp_path / "s").exists()


def test_original_that_changes_while_it_is_copied_is_refused(tmp_path: Path) -> None:
    """The second reading of the original finds it; the store tells of nothing."""
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "x"
    path.write_bytes(TEXT)
    where = tmp_path / "s" / "store"
    (tmp_path / "s").mkdir()

    def meddle(_count: int) -> None:
        path.write_bytes(b"other")

    assert refusal(lambda: take_in(where, path, SAID, tell=meddle)) == "changed"
    assert (Store(where).ids(), list(log.lines(where))) == ([], [])


def test_killed_intake_leaves_original_and_store_whole(tmp_path: Path) -> None:
    """Killed at many moments: the original is untouched, no exhibit is half there, and the next intake works."""
    (tmp_path / "a").mkdir()
    (tmp_path / "s").mkdir()
    for number in range(60):
        (tmp_path / "a" / f"{number}.bin").write_bytes(os.urandom(200_000))
    before = state_of(tmp_path / "a")
    code = textwrap.dedent(f"""
        from pathlib import Path
        from andon.evidence.custody.intake import Taking, take_in
        print("go", flush=True)
        take_in(Path({str(tmp_path / "s" / "store")!r}), Path({str(tmp_path / "a")!r}), Taking("山田", "署", "押収"))
    """)
    for delay in (0.0, 0.02, 0.06, 0.12):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert state_of(tmp_path / "a") == before
    take_in(tmp_path / "s" / "store", tmp_path / "a", SAID)
    kept = Store(tmp_path / "s" / "store")
    assert codes(kept) == []
    assert not list((kept.folder / "objects").glob("*.partial"))


INTAKE = """
import os, signal
from pathlib import Path
from andon.evidence.custody import intake, log
from andon.evidence.custody.intake import Taking, take_in

do = log.{}

def killed(*arguments, **named):
    if not str(arguments[-1]).endswith(".head"):
        os.kill(os.getpid(), signal.SIGKILL)
    do(*arguments, **named)

log.{} = killed
take_in(Path({!r}), Path({!r}), Taking("山田", "署", "押収"))
"""


@pytest.mark.parametrize(("moment", "left"), [("append", ["extra", "extra"]), ("put_in_place", ["intake_broken_off"])])
def test_intake_killed_around_its_log_line_is_forgotten_or_finished(store: Store, tmp_path: Path, moment: str, left: list[str]) -> None:
    """Before the line nothing was taken in; behind it the exhibit stands. Either way the next intake leaves a store that is whole."""
    path = tmp_path / "one" / "late.bin"
    path.write_bytes(b"late")
    code = INTAKE.format(moment, moment, str(store.folder), str(path))
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert codes(store) == left
    manifest, _ = take_in(store.folder, path, SAID)
    assert manifest.id == ("E0003" if moment == "append" else "E0004")
    assert store.manifest("E0003").files[0].sha256 == hashlib.sha256(b"late").hexdigest()
    assert codes(store) == []


def test_transfer_needs_two_people_and_the_one_who_holds_it(store: Store) -> None:
    """Nobody hands to themselves, nor what they do not hold."""
    assert acts.holder(store, "E0001") == "鈴木"
    assert refusal(lambda: acts.transfer(store, "E0001", giver="鈴木", taker="鈴木", place="本部", how="手渡し")) == "same_person"
    assert refusal(lambda: acts.transfer(store, "E0001", giver="山田", taker="佐藤", place="本部", how="手渡し")) == "not_holder"
    assert refusal(lambda: acts.transfer(store, "E0001", giver="鈴木", taker="", place="本部", how="手渡し")) == "needs"
    assert refusal(lambda: acts.transfer(store, "E0099", giver="鈴木", taker="佐藤", place="本部", how="手渡し")) == "no_exhibit"
    assert len(list(log.lines(store.folder))) == 5


def test_sealed_exhibit_takes_nothing_until_it_is_opened_with_a_reason(store: Store) -> None:
    """Derived items and marks wait; a transfer of the sealed thing does not."""
    sha256 = store.manifest("E0001").files[0].sha256
    assert refusal(lambda: acts.derive(store, "E0001", [b"x"], name="x", by="鈴木", sources=(), parameters={})) == "sealed"
    assert refusal(lambda: acts.mark(store, "E0001", by="鈴木", sha256=sha256, is_disclosable=False, why="第三者")) == "sealed"
    assert refusal(lambda: acts.unseal(store, "E0001", by="鈴木", place="本部", why=" ")) == "needs"
    acts.transfer(store, "E0001", giver="鈴木", taker="佐藤", place="本部", how="封印のまま")
    acts.unseal(store, "E0001", by="佐藤", place="本部", why="再鑑定")
    acts.mark(store, "E0001", by="佐藤", sha256=sha256, is_disclosable=False, why="第三者の個人情報")
    assert not acts.is_sealed(store, "E0001")
    assert refusal(lambda: acts.unseal(store, "E0001", by="佐藤", place="本部", why="再鑑定")) == "not_sealed"
    assert codes(store) == []


def changed(path: Path, change: Callable[[bytes], bytes]) -> None:
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(change(content))


def on_lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda content: b"".join(change(content.splitlines(keepends=True)))


LOG_TAMPERING: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "changed": (on_lines(lambda lines: [lines[0].replace("山田".encode(), "田中".encode()), *lines[1:]]), "log_line_changed"),
    "removed": (on_lines(lambda lines: lines[:2] + lines[3:]), "log_chain_broken"),
    "first removed": (on_lines(lambda lines: lines[1:]), "log_chain_broken"),
    "moved": (on_lines(lambda lines: [lines[1], lines[0], *lines[2:]]), "log_chain_broken"),
    "twice": (on_lines(lambda lines: [*lines, lines[-1]]), "log_chain_broken"),
    "cut off": (on_lines(lambda lines: lines[:-1]), "log_cut_off"),
    "all gone": (lambda _content: b"", "log_cut_off"),
    "torn": (lambda content: content[:-20], "log_line_unreadable"),
    "no line end": (lambda content: content[:-1], "log_line_unreadable"),
    "rubbish": (lambda content: content + b"\xff\xfe\n", "log_line_unreadable"),
}


@pytest.mark.parametrize("name", LOG_TAMPERING)
def test_tampering_with_the_log_is_found(store: Store, name: str) -> None:
    """Changed, removed, moved, doubled, cut off at the end."""
    change, code = LOG_TAMPERING[name]
    changed(store.folder / log.LOG, change)
    assert code in codes(store)


def test_log_cut_off_together_with_its_head_is_found_by_an_anchor(store: Store) -> None:
    """Without an anchor a whole shorter chain looks right; that is why one is kept elsewhere."""
    lines = list(log.lines(store.folder))
    anchor = log.Anchor(lines[-1]["number"], lines[-1]["hash"])
    changed(store.folder / log.LOG, on_lines(lambda kept: kept[:-1]))
    changed(store.folder / log.HEAD, lambda _: str(log.Anchor(lines[-2]["number"], lines[-2]["hash"])).encode())
    assert codes(store) == []
    assert codes(store, anchor) == ["log_anchor_lost"]


def test_rewritten_chain_is_found_by_an_anchor(store: Store) -> None:
    """Somebody changes a line and makes all hashes anew."""
    lines = list(log.lines(store.folder))
    anchor = log.Anchor(lines[-1]["number"], lines[-1]["hash"])
    before = log.START
    lines[2]["by"] = "田中"
    for line in lines:
        line["before"] = before
        before = line["hash"] = log.hash_of(line)
    changed(store.folder / log.LOG, lambda _: b"".join(orjson.dumps(line) + b"\n" for line in lines))
    changed(store.folder / log.HEAD, lambda _: str(log.Anchor(lines[-1]["number"], before)).encode())
    assert codes(store) == []
    assert codes(store, anchor) == ["log_anchor_lost"]


def test_nothing_is_added_to_a_log_that_was_cut(store: Store) -> None:
    """An act on a tampered log is refused and leaves it as it is."""
    changed(store.folder / log.LOG, on_lines(lambda lines: lines[:-2]))
    before = (store.folder / log.LOG).read_bytes()
    assert refusal(lambda: acts.transfer(store, "E0001", giver="鈴木", taker="佐藤", place="本部", how="手渡し")) == "log_broken"
    assert (store.folder / log.LOG).read_bytes() == before


def test_line_torn_by_a_crash_is_taken_off_and_told(store: Store) -> None:
    """Half a line that no head ever counted: the next act goes on, and its line says what was taken off."""
    with (store.folder / log.LOG).open("ab") as file:
        file.write(b'{"number":6,"at":"20')
    assert "log_line_unreadable" in codes(store)
    acts.transfer(store, "E0001", giver="鈴木", taker="佐藤", place="本部", how="手渡し")
    assert codes(store) == []
    assert list(log.lines(store.folder))[-1]["torn"]["bytes"] == 20


def test_crash_between_line_and_head_is_no_tampering(store: Store) -> None:
    """The head lags one line behind; the next act mends it."""
    lines = list(log.lines(store.folder))
    changed(store.folder / log.HEAD, lambda _: str(log.Anchor(lines[-2]["number"], lines[-2]["hash"])).encode())
    assert codes(store) == []
    acts.checked(store, by="監査", findings=0)
    assert codes(store) == []


STORE_TAMPERING: dict[str, tuple[Callable[[Store], object], str]] = {
    "copy changed": (lambda store: changed(store.object_path(hashlib.sha256(TEXT).hexdigest()), lambda content: content[::-1]), "copy_changed"),
    "copy longer": (lambda store: changed(store.object_path(hashlib.sha256(TEXT).hexdigest()), lambda content: content + b" "), "copy_changed"),
    "copy gone": (lambda store: store.object_path(hashlib.sha256(TEXT).hexdigest()).unlink(), "copy_missing"),
    "derived gone": (lambda store: store.object_path(hashlib.sha256(b"transcript").hexdigest()).unlink(), "copy_missing"),
    "manifest changed": (lambda store: changed(store.manifest_path("E0002"), lambda content: content.replace("山田".encode(), "田中".encode())), "manifest_changed"),
    "manifest rubbish": (lambda store: changed(store.manifest_path("E0002"), lambda _: b"[]"), "manifest_changed"),
    "manifest gone": (lambda store: store.manifest_path("E0002").unlink(), "manifest_missing"),
    "manifest put in": (lambda store: shutil.copy(store.manifest_path("E0001"), store.manifest_path("E0009")), "exhibit_untold"),
    "file put in": (lambda store: (store.folder / "objects" / "note").write_bytes(b""), "extra"),
    "file put beside": (lambda store: (store.folder / "note").write_bytes(b""), "extra"),
    "head gone": (lambda store: (store.folder / log.HEAD).unlink(), "log_head_missing"),
}


@pytest.mark.parametrize("name", STORE_TAMPERING)
def test_tampering_with_the_store_is_found(store: Store, name: str) -> None:
    """A copy, a manifest or the head changed, removed or put in."""
    act, code = STORE_TAMPERING[name]
    act(store)
    assert code in codes(store)


def test_link_in_place_of_a_copy_is_found(store: Store, tmp_path: Path) -> None:
    """Even when the linked file has the right bytes."""
    path = store.object_path(hashlib.sha256(TEXT).hexdigest())
    path.unlink()
    (tmp_path / "other").write_bytes(TEXT)
    path.symlink_to(tmp_path / "other")
    assert "copy_missing" in codes(store)


@settings(max_examples=150)
@given(data=st.data())
def test_any_byte_changed_anywhere_is_found(store: Store, data: st.DataObject) -> None:
    """One byte of any file of the store."""
    files = [path for path in sorted(store.folder.rglob("*")) if path.is_file() and path.name != log.LOCK]
    path = data.draw(st.sampled_from(files))
    content = path.read_bytes()
    place, value = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255))
    path.chmod(0o600)
    path.write_bytes(content[:place] + bytes([content[place] ^ value]) + content[place + 1 :])
    try:
        found = codes(Store(store.folder))
    except EvidenceError as error:
        found = [str(error.data["reason"])]
    finally:
        path.write_bytes(content)
    assert found
    assert codes(store) == []


def test_verify_writes_nothing(store: Store) -> None:
    """Looking leaves no trace, also when something is wrong."""
    changed(store.folder / log.LOG, on_lines(lambda lines: lines[:-1]))
    before = state_of(store.folder)
    assert codes(store)
    assert state_of(store.folder) == before


def test_same_bytes_are_kept_once_and_taken_in_twice(store: Store, tmp_path: Path) -> None:
    """Two exhibits may share a copy; each has its manifest and its line."""
    manifest, _ = take_in(store.folder, tmp_path / "in", SAID)
    assert manifest.id == "E0003"
    assert manifest.tree_sha256 == store.manifest("E0001").tree_sha256
    assert (verify(store).findings, verify(store).files) == ([], 4)
    assert asdict(manifest)["files"] == asdict(store.manifest("E0001"))["files"]


def test_many_writers_keep_one_chain(store: Store) -> None:
    """Processes that write at the same time wait for each other."""
    code = textwrap.dedent(f"""
        from pathlib import Path
        from andon.evidence.custody import acts
        from andon.evidence.custody.store import Store
        for number in range(10):
            acts.checked(Store(Path({str(store.folder)!r})), by="監査", findings=0)
    """)
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert (codes(store), verify(store).lines) == ([], 35)


def test_no_manifest_leads_out_of_the_store(store: Store) -> None:
    """A hash that is none is refused before it becomes a path."""
    assert refusal(lambda: store.object_path("../../etc/passwd")) == "hash_form"
    assert refusal(lambda: store.manifest("../E0001")) == "no_exhibit"
