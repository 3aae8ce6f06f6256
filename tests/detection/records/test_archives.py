"""Archives: members as paths, an X archive as it comes, names from Japanese Windows, and everything that must not be opened."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from andon.detection.records import members
from andon.detection.records.batches import read_batches, total_bytes
from andon.detection.records.members import MARK, list_members
from andon.detection.records.paths import expand_paths
from andon.domain.errors import SourceError

JSONL = "".join(json.dumps({"id": str(i), "text": f"投稿{i}"}, ensure_ascii=False) + "\n" for i in range(3)).encode()
CSV = "投稿者,本文\nkuro,運ぶだけ\n".encode("cp932")


def tweets(*texts: str, name: str = "tweets") -> bytes:
    """A file of an X archive."""
    values = [{"tweet": {"id_str": str(i), "full_text": text, "created_at": "Mon Jan 05 08:36:41 +0000 2026"}} for i, text in enumerate(texts, 1)]
    return f"window.YTD.{name}.part0 = {json.dumps(values, ensure_ascii=False, indent=1)}".encode()


def workbook() -> bytes:
    """A workbook with one post."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["本文"], ["表の投稿"]):
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def parquet() -> bytes:
    """A Parquet file with one post."""
    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["柱の投稿"]}), out)
    return out.getvalue()


MIXED = {
    "posts.jsonl": JSONL, "folder/深い/list.csv": CSV, "folder/book.xlsx": workbook(), "folder/b.parquet": parquet(), "packed.jsonl.gz": gzip.compress(JSONL),
    "photo.jpg": b"\xff\xd8\xff", ".hidden.csv": CSV, "__MACOSX/._posts.jsonl": b"\0\5\26\7", "readme.txt": b"hello",
}  # fmt: skip


def make_zip(path: Path, files: dict[str, bytes]) -> str:
    """A zip with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("folder/", b"")
        for name, data in files.items():
            made.writestr(name, data)
    return str(path)


def make_tar(path: Path, files: dict[str, bytes]) -> str:
    """A tar with these files, packed as the name says."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "../outside.csv"
        made.addfile(link)
    data = out.getvalue()
    path.write_bytes(gzip.compress(data) if path.suffix in (".gz", ".tgz") else zstandard.compress(data) if path.suffix == ".zst" else data)
    return str(path)


def read(paths: list[str], **options: Any) -> list[tuple[str, str]]:
    """File and text of all posts."""
    return [(batch.post(i).file, batch.text(i)) for batch in read_batches(paths, **options) for i in range(len(batch))]


def reason(path: str) -> str:
    """Why a path cannot be read."""
    with pytest.raises(SourceError) as caught:
        list(read_batches([path]))
    return str(caught.value.data["reason"])


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.zst", "no-ending"])
def test_mixed_archive(tmp_path: Path, name: str) -> None:
    """Every member with a known ending is read by its content, in the order of the archive, under the name archive/member."""
    make = make_zip if name in ("a.zip", "no-ending") else make_tar
    paths = expand_paths([make(tmp_path / name, MIXED)])
    assert [Path(path).relative_to(tmp_path).as_posix() for path in paths] == [
        f"{name}!/{member}" for member in ("posts.jsonl", "folder/深い/list.csv", "folder/book.xlsx", "folder/b.parquet", "packed.jsonl.gz")
    ]
    found = read(paths)
    three = ["投稿0", "投稿1", "投稿2"]
    assert [text for _, text in found] == [*three, "運ぶだけ", "表の投稿", "柱の投稿", *three]
    assert [file for file, _ in found][2:6] == [f"{name}/posts.jsonl", f"{name}/folder/深い/list.csv", f"{name}/folder/book.xlsx", f"{name}/folder/b.parquet"]
    assert total_bytes(paths) == sum(len(MIXED[path.split(MARK)[1]]) for path in paths)
    assert read(list(reversed(paths)))[-3:] == found[:3]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_resume_inside_a_member(tmp_path: Path, name: str) -> None:
    """Going on from any position in an archive gives exactly the posts behind it."""
    rows = "".join(json.dumps({"text": f"{'あ' * 200}{i}"}, ensure_ascii=False) + "\n" for i in range(2000)).encode()
    make = make_zip if name == "a.zip" else make_tar
    paths = expand_paths([make(tmp_path / name, {"1.jsonl": rows, "2.csv": CSV, "3.jsonl": rows})])
    batches = list(read_batches(paths, chunk_bytes=1 << 17))
    whole = [batch.text(i) for batch in batches for i in range(len(batch))]
    assert (len(whole), len(batches) > 10) == (4001, True)
    behind = 0
    for batch in batches:
        behind += len(batch)
        assert [text for _, text in read(paths, start=batch.position, chunk_bytes=1 << 17)] == whole[behind:]


X_FILES = {
    "data/tweets.js": tweets("一つ目", "二つ目 &amp; 三つ"), "data/tweets-part1.js": tweets("四つ目").replace(b"part0", b"part1") + b";\n",
    "data/manifest.js": b'window.__THAR_CONFIG = {"userInfo": {}, "archiveInfo": {}}', "data/account.js": b'window.YTD.account.part0 = [ {"account": {"username": "x"}} ]',
    "data/like.js": b"window.YTD.like.part0 = " + json.dumps([{"like": {"tweetId": str(i), "fullText": "x"}} for i in range(3000)]).encode(),
    "data/direct-messages.js": b'window.YTD.direct_messages.part0 = [{"dmConversation": {"messages": [{"messageCreate": {"text": "secret"}}]}}]',
    "data/empty.js": b"window.YTD.empty.part0 = [ ]", "data/tweets_media/1.jpg": b"\xff\xd8", "assets/js/main.js": b"(function(){return 1})();", "assets/x.json": b"{}",
    "Your archive.html": b"<!doctype html><html><body>x</body></html>",
}  # fmt: skip


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_x_archive(tmp_path: Path, form: str) -> None:
    """An X archive, zipped or unpacked, gives the posts; all else in it is counted, nothing is rejected, and its pages and programs are left alone."""
    if form == "zip":
        paths = expand_paths([make_zip(tmp_path / "x.zip", X_FILES)])
    else:
        for name, data in X_FILES.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        paths = expand_paths([str(tmp_path)])
    batches = list(read_batches(paths))
    assert sorted(batch.text(i) for batch in batches for i in range(len(batch))) == ["一つ目", "二つ目 & 三つ", "四つ目"]
    assert (sum(batch.skipped for batch in batches), [one for batch in batches for one in batch.rejects]) == (3003, [])
    assert {batch.source for batch in batches} == {"x_archive"}


def test_large_x_archive_comes_in_pieces(tmp_path: Path) -> None:
    """A long `tweets.js` is read piece by piece, and resumed between them."""
    path = tmp_path / "tweets.js"
    path.write_bytes(tweets(*(f"投稿その{i} " + "長い文" * 40 for i in range(5000))))
    batches = list(read_batches([str(path)], chunk_bytes=1 << 17))
    assert (sum(map(len, batches)), max(map(len, batches)) < 1000) == (5000, True)
    again = list(read_batches([str(path)], start=batches[3].position, chunk_bytes=1 << 17))
    assert sum(map(len, again)) == 5000 - sum(map(len, batches[:4]))
    assert again[0].text(0) == batches[4].text(0)


def test_names_of_japanese_windows(tmp_path: Path) -> None:
    """Member names in cp932 without the mark for UTF-8, and folders split by backslashes, come out right."""
    path = make_zip(tmp_path / "a.zip", {"XXXXXXXX/AAAA.csv": CSV})
    data = Path(path).read_bytes().replace(b"XXXXXXXX/AAAA.csv", "募集表示".encode("cp932") + b"\\" + "名簿".encode("cp932") + b".csv")
    Path(path).write_bytes(data)
    assert expand_paths([path]) == [f"{path}!/募集表示/名簿.csv"]
    assert read(expand_paths([path])) == [("a.zip/募集表示/名簿.csv", "運ぶだけ")]


def test_archives_inside_a_folder(tmp_path: Path) -> None:
    """A folder's archives are opened, and a member can be named by itself."""
    make_zip(tmp_path / "b.zip", {"x.csv": CSV})
    (tmp_path / "a.csv").write_bytes(CSV)
    assert [Path(path).name for path in expand_paths([str(tmp_path)])] == ["a.csv", "x.csv"]
    assert read(expand_paths([f"{tmp_path}/b.zip!/x.csv"])) == [("b.zip/x.csv", "運ぶだけ")]
    assert reason(f"{tmp_path}/b.zip!/gone.csv") == "missing"


def locked(path: str, *names: str) -> str:
    """The zip with these members marked as protected by a password."""
    data = bytearray(Path(path).read_bytes())
    with zipfile.ZipFile(path) as made:
        for info in made.infolist():
            if info.filename in names:
                data[info.header_offset + 6] |= 1
    at = 0
    while (at := data.find(b"PK\1\2", at)) >= 0:
        size = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + size].decode() in names:
            data[at + 8] |= 1
        at += 4
    Path(path).write_bytes(data)
    return path


def test_password(tmp_path: Path) -> None:
    """A zip with a password is one error that counts the files, and members without one are read all the same."""
    path = locked(make_zip(tmp_path / "a.zip", {"a.csv": CSV, "b.csv": CSV, "data/tweets.js": tweets("x")}), "a.csv", "data/tweets.js")
    paths = expand_paths([path])
    assert paths == [path, f"{path}!/b.csv"]
    with pytest.raises(SourceError) as caught:
        list(read_batches(paths))
    assert (caught.value.data["reason"], caught.value.data["count"], caught.value.data["file"]) == ("encrypted", 2, 0)
    assert read(paths[1:]) == [("a.zip/b.csv", "運ぶだけ")]
    assert reason(f"{path}!/a.csv") == "locked_member"


def test_archive_without_readable_files(tmp_path: Path) -> None:
    """An archive of pictures says that it holds nothing to read."""
    path = make_zip(tmp_path / "a.zip", {"a.jpg": b"x", "b.txt": b"x"})
    assert (expand_paths([path]), reason(path)) == ([path], "nothing_readable")


def test_archive_that_was_not_expanded(tmp_path: Path) -> None:
    """A whole archive given to the reader is an error that says how to name its files."""
    assert reason(make_zip(tmp_path / "a.zip", {"a.csv": CSV})) == "not_expanded"


def test_archive_inside_an_archive(tmp_path: Path) -> None:
    """An archive inside an archive is one error, and what stands beside it is read."""
    inner = Path(make_zip(tmp_path / "inner.zip", {"a.csv": CSV})).read_bytes()
    paths = expand_paths([make_zip(tmp_path / "a.zip", {"inner.zip": inner, "b.csv": CSV})])
    assert reason(paths[0]) == "nested_archive"
    assert read(paths[1:]) == [("a.zip/b.csv", "運ぶだけ")]


@pytest.mark.parametrize("cut", [30, 300, -10])
def test_broken_zip(tmp_path: Path, cut: int) -> None:
    """A cut zip is one error."""
    path = Path(make_zip(tmp_path / "a.zip", MIXED))
    path.write_bytes(path.read_bytes()[:cut])
    assert expand_paths([str(path)]) == [str(path)]
    assert reason(str(path)) == "broken_archive"


def test_damaged_member(tmp_path: Path) -> None:
    """A damaged member is an error of its own."""
    path = Path(make_zip(tmp_path / "a.zip", {"a.jsonl": JSONL * 50, "b.csv": CSV}))
    data = bytearray(path.read_bytes())
    at = data.index(b"a.jsonl") + 20
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)
    first, second = expand_paths([str(path)])
    assert reason(first) == "broken_archive"
    assert read([second]) == [("a.zip/b.csv", "運ぶだけ")]


def test_cut_tar(tmp_path: Path) -> None:
    """A cut tar.gz gives the members that it holds in full."""
    rows = b"".join(json.dumps({"text": str(i * 7919 % 100_003)}).encode() + b"\n" for i in range(60_000))
    path = Path(make_tar(tmp_path / "a.tar.gz", {"1.csv": CSV, "2.jsonl": rows}))
    path.write_bytes(path.read_bytes()[:-2000])
    paths = expand_paths([str(path)])
    assert read(paths[:1]) == [("a.tar.gz/1.csv", "運ぶだけ")]
    assert reason(paths[1]) == "broken_archive"


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.tar.gz"])
def test_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An archive that is packed far tighter than honest text is not opened."""
    monkeypatch.setattr(members, "RATIO_FROM", 1 << 20)
    files = {"a.jsonl": b"\0" * (8 << 20)}
    path = make_zip(tmp_path / name, files) if name.endswith("zip") else make_tar(tmp_path / name, files)
    assert expand_paths([path]) == [path]
    assert reason(path) == "archive_too_large"


@pytest.mark.parametrize("limit", ["MOST_MEMBERS", "MOST_UNPACKED"])
def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Too many members, or too many bytes in them, are refused."""
    monkeypatch.setattr(members, limit, 2)
    for path in (make_zip(tmp_path / "a.zip", MIXED), make_tar(tmp_path / "a.tar.gz", MIXED)):
        assert reason(path) == "archive_too_large"


def test_size_that_lies(tmp_path: Path) -> None:
    """A member that says it is smaller than it is ends in an error, not in more memory."""
    path = Path(make_zip(tmp_path / "a.zip", {"a.jsonl": JSONL * 1000}))
    real = struct.pack("<I", len(JSONL) * 1000)
    path.write_bytes(path.read_bytes().replace(real, struct.pack("<I", 50)))
    assert [member.size for member in list_members(str(path))] == [50]
    assert reason(f"{path}!/a.jsonl") == "broken_archive"


def test_member_names_that_climb(tmp_path: Path) -> None:
    """A name that leads out of the archive is only a name."""
    outside = tmp_path / "outside.csv"
    path = make_zip(tmp_path / "a.zip", {"../outside.csv": CSV, "/etc/x.csv": CSV})
    assert read(expand_paths([path])) == [("a.zip/../outside.csv", "運ぶだけ"), ("a.zip//etc/x.csv", "運ぶだけ")]
    assert not outside.exists()


def test_mark_in_the_name_of_a_real_file(tmp_path: Path) -> None:
    """A file whose own path holds the mark is that file."""
    (tmp_path / "a!").mkdir()
    (tmp_path / "a!" / "b.csv").write_bytes(CSV)
    assert read(expand_paths([str(tmp_path / "a!" / "b.csv")])) == [("b.csv", "運ぶだけ")]
