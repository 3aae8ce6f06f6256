"""Files, folders and archives of evidence, honest and hostile: one clear finding each, nothing lost, nothing written."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import tarfile
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.domain.errors import EvidenceError
from andon.evidence.custody import listing, tars, zips
from andon.evidence.custody.material import Material
from andon.evidence.custody.members import clean_name

from .conftest import make_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "21:03\t黒猫\t集合は十時\n".encode() * 50


def zipped(path: Path, *entries: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def tarred(path: Path, *entries: tuple[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def codes(material: Material) -> list[str]:
    return [finding.code for finding in material.findings]


@pytest.mark.parametrize(("ending", "mode"), [(".zip", ""), (".ufdr", ""), (".tar", "w"), (".tgz", "w:gz"), (".tar.bz2", "w:bz2"), (".tar.xz", "w:xz")])
def test_archive_is_read_in_place(evidence: Path, sealed: Callable[[], object], ending: str, mode: str) -> None:
    """Members in the archive's order, in any order of reading, as often as wanted."""
    entries = [("b/two.txt", TEXT), ("a/一.txt", b"one"), ("empty", b"")]
    path = evidence / f"phone{ending}"
    (tarred(path, *entries, mode=mode) if mode else zipped(path, *entries))
    sealed()
    with Material(path) as material:
        assert [(one.name, one.size) for one in material.members] == [(name, len(content)) for name, content in entries]
        for _ in range(2):
            assert [b"".join(one.pieces()) for one in reversed(material.members)] == [content for _, content in reversed(entries)]
        assert material.members[0].sha256 == hashlib.sha256(TEXT).hexdigest()
        assert material.tree_sha256() == hashlib.sha256(path.read_bytes()).hexdigest()
        assert material.findings == []


def test_folder_is_read_without_following_links(evidence: Path, tmp_path: Path, sealed: Callable[[], object]) -> None:
    """A link, a FIFO and a dangling link are findings; what the link leads to is not read."""
    (evidence / "sub").mkdir()
    (evidence / "sub" / "chat.txt").write_bytes(TEXT)
    (evidence / "a.txt").write_bytes(b"a")
    (evidence / "link").symlink_to("/etc/hostname")
    (evidence / "folder-link").symlink_to(tmp_path)
    os.mkfifo(evidence / "pipe")
    sealed()
    with Material(evidence) as material:
        assert [one.name for one in material.members] == ["a.txt", "sub/chat.txt"]
        assert sorted((one.code, one.where) for one in material.findings) == [
            ("member_not_a_file", "pipe"), ("member_symlink", "folder-link"), ("member_symlink", "link"),
        ]  # fmt: skip
        lines = f"{hashlib.sha256(b'a').hexdigest()}  a.txt\n{hashlib.sha256(TEXT).hexdigest()}  sub/chat.txt\n"
        assert material.tree_sha256() == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(("raw", "name"), [
    ("../../etc/passwd", "etc/passwd"), ("/etc/passwd", "etc/passwd"), ("C:\\Users\\x.txt", "Users/x.txt"), ("a/../../b", "a/b"), ("..", "unnamed"),
    ("evil\x00.txt", "evil\ufffd.txt"), ("line\nbreak", "line\ufffdbreak"), ("\u202egpj.exe", "\ufffdgpj.exe"),
])  # fmt: skip
def test_path_tricks_are_found_and_the_bytes_kept(evidence: Path, sealed: Callable[[], object], raw: str, name: str) -> None:
    """The member is readable under a name that stays inside; what the archive wrote stands in the finding."""
    path = zipped(evidence / "phone.zip", (raw, TEXT))
    sealed()
    with Material(path) as material:
        assert [(one.name, one.raw_name) for one in material.members] == [(name, raw)]
        assert b"".join(material.members[0].pieces()) == TEXT
        assert [(one.code, one.where, one.facts["raw"]) for one in material.findings] == [("tricky_name", name, raw)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_name_twice_keeps_both(evidence: Path, sealed: Callable[[], object]) -> None:
    """The second file of a name has its own, and its own bytes."""
    path = zipped(evidence / "phone.zip", ("chat.txt", b"first"), ("chat.txt", b"second"), ("chat.txt#2", b"third"))
    sealed()
    with Material(path) as material:
        assert [(one.name, one.head(9)) for one in material.members] == [("chat.txt", b"first"), ("chat.txt#2", b"second"), ("chat.txt#2#2", b"third")]
        assert codes(material) == ["duplicate_name", "duplicate_name"]


def test_links_and_devices_in_a_tar_are_no_files(evidence: Path, sealed: Callable[[], object]) -> None:
    """A link to /etc/passwd, a hard link, a device and a FIFO: findings, and the ordinary file is read."""
    path = evidence / "phone.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE), ("f", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("chat.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    sealed()
    with Material(path) as material:
        assert [one.name for one in material.members] == ["chat.txt"]
        assert [(one.code, one.where) for one in material.findings] == [("member_link", "s"), ("member_link", "h"), ("member_special", "d"), ("member_special", "f")]


def test_link_in_a_zip_is_no_file(evidence: Path, sealed: Callable[[], object]) -> None:
    """Zip keeps links by the Unix mode."""
    info = zipfile.ZipInfo("s")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(evidence / "phone.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    sealed()
    with Material(evidence / "phone.zip") as material:
        assert (material.members, codes(material)) == ([], ["member_link"])


def test_locked_member_is_refused_and_the_others_read(evidence: Path, sealed: Callable[[], object]) -> None:
    """A password protects one file: it is listed, its bytes are refused, the other is read."""
    path = zipped(evidence / "phone.zip", ("a.txt", TEXT), ("b.txt", TEXT))
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    content[6] |= 1
    path.write_bytes(content)
    sealed()
    with Material(path) as material:
        locked, plain = material.members
        assert (locked.refusal, locked.head(5), codes(material)) == ("locked", b"", ["member_locked"])
        with pytest.raises(EvidenceError) as caught:
            locked.open()
        assert caught.value.data["reason"] == "locked"
        assert b"".join(plain.pieces()) == TEXT


def test_unknown_packing_is_refused(evidence: Path, sealed: Callable[[], object]) -> None:
    """A way of packing that is not known: one clear error, no crash."""
    path = zipped(evidence / "phone.zip", ("a.txt", TEXT))
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 10 : directory + 12] = content[8:10] = struct.pack("<H", 96)
    path.write_bytes(content)
    sealed()
    with Material(path) as material, pytest.raises(EvidenceError) as caught:
        material.members[0].open()
    assert caught.value.data["reason"] == "packed_unknown"


def test_declared_size_of_four_gigabytes_is_a_bomb_and_is_not_read(evidence: Path, sealed: Callable[[], object]) -> None:
    """A few packed bytes that claim to be 4 GB."""
    path = zipped(evidence / "phone.zip", ("a.txt", TEXT), ("b.txt", TEXT))
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 0xFFFFFFFE)
    path.write_bytes(content)
    sealed()
    with Material(path) as material:
        assert [one.refusal for one in material.members] == ["bomb", "bomb"]
        assert codes(material) == ["bomb"]


def test_more_declared_than_there_is_gives_what_there_is(evidence: Path, sealed: Callable[[], object]) -> None:
    """A wrong size below the limits: all bytes come, and the finding says how many."""
    path = zipped(evidence / "phone.zip", ("a.txt", TEXT))
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", len(TEXT) + 7)
    path.write_bytes(content)
    sealed()
    with Material(path) as material:
        assert b"".join(material.members[0].pieces()) == TEXT
        assert [(one.code, one.facts["read"], one.facts["declared"]) for one in material.findings] == [("member_size", len(TEXT), len(TEXT) + 7)]


def test_zip_bomb_is_refused_by_its_ratio(evidence: Path, sealed: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Zeros packed a thousandfold, with the limit lowered so that the test stays small."""
    for module in (listing, zips, __import__("andon.evidence.custody.material", fromlist=["x"])):
        monkeypatch.setattr(module, "RATIO_FROM", 1 << 20)
    path = zipped(evidence / "phone.zip", ("bomb.txt", bytes(4 << 20)), ("ok.txt", os.urandom(100_000)))
    sealed()
    with Material(path) as material:
        assert [(one.name, one.refusal) for one in material.members] == [("bomb.txt", "bomb"), ("ok.txt", "")]
        assert codes(material) == ["member_bomb"]


def test_gzip_bomb_is_refused_before_it_is_unpacked(evidence: Path, sealed: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed tar that never ends, with the limit lowered."""
    monkeypatch.setattr(tars, "RATIO_FROM", 1 << 20)
    path = tarred(evidence / "phone.tgz", ("zeros", bytes(8 << 20)), ("b", b"b"), mode="w:gz")
    sealed()
    with pytest.raises(EvidenceError) as caught:
        Material(path)
    assert caught.value.data["reason"] == "bomb"


def test_overlapping_entries_are_found(evidence: Path, sealed: Callable[[], object]) -> None:
    """Two entries of the directory that point at the same bytes."""
    path = zipped(evidence / "phone.zip", ("a.txt", TEXT), ("b.txt", TEXT))
    content = bytearray(path.read_bytes())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = bytes(4)
    path.write_bytes(content)
    sealed()
    with Material(path) as material:
        assert codes(material) == ["overlapping_entries"]
        assert b"".join(material.members[0].pieces()) in (TEXT, b"")


def test_damaged_member_ends_early_and_the_next_is_read(evidence: Path, sealed: Callable[[], object]) -> None:
    """Bytes in the middle of a file are rubbish: what came before is given, the finding says so, the other file is whole."""
    path = zipped(evidence / "phone.zip", ("a.txt", os.urandom(50_000)), ("b.txt", TEXT))
    content = bytearray(path.read_bytes())
    content[30_000] ^= 0xFF
    path.write_bytes(content)
    sealed()
    with Material(path) as material:
        first, second = (b"".join(one.pieces()) for one in material.members)
        assert len(first) <= 50_000
        assert second == TEXT
        assert [(one.code, one.where) for one in material.findings] == [("member_broken", "a.txt")]


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tgz"])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.6, 0.85])
def test_cut_archive_gives_a_finding_or_one_error(evidence: Path, sealed: Callable[[], object], ending: str, share: float) -> None:
    """A zip without its directory cannot be used as a whole; of a tar everything before the cut is read."""
    contents = [os.urandom(20_000) for _ in range(4)]
    entries = [(f"{number}.txt", content) for number, content in enumerate(contents)]
    path = evidence / f"phone{ending}"
    if ending == ".zip":
        zipped(path, *entries)
    else:
        tarred(path, *entries, mode="w" if ending == ".tar" else "w:gz")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    sealed()
    if ending == ".zip":
        with pytest.raises(EvidenceError) as caught:
            Material(path)
        assert caught.value.data["reason"] == "broken_archive"
        return
    with Material(path) as material:
        got = [b"".join(one.pieces()) for one in material.members]
        assert set(codes(material)) & {"cut_archive", "member_broken"}
    assert all(contents[number].startswith(content) for number, content in enumerate(got))
    assert sum(map(len, got)) > 0.8 * share * 80_000 - 20_000


def test_archive_inside_an_archive_is_told_and_can_be_opened(evidence: Path, tmp_path: Path, sealed: Callable[[], object]) -> None:
    """Down to three; deeper is refused."""
    inner = TEXT
    for level in range(5):
        one = zipped(tmp_path / f"{level}.zip", (f"{level - 1}.zip" if level else "chat.txt", inner))
        inner = one.read_bytes()
    (evidence / "phone.zip").write_bytes(inner)
    sealed()
    with Material(evidence / "phone.zip") as material:
        assert codes(material) == ["nested_archive"]
        second = material.inside(material.members[0])
        third = second.inside(second.members[0])
        assert third.members[0].name == "1.zip"
        with pytest.raises(EvidenceError) as caught:
            third.inside(third.members[0])
        assert caught.value.data["reason"] == "too_deep"


def test_database_in_an_archive_is_read_with_its_log(evidence: Path, tmp_path: Path, sealed: Callable[[], object]) -> None:
    """Main file and log lie side by side in the zip of a phone."""
    connection = make_database(tmp_path / "m.db", wal=True)
    zipped(evidence / "phone.zip", *((f"db/m.db{ending}", (tmp_path / f"m.db{ending}").read_bytes()) for ending in ("", "-wal")))
    connection.close()
    sealed()
    with Material(evidence / "phone.zip") as material:
        member = material.find("db/m.db")
        assert member is not None
        with member.sqlite() as reading:
            assert reading.execute("SELECT count(*) FROM message").fetchone() == (2,)
        assert codes(material) == ["sqlite_log_beside"]


@given(st.text(max_size=40))
def test_clean_names_stay_inside(raw: str) -> None:
    """Whatever an archive calls a file: a relative path without tricks, unchanged when cleaned again."""
    name = clean_name(raw)
    assert name
    assert not name.startswith("/")
    assert ".." not in name.split("/")
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in name)
    assert clean_name(name) == name


@given(st.binary(max_size=600), st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b""]), st.data())
def test_any_bytes_give_a_file_or_one_clear_error(tmp_path_factory: pytest.TempPathFactory, tail: bytes, magic: bytes, data: st.DataObject) -> None:
    """Rubbish after any magic, and honest archives with a few bytes changed: never anything but EvidenceError."""
    path = tmp_path_factory.mktemp("any") / "thing"
    content = bytearray(magic + tail)
    if data.draw(st.booleans()):
        make = data.draw(st.sampled_from([zipped, tarred]))
        content = bytearray(make(path, ("a", TEXT), ("b", tail)).read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        with Material(path) as material:
            for member in material.members:
                if not member.refusal:
                    assert sum(map(len, member.pieces())) <= max(member.size, len(content)) + (1 << 20)
    except EvidenceError as error:
        assert error.data["reason"] in {"broken_archive", "bomb", "packed_unknown", "too_many_members"}  # noqa: PT017 - either is right
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
