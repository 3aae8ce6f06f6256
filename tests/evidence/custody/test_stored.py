"""Exhibits opened from the store: the same names, order, bytes and readings as what was handed in."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from andon.domain.errors import EvidenceError
from andon.evidence.chats.registry import read_material
from andon.evidence.custody.intake import Taking, take_in
from andon.evidence.custody.material import Material
from andon.evidence.custody.store import Store
from andon.evidence.custody.stored import material_of

LINE = "2026.11.20 金曜日\n12:00\tボス\t明日十時\n12:01\t運び屋\t了解\n"


def handed_in(folder: Path, shape: str) -> Path:
    """A folder, a file, an archive, an archive that cannot be opened, an empty folder."""
    inside = folder / "in"
    (inside / "二").mkdir(parents=True)
    (inside / "[LINE] グループ.txt").write_text(LINE, encoding="utf-8")
    (inside / "二" / "a.zip").write_bytes(b"PK\x03\x04 broken")
    database = sqlite3.connect(inside / "x.db")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE t (a)")
    database.execute("INSERT INTO t VALUES (1)")
    database.commit()
    (inside / "copy.db").write_bytes((inside / "x.db").read_bytes())
    (inside / "copy.db-wal").write_bytes((inside / "x.db-wal").read_bytes())
    database.close()
    if shape == "file":
        return inside / "[LINE] グループ.txt"
    if shape == "broken":
        return inside / "二" / "a.zip"
    if shape == "empty":
        (folder / "empty").mkdir()
        return folder / "empty"
    if shape == "zip":
        with zipfile.ZipFile(folder / "p.zip", "w") as archive:
            for path in sorted(inside.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(inside))
        (folder / "z").mkdir()
        return (folder / "p.zip").rename(folder / "z" / "p.zip")
    return inside


def taken(tmp_path: Path, path: Path) -> tuple[Store, str]:
    (tmp_path / "room").mkdir()
    store = tmp_path / "room" / "store"
    manifest, _ = take_in(store, path, Taking("山田", "本部", "領置"))
    return Store(store), manifest.id


@pytest.mark.parametrize("shape", ["folder", "file", "zip", "broken", "empty"])
def test_exhibit_reads_as_what_was_handed_in(tmp_path: Path, shape: str) -> None:
    """Kind, names, order, sizes, hashes, and everything that is read with its places."""
    path = handed_in(tmp_path, shape)
    store, exhibit = taken(tmp_path, path)
    with material_of(store, exhibit) as kept, Material(path, look_inside=shape != "broken") as given:
        assert (kept.kind, kept.tree_sha256()) == (given.kind, given.tree_sha256())
        assert [(one.name, one.size, one.sha256) for one in kept.members] == [(one.name, one.size, one.sha256) for one in given.members]
        assert list(read_material(kept)) == list(read_material(given))
        assert store.manifest(exhibit).tree_sha256 == kept.tree_sha256()


def test_log_taken_in_beside_a_database_is_read_with_it(tmp_path: Path) -> None:
    """Although the copies lie under other names in the store."""
    store, exhibit = taken(tmp_path, handed_in(tmp_path, "folder"))
    with material_of(store, exhibit) as kept:
        member = kept.find("copy.db")
        assert member is not None
        with member.sqlite() as database:
            assert database.execute("SELECT a FROM t").fetchall() == [(1,)]
        assert "sqlite_log_beside" in {one.code for one in kept.findings}


def test_copy_that_is_not_what_was_taken_in_is_not_read(tmp_path: Path) -> None:
    """Told at the first look into it."""
    store, exhibit = taken(tmp_path, handed_in(tmp_path, "file"))
    path = store.object_path(store.manifest(exhibit).files[0].sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace("十時".encode(), "九時".encode()))
    with pytest.raises(EvidenceError, match="copy_changed"), material_of(store, exhibit) as kept:
        kept.members[0].head(10)
    path.unlink()
    with pytest.raises(EvidenceError, match="missing"):
        material_of(store, exhibit)


def test_reading_writes_nothing_into_the_store(tmp_path: Path) -> None:
    """No journal, no copy beside a copy."""
    store, exhibit = taken(tmp_path, handed_in(tmp_path, "folder"))
    before = sorted((str(path), path.stat().st_mtime_ns) for path in store.folder.rglob("*"))
    with material_of(store, exhibit) as kept:
        list(read_material(kept))
    assert sorted((str(path), path.stat().st_mtime_ns) for path in store.folder.rglob("*")) == before


def test_exhibit_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """By its id."""
    store, _ = taken(tmp_path, handed_in(tmp_path, "file"))
    with pytest.raises(EvidenceError, match="no_exhibit"):
        material_of(store, "E0099")
