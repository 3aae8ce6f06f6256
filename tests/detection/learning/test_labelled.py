"""Labelled rows, and what is said of a row that is none."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
import zstandard

from andon.detection.learning.labelled import Labelled, read_all, read_labelled
from andon.domain.errors import LabelError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"text": "受け子募集", "label": "recruit", "kind": "fraud_pickup", "family": "a"}


def written(path: Path, *rows: object) -> Path:
    """A file of rows; strings stand as they are."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows(tmp_path: Path) -> None:
    """Text, label, kind and family are read; a row without a family is a family of its own; empty lines are skipped."""
    path = written(tmp_path / "r.jsonl", GOOD, "", {"text": "晴れ", "label": "benign"}, {"text": "雨", "label": "benign", "extra": 1})
    assert list(read_labelled(path)) == [
        Labelled("受け子募集", recruit=True, kind="fraud_pickup", family="a"), Labelled("晴れ", recruit=False, kind="", family="r.jsonl:3"), Labelled("雨", recruit=False, kind="", family="r.jsonl:4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "json"), ("text,label", "json"), ("[]", "missing_text"), ("5", "missing_text"), ({"label": "benign"}, "missing_text"), ({"text": 5, "label": "benign"}, "missing_text"),
        ({"text": "a"}, "label"), ({"text": "a", "label": "spam"}, "label"), ({"text": "a", "label": None}, "label"), ({"text": "a", "label": True}, "label"),
    ],
)  # fmt: skip
def test_wrong_row(tmp_path: Path, row: object, reason: str) -> None:
    """A row that is wrong is named by file and line, and by what is wrong with it."""
    with pytest.raises(LabelError) as caught:
        list(read_labelled(written(tmp_path / "r.jsonl", GOOD, GOOD, row)))
    assert caught.value.data == {"path": "r.jsonl", "line": 3, "reason": reason}


def test_unhashable_label(tmp_path: Path) -> None:
    """A label that is a list is a wrong label, no crash."""
    with pytest.raises(LabelError):
        list(read_labelled(written(tmp_path / "r.jsonl", {"text": "a", "label": ["benign"]})))


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_compressed(tmp_path: Path, ending: str) -> None:
    """Files packed with gzip and Zstandard are read the same."""
    data = written(tmp_path / "r.jsonl", GOOD).read_bytes()
    path = tmp_path / f"r.jsonl.{ending}"
    path.write_bytes(gzip.compress(data) if ending == "gz" else zstandard.compress(data))
    assert list(read_labelled(path)) == [Labelled("受け子募集", recruit=True, kind="fraud_pickup", family="a")]


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_cut_off_archive(tmp_path: Path, ending: str) -> None:
    """A packed file that is cut off or no archive is a `LabelError`."""
    data = written(tmp_path / "r.jsonl", *({"text": f"{k * 7919}受け子", "label": "recruit"} for k in range(500))).read_bytes()
    path = tmp_path / f"r.jsonl.{ending}"
    packed = gzip.compress(data) if ending == "gz" else zstandard.compress(data)
    for content in (packed[: len(packed) // 2], b"no archive"):
        path.write_bytes(content)
        with pytest.raises(LabelError):
            list(read_labelled(path))


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is a `LabelError` that names it."""
    with pytest.raises(LabelError) as caught:
        list(read_labelled(tmp_path / "none.jsonl"))
    assert caught.value.data["path"] == str(tmp_path / "none.jsonl")


@pytest.mark.parametrize("label", ["recruit", "benign"])
def test_both_labels_are_needed(tmp_path: Path, label: str) -> None:
    """Rows of one label only cannot be learned from."""
    other = {"recruit": "no_benign", "benign": "no_recruit"}[label]
    with pytest.raises(LabelError) as caught:
        read_all([written(tmp_path / "r.jsonl", {"text": "a", "label": label})])
    assert caught.value.data["reason"] == other
