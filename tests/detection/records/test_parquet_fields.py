"""Full records of a Parquet file, whose other columns are read late."""

from __future__ import annotations

import gzip
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.detection.records import parquet_rows
from andon.detection.records.batches import PostBatch, read_batches
from andon.domain.errors import RowError

ROWS = 1000
LINKS = [f"https://example.com/{number * 7919 % 10007}" for number in range(ROWS)]


@pytest.fixture(params=[70, 333, ROWS])
def table(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of many small batches, with row groups that are smaller and larger than one; every tenth text is missing."""
    monkeypatch.setattr(parquet_rows, "_ROWS", 100)
    path = tmp_path / "a.parquet"
    texts = [None if number % 10 == 9 else f"投稿{number}" for number in range(ROWS)]
    names = [{"username": f"名{number}", "followers": number} for number in range(ROWS)]
    pq.write_table(pa.table({"url": LINKS, "text": texts, "author": names, "unknown": list(range(ROWS))}), path, row_group_size=request.param, compression="none")
    return path


def check(batch: PostBatch, i: int) -> None:
    """The record of post `i` holds what stands in its row."""
    post = batch.post(i)
    assert (post.text, post.url, post.author) == (batch.text(i), LINKS[post.row - 1], f"名{post.row - 1}")
    assert post.text == f"投稿{post.row - 1}"


def every_post(batches: list[PostBatch]) -> list[tuple[PostBatch, int]]:
    """All posts as batch and number."""
    return [(batch, i) for batch in batches for i in range(len(batch))]


def test_in_any_order(table: Path) -> None:
    """Each post gets the fields of its own row: forwards, backwards, at random, and after the reader has ended."""
    asked = every_post(list(read_batches([str(table)])))
    assert len(asked) == ROWS * 9 // 10
    for order in (asked, asked[::-1], random.Random(1).sample(asked, 60)):
        for batch, i in order:
            check(batch, i)


def test_of_a_packed_file(table: Path) -> None:
    """The unpacked copy lives as long as its posts."""
    packed = table.with_name("b.parquet.gz")
    packed.write_bytes(gzip.compress(table.read_bytes()))
    for batch, i in every_post(list(read_batches([str(packed)]))):
        check(batch, i)


def test_by_several_threads_while_reading(table: Path) -> None:
    """Several threads may make posts of several batches while the next ones are read."""
    with ThreadPoolExecutor(4) as workers:
        waiting = [workers.submit(check, batch, i) for batch in read_batches([str(table)]) for i in range(0, len(batch), 3)]
        for one in waiting:
            one.result()


def test_damage_beside_the_texts(table: Path) -> None:
    """Damage in another column spoils no text; the post that asks for it raises a RowError with its place, and others are still made."""
    content = bytearray(table.read_bytes())
    groups = pq.ParquetFile(table).metadata
    last = groups.row_group(groups.num_row_groups - 1)
    spot = next(last.column(k) for k in range(last.num_columns) if last.column(k).path_in_schema == "url")
    start = min(place for place in (spot.dictionary_page_offset, spot.data_page_offset) if place)
    content[start : start + 40] = b"\xff" * 40
    table.write_bytes(content)
    batches = list(read_batches([str(table)]))
    assert sum(map(len, batches)) == ROWS * 9 // 10
    with pytest.raises(RowError) as caught:
        batches[-1].post(len(batches[-1]) - 1)
    assert (caught.value.data["reason"], caught.value.data["file"], caught.value.data["row"]) == ("broken", "a.parquet", ROWS - 1)
    if groups.num_row_groups > 1:
        check(batches[0], 0)
