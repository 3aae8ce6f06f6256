"""Columns and keys that a person names: tables, workbooks, JSON and Parquet with names that andon does not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.detection.records.batches import read_batches
from andon.detection.sources.fields import NAMES
from andon.detection.sources.generic import mapped
from andon.detection.sources.source import Place
from andon.domain.errors import RowError, SourceError
from andon.domain.posts import Post

HEADING, ROW = ["氏名", "つぶやき", "内容", "いつ"], ["黒箱", "運ぶだけ 日給5万", "メモ", "2026/1/5 17:36"]
COLUMNS = {"text": "つぶやき", "author": "氏名", "created_at": "いつ"}


def table(path: Path) -> str:
    """The same table in the form that the ending says."""
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in (HEADING, ROW)) + "\n", encoding="cp932")
    elif path.suffix == ".jsonl":
        path.write_text(json.dumps(dict(zip(HEADING, ROW, strict=True)), ensure_ascii=False) + "\n", encoding="utf-8")
    elif path.suffix == ".json":
        path.write_text(json.dumps([{"post": dict(zip(HEADING, ROW, strict=True))}], ensure_ascii=False, indent=1), encoding="utf-8")
    elif path.suffix == ".parquet":
        pq.write_table(pa.table({name: [cell] for name, cell in zip(HEADING, ROW, strict=True)}), path)
    else:
        made = openpyxl.Workbook()
        for row in (["内容"], HEADING, ROW):
            made.active.append(row)
        made.save(path)
    return str(path)


def fault(path: str, columns: dict[str, str], **options: Any) -> dict[str, Any]:
    """The data of the error that reading ends with."""
    with pytest.raises(SourceError) as caught:
        list(read_batches([path], columns=columns, **options))
    return dict(caught.value.data)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "json", "parquet"])
def test_named_columns(tmp_path: Path, ending: str) -> None:
    """Named columns go before those that andon knows: 内容 would have been the text."""
    (batch,) = read_batches([table(tmp_path / f"a.{ending}")], columns=COLUMNS)
    post = batch.post(0)
    assert (batch.source, len(batch), batch.text(0), post.text, post.author) == ("generic", 1, ROW[1], ROW[1], ROW[0])
    assert str(post.created_at) == "2026-01-05 08:36:00+00:00"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "json", "parquet"])
def test_column_that_is_not_there(tmp_path: Path, ending: str) -> None:
    """A named column that is not in the file is an error that lists those that are."""
    error = fault(table(tmp_path / f"a.{ending}"), {"text": "つぶやき", "author": "名前"})
    assert (error["reason"], error["name"]) == ("unknown_column", "名前")
    assert set(HEADING) <= set(error["columns"])


def test_field_that_is_not_there(tmp_path: Path) -> None:
    """A field that posts do not have is an error that lists those that they do."""
    error = fault(table(tmp_path / "a.csv"), {"txt": "つぶやき"})
    assert (error["reason"], error["nearest"], error["known"]) == ("unknown_field", "text", list(NAMES))


def test_other_source(tmp_path: Path) -> None:
    """Named columns and a source that reads something else do not go together."""
    assert fault(table(tmp_path / "a.csv"), COLUMNS, source="bluesky")["reason"] == "map_needs_generic"


def test_width_and_case_of_a_name_do_not_count(tmp_path: Path) -> None:
    """A column is found by its name without the differences that do not count."""
    path = tmp_path / "a.csv"
    path.write_text("ＭＳＧ,id\nやあ,7\n", encoding="utf-8")
    (batch,) = read_batches([str(path)], columns={"text": "msg"})
    assert (batch.text(0), batch.post(0).id) == ("やあ", "7")


def test_column_given_to_one_field_is_no_other(tmp_path: Path) -> None:
    """A column named for one field no longer stands for the field that its name says."""
    path = tmp_path / "a.csv"
    path.write_text("text,user,body\nkuro,u1,やあ\n", encoding="utf-8")
    (batch,) = read_batches([str(path)], columns={"author_id": "text"})
    post = batch.post(0)
    assert (batch.text(0), post.text, post.author_id, post.author) == ("やあ", "やあ", "kuro", "u1")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["msg", "text", "post", "data", "x"]), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["msg", "text", "post", "data", "x"]), values, max_size=4), st.sampled_from([{"text": "msg"}, {"author": "text"}]))
def test_scanner_and_parser_agree(tmp_path_factory: pytest.TempPathFactory, value: dict[str, Any], columns: dict[str, str]) -> None:
    """Whatever the value is, the compiled scanner and the source find the same texts."""
    path = tmp_path_factory.mktemp("m") / "a.jsonl"
    path.write_text(json.dumps({"msg": "x", "text": "y"}) + "\n" + json.dumps(value) + "\n", encoding="utf-8")
    read = sorted(batch.text(i) for batch in read_batches([str(path)], columns=columns) for i in range(len(batch)))
    wanted = []
    for one in ({"msg": "x", "text": "y"}, value):
        try:
            wanted += [found.text for found in mapped(columns).posts(one, Place("a", 1)) if isinstance(found, Post)]
        except RowError:
            continue
    assert read == sorted(wanted)
