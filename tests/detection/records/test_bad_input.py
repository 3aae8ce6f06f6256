"""Every way in which an input can be bad, and what is made of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from andon.detection.records.batches import Position, PostBatch, read_batches, total_bytes
from andon.detection.records.paths import expand_paths
from andon.domain.errors import SourceError


def write(folder: Path, name: str, content: bytes) -> str:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


def lines(*values: object) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def read(path: str, **options: object) -> list[PostBatch]:
    """All batches of one file."""
    return list(read_batches([path], **options))  # type: ignore[arg-type]


def texts(batches: list[PostBatch]) -> list[str]:
    """All texts, batch after batch."""
    return [batch.text(i) for batch in batches for i in range(len(batch))]


def faults(batches: list[PostBatch]) -> list[tuple[int, str]]:
    """Row and reason of all rejects."""
    return [(item.row, item.reason) for batch in batches for item in batch.rejects]


def test_broken_line_is_rejected_alone(tmp_path: Path) -> None:
    """A broken JSON line is rejected with its row, and its neighbours are read."""
    found = read(write(tmp_path, "a.jsonl", lines({"text": "一"}) + b'{"text": "x\n' + lines({"text": "三"})))
    assert sorted(texts(found)) == ["一", "三"]
    assert faults(found) == [(2, "json")]


def test_first_line_broken(tmp_path: Path) -> None:
    """A broken first line does not change what the file is taken for."""
    found = read(write(tmp_path, "a.jsonl", b"garbage\n" + lines({"text": "二"}, {"text": "三"})))
    assert texts(found) == ["二", "三"]
    assert faults(found) == [(1, "json")]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"id": 1}, "missing_text"),
        ({"text": ""}, "missing_text"),
        ({"text": None}, "missing_text"),
        ({"text": 5}, "text_type"),
        ({"text": "あ" * 33_334}, "text_too_long"),
        ([1], "not_object"),
    ],
)
def test_bad_values(tmp_path: Path, value: object, reason: str) -> None:
    """A value without a usable text is rejected under the code of its fault."""
    assert faults(read(write(tmp_path, "a.jsonl", lines({"text": "良い"}, value)))) == [(2, reason)]


def test_longest_text_is_kept(tmp_path: Path) -> None:
    """A text of exactly the limit is a post."""
    assert len(texts(read(write(tmp_path, "a.jsonl", lines({"text": "a" * 100_000}))))) == 1


def test_raw_of_reject_is_bounded(tmp_path: Path) -> None:
    """A reject keeps at most 4 KiB of its row."""
    batch = read(write(tmp_path, "a.jsonl", lines({"text": "良い"}) + b"{" * 9000 + b"\n"))[0]
    assert len(batch.rejects[0].raw) == 4096


def test_ten_megabyte_line(tmp_path: Path) -> None:
    """A line of 10 MB is read over several chunks and rejected for its text only."""
    found = read(write(tmp_path, "a.jsonl", lines({"text": "前"}, {"text": "a" * 10_000_000}, {"text": "後"})), chunk_bytes=1 << 20)
    assert sorted(texts(found)) == ["前", "後"]
    assert faults(found) == [(2, "text_too_long")]


@pytest.mark.parametrize("chunk_bytes", [1 << 20, 64 << 20])
def test_line_too_long(tmp_path: Path, chunk_bytes: int) -> None:
    """A line over 32 MiB is rejected, whatever the size of the chunks, and reading goes on behind it."""
    huge = b'{"text": "' + b"a" * (33 << 20) + b'"}\n'
    found = read(write(tmp_path, "a.jsonl", lines({"text": "前"}) + huge + lines({"text": "後"})), chunk_bytes=chunk_bytes)
    assert sorted(texts(found)) == ["前", "後"]
    assert faults(found) == [(2, "line_too_long")]
    assert found[-1].position.row == 3


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", gzip.compress(b"", mtime=0), b"\xef\xbb\xbf"])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    """An empty file is one empty batch that says so."""
    found = read(write(tmp_path, "a.jsonl", content))
    assert texts(found) == []
    assert faults(found) == [(0, "empty_file")]
    assert found[0].position == Position(1)


@pytest.mark.parametrize("content", ["今日は暑い\nラーメンを食べた\n".encode(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, b"<html>\n<p>a</p>\n"])
def test_unknown_format(tmp_path: Path, content: bytes) -> None:
    """Plain lines of text, pictures and web pages are refused, with the path and the index of the file."""
    path = write(tmp_path, "a.csv", content)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.data == {"reason": "unknown_format", "path": path, "file": 0}


def test_wrong_column_type(tmp_path: Path) -> None:
    """A Parquet file whose text is no string is refused."""
    path = str(tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": [1, 2]}), path)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.data["reason"] == "column_type"


def test_no_text_column(tmp_path: Path) -> None:
    """A table without a column of texts is refused and its columns are named."""
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "a.csv", b"name,age\nx,1\ny,2\n"))
    assert (caught.value.data["reason"], caught.value.data["columns"]) == ("no_text_column", ["name", "age"])


def test_broken_parquet(tmp_path: Path) -> None:
    """A file that only begins like Parquet is refused."""
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "a.parquet", b"PAR1" + b"x" * 100))
    assert caught.value.data["reason"] == "broken"


@pytest.mark.parametrize("packer", [gzip.compress, zstandard.compress])
def test_truncated_archive(tmp_path: Path, packer: object) -> None:
    """A cut archive gives all its complete rows and then one reject, never an exception."""
    rows = [{"id": str(i), "text": f"投稿{i * 7919 % 10007}"} for i in range(5000)]
    packed = packer(lines(*rows))  # type: ignore[operator]
    found = read(write(tmp_path, "a.jsonl.gz", packed[: len(packed) * 2 // 3]))
    got = texts(found)
    assert got == [row["text"] for row in rows[: len(got)]]
    assert faults(found) == [(len(got), "truncated")]
    if packer is gzip.compress:
        assert len(got) > 1000


def test_truncated_at_once(tmp_path: Path) -> None:
    """An archive that holds nothing readable is one reject."""
    assert faults(read(write(tmp_path, "a.jsonl.gz", gzip.compress(b"x" * 100)[:12]))) == [(0, "truncated")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """All encodings of Japanese exports are recognised, across chunk borders."""
    rows = [{"text": f"表示ソ能 高額ﾊﾞｲﾄ{i}"} for i in range(9000)]
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(encoding)
    assert texts(read(write(tmp_path, "a.jsonl", content), chunk_bytes=1 << 16)) == [row["text"] for row in rows]


@pytest.mark.parametrize(("encoding", "bad"), [("utf-8", b"\x83\x3f"), ("cp932", b"\x83\x3f"), ("utf-16-le", b"\x00\xd8")])
def test_wrong_byte_rejects_its_row(tmp_path: Path, encoding: str, bad: bytes) -> None:
    """A byte that does not belong to the encoding costs its row only."""
    good = ['{"text": "普通の投稿です"}\n'.encode(encoding)] * 5
    broken = '{"text": "'.encode(encoding) + bad + 'あ"}\n'.encode(encoding)
    found = read(write(tmp_path, "a.jsonl", b"".join([*good, broken, *good])))
    assert len(texts(found)) == 10
    assert faults(found) == [(6, "encoding")]


def test_half_surrogate_is_mended(tmp_path: Path) -> None:
    """Half an emoji at the end of a cut text, which strict JSON refuses, becomes the replacement character; a backslash before stays."""
    found = read(write(tmp_path, "a.jsonl", b'{"text": "a\\\\\\ud83d"}\n{"text": "\\ud83d\\ude00", "n": NaN}\n'))
    assert texts(found) == ["a\\\ufffd", "😀"]


def test_source_error_lets_others_be_read(tmp_path: Path) -> None:
    """After a refused file, reading goes on with the next by its position."""
    paths = [write(tmp_path, "a.txt", b"hello\nworld\n"), write(tmp_path, "b.jsonl", lines({"text": "良い"}))]
    with pytest.raises(SourceError) as caught:
        list(read_batches(paths))
    index = caught.value.data["file"]
    assert isinstance(index, int)
    assert texts(list(read_batches(paths, start=Position(index + 1)))) == ["良い"]


def test_unknown_source_names_the_nearest(tmp_path: Path) -> None:
    """A source that does not exist is refused with the nearest name."""
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "a.jsonl", b"{}\n"), source="blusky")
    assert caught.value.data["nearest"] == "bluesky"


def test_paths(tmp_path: Path) -> None:
    """Folders give files with known endings at all depths, patterns give what they match, and each file comes once."""
    (tmp_path / "sub").mkdir()
    first, second = write(tmp_path, "a.jsonl", b"12345"), write(tmp_path / "sub", "b.CSV.gz", b"123")
    write(tmp_path, "notes.txt", b"x")
    assert expand_paths([str(tmp_path), first, str(tmp_path / "*.jsonl"), "-"]) == [first, second, "-"]
    assert total_bytes([first, second]) == 8
    assert total_bytes([first, "-"]) is None


@pytest.mark.parametrize(("name", "reason"), [("no.jsonl", "missing"), ("*.jsonl", "missing"), (".", "nothing_readable")])
def test_paths_refused(tmp_path: Path, name: str, reason: str) -> None:
    """What does not exist and what holds nothing readable are refused."""
    with pytest.raises(SourceError) as caught:
        expand_paths([str(tmp_path / name)])
    assert caught.value.data["reason"] == reason
