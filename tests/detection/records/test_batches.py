"""Formats, positions and tables through the door that everybody uses."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from andon.detection.records.arrow import SCHEMA, text_column, to_record_batch
from andon.detection.records.batches import Position, PostBatch, read_batches
from andon.domain.errors import SourceError
from andon.domain.posts import Link, Media, Post

ROWS = [{"id": str(10**18 + i), "text": f"投稿 {i}", "n": {"x": [i]}} for i in range(300)]
TEXTS = [row["text"] for row in ROWS]
LINES = b"".join(json.dumps(row).encode() + b"\r\n" for row in ROWS)
HEADER_JA = "投稿ID,投稿日時,アカウント,本文,URL\n"


def write(folder: Path, name: str, content: bytes) -> str:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


def read(path: str, **options: object) -> list[PostBatch]:
    """All batches of one file."""
    return list(read_batches([path], **options))  # type: ignore[arg-type]


def texts(batches: list[PostBatch]) -> list[str]:
    """All texts, batch after batch."""
    return [batch.text(i) for batch in batches for i in range(len(batch))]


def posts(batches: list[PostBatch]) -> list[Post]:
    """All full records."""
    return [batch.post(i) for batch in batches for i in range(len(batch))]


def faults(batches: list[PostBatch]) -> list[tuple[int, str]]:
    """Row and reason of all rejects."""
    return [(item.row, item.reason) for batch in batches for item in batch.rejects]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINES),
        ("wrong.csv", LINES),
        ("a.jsonl.gz", gzip.compress(LINES, mtime=0)),
        ("two_members.gz", gzip.compress(LINES[:1000], mtime=0) + gzip.compress(LINES[1000:], mtime=0)),
        ("a.jsonl.zst", zstandard.compress(LINES)),
        ("two_frames.zst", zstandard.compress(LINES[:1000]) + zstandard.compress(LINES[1000:])),
        ("a.json", json.dumps(ROWS).encode()),
        ("pretty.json", json.dumps(ROWS, indent=2).encode()),
        ("pretty_values.json", b"\n".join(json.dumps(row, indent=2).encode() for row in ROWS)),
        ("page.json", json.dumps({"data": ROWS}, indent=1).encode()),
        ("page_line.json", json.dumps({"data": ROWS}).encode()),
        ("bom.jsonl", b"\xef\xbb\xbf" + LINES),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [100, 4 << 20])
def test_layouts(tmp_path: Path, name: str, content: bytes, chunk_bytes: int) -> None:
    """JSON in every layout and packing gives the same texts, whatever the ending says."""
    path = write(tmp_path, name, content)
    assert texts(read(path, source="generic", chunk_bytes=chunk_bytes)) == TEXTS
    assert texts(read(path)) == TEXTS


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "parquet", "dat", "cp932"])
def test_resume(tmp_path: Path, form: str) -> None:
    """Going on from any batch's position gives exactly what was still missing."""
    paths = [_form(tmp_path, form), write(tmp_path, "z.jsonl", b'{"text": "last"}\n')]
    whole = list(read_batches(paths, chunk_bytes=1 << 12))
    assert len(whole) > (1 if form == "parquet" else 3)
    for cut in range(len(whole)):
        start = Position.from_json(json.loads(json.dumps(whole[cut].position.to_json())))
        rest = list(read_batches(paths, start=start, chunk_bytes=1 << 12))
        assert [(post.file, post.row, post.text) for post in posts(rest)] == [(p.file, p.row, p.text) for p in posts(whole[cut + 1 :])]


def _form(folder: Path, form: str) -> str:
    rows = [{**row, "text": f"{row['text']} {'長い文' * 100}"} for row in ROWS]
    if form == "parquet":
        path = str(folder / "a.parquet")
        pq.write_table(pa.table({"text": [row["text"] for row in rows]}), path, row_group_size=50)
        return path
    if form == "csv":
        return write(folder, "a.csv", ("id,text\n" + "".join(f'{row["id"]},"{row["text"]}\nx"\n' for row in rows)).encode())
    if form == "dat":
        return write(folder, "1.dat", "".join(f"名無し<><>2024/01/15(月) 12:34:56.78 ID:a<>{row['text']}<>\n" for row in rows).encode("cp932"))
    joined = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    if form == "json":
        return write(folder, "a.json", ("[" + joined.replace("\n", ",\n") + "]").encode())
    return write(folder, "a.jsonl", joined.encode("cp932" if form == "cp932" else "utf-8"))


def test_progress_counts_bytes_on_disk(tmp_path: Path) -> None:
    """At the end the bytes read are the size of the packed file."""
    packed = gzip.compress(LINES)
    assert read(write(tmp_path, "a.gz", packed))[-1].bytes_read == len(packed)


@pytest.mark.parametrize("content", [LINES, gzip.compress(LINES, mtime=0), ("text\n" + "\n".join(TEXTS) + "\n").encode("utf-16")])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Standard input may be packed, a table, and in any encoding."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert texts(read("-")) == TEXTS


def test_parquet_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet needs a file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"PAR1" + b"\0" * 50)))
    with pytest.raises(SourceError) as caught:
        read("-")
    assert caught.value.data["reason"] == "parquet_needs_file"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_japanese_table(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Excel's tables with Japanese and full-width headers become full posts; times without zone are Japanese."""
    content = '投稿ID,投稿日時,アカウント,本文,ＵＲＬ\n123456789012345678,2024/05/01 12:34,abc,"二行の\r\n本文",https://x.com/a\n'.replace(
        ",", delimiter
    )
    post = posts(read(write(tmp_path, "a.csv", content.encode(encoding))))[0]
    assert (post.id, post.text, post.author, post.url) == ("123456789012345678", "二行の\r\n本文", "abc", "https://x.com/a")
    assert post.created_at == datetime(2024, 5, 1, 3, 34, tzinfo=UTC)
    assert (post.source, post.file, post.row) == ("generic", "a.csv", 2)


def test_table_rows_that_are_bad(tmp_path: Path) -> None:
    """Wrong numbers of columns and empty texts are rejected; rows count as a spreadsheet shows them."""
    found = read(write(tmp_path, "a.csv", b"id,text\n1,a\n2\n\n3,\n4,d,e\n5,f\n"))
    assert texts(found) == ["a", "f"]
    assert faults(found) == [(3, "column_count"), (5, "missing_text"), (6, "column_count")]


def test_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    """A quotation mark that is never closed costs its row, not the rows behind it."""
    found = read(write(tmp_path, "a.csv", b'id,text\n1,"a\n2,b\n3,"c"\n4,d\n'))
    assert texts(found) == ["b", "c", "d"]
    assert [row for row, _ in faults(found)] == [2]


def test_one_column_with_a_name(tmp_path: Path) -> None:
    """One column is a table when its head is the name of a text column."""
    assert texts(read(write(tmp_path, "a.csv", "本文\n一つ目\n二つ目\n".encode()))) == ["一つ目", "二つ目"]


def test_source_that_does_not_read_tables(tmp_path: Path) -> None:
    """A named source that knows no tables is refused for one."""
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "a.csv", b"id,text\n1,a\n"), source="bluesky")
    assert caught.value.data["reason"] == "wrong_source"


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
def test_parquet(tmp_path: Path, kind: pa.DataType) -> None:
    """Parquet texts of any string type are read, null and empty ones rejected, ids keep all digits, times their zone."""
    when = datetime(2024, 5, 1, tzinfo=UTC)
    table = pa.table({
        "tweet_id": pa.array([2**60 + 1, 2, 3, 4]), "Text": pa.array(["一", None, "", "四"]).cast(kind),
        "created_at": pa.array([when] * 4, pa.timestamp("ns", "UTC")), "other": [1.5] * 4,
    })  # fmt: skip
    path = str(tmp_path / "a.parquet")
    pq.write_table(table, path)
    found = read(path)
    assert texts(found) == ["一", "四"]
    assert faults(found) == [(2, "missing_text"), (3, "missing_text")]
    first, last = posts(found)
    assert (first.id, first.created_at, last.row) == (str(2**60 + 1), when, 4)


def test_packed_parquet(tmp_path: Path) -> None:
    """A packed Parquet file is unpacked first."""
    pq.write_table(pa.table({"text": TEXTS}), tmp_path / "a.parquet")
    assert texts(read(write(tmp_path, "b.parquet.gz", gzip.compress((tmp_path / "a.parquet").read_bytes())))) == TEXTS


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])
def test_text_column(kind: pa.DataType) -> None:
    """A slice of any string column gives its own texts."""
    array = pa.array(["x", "あ", None, "", "yz"]).cast(kind).slice(1)
    data, offsets = text_column(array)
    assert [bytes(data[offsets[i] : offsets[i + 1]]).decode() for i in range(4)] == ["あ", "", "", "yz"]
    assert len(text_column(array.slice(0, 0))[1]) == 1


def test_text_column_refuses_numbers() -> None:
    """Other columns are refused."""
    with pytest.raises(TypeError):
        text_column(pa.array([1]))


def test_record_batch() -> None:
    """All fields of a post go into Arrow and come back."""
    when = datetime(2024, 5, 1, 1, 2, 3, 4, tzinfo=UTC)
    post = Post("1", "x_api", "本文", created_at=when, links=(Link("a", "b"),), media=(Media("photo", "u", "alt"),), row=3, extra={"k": "v"})
    batch = to_record_batch([post])
    assert batch.schema == SCHEMA
    row = batch.to_pylist()[0]
    assert (row["text"], row["created_at"], row["deleted_at"]) == ("本文", when, None)
    assert (row["links"], row["media"]) == ([{"shown": "a", "expanded": "b"}], [{"type": "photo", "url": "u", "alt": "alt"}])
    assert row["extra"] == [{"key": "k", "value": "v"}]
    assert set(SCHEMA.names) == {field for field in Post.__dataclass_fields__}
