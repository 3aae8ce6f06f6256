"""The floor: what it costs only to read the stream, by several readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq

from andon.detection.records.batches import read_batches

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 4 << 20


def count_newlines(path: Path) -> int:
    """Read the bytes and count the lines: nothing that reads the posts can be quicker."""
    lines = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            lines += block.count(b"\n")
    return lines


def own_reader(path: Path) -> int:
    """The reader of `andon scan`: JSONL by the compiled scanner, Parquet by Arrow; texts as columns, rows checked."""
    return sum(len(batch) for batch in read_batches([str(path)]))


def arrow_json(path: Path) -> int:
    """The JSON reader of Arrow, asked for the two fields alone."""
    options = pj.ParseOptions(explicit_schema=pa.schema([("id", pa.string()), ("text", pa.string())]), unexpected_field_behavior="ignore")
    return pj.read_json(path, pj.ReadOptions(use_threads=False, block_size=_BLOCK), options).num_rows


def orjson_lines(path: Path) -> int:
    """Line by line with orjson."""
    with path.open("rb") as file:
        return len([(row["id"], row["text"]) for row in map(orjson.loads, file)])


def arrow_parquet(path: Path) -> int:
    """The Parquet reader of Arrow, batch by batch, the two columns alone."""
    return sum(len(batch) for batch in pq.ParquetFile(path).iter_batches(16_384, columns=["id", "text"], use_threads=False))
