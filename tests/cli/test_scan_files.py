"""`andon scan` on workbooks, archives and tables with names of their own."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from cli_samples import ORDINARY, RECRUIT, write_posts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def workbook(path: Path, heading: str) -> Path:
    """A workbook with a column of that name."""
    made = openpyxl.Workbook()
    for row in (["募集一覧"], [heading, "氏名"], *([text, f"user{i}"] for i, text in enumerate((*RECRUIT, *ORDINARY)))):
        made.active.append(row)
    made.save(path)
    return path


def test_workbook_with_named_columns(run: Callable[..., Result], tmp_path: Path) -> None:
    """`--map` makes a workbook readable whose columns andon does not know."""
    path = workbook(tmp_path / "list.xlsx", "つぶやき")
    refused = run("scan", path, "--lang", "ja")
    assert refused.exit_code == 2
    assert "つぶやき, 氏名" in refused.stderr
    assert "--map text=" in refused.stderr
    result = run("scan", path, "--map", "text=つぶやき", "--map", "author=氏名", "--json", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert {json.loads(line)["author"] for line in result.stdout.splitlines()} == {"user0", "user1", "user2"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["text"], "FIELD=COLUMN"), (["text="], "FIELD=COLUMN"), (["txt=つぶやき"], "Did you mean text? Known: text, id"), (["text=名前"], "has no column '名前'"),
        (["text=つぶやき", "text=氏名"], "names text twice"),
    ],
)  # fmt: skip
def test_wrong_map(run: Callable[..., Result], tmp_path: Path, given: list[str], words: str) -> None:
    """A mapping that cannot be used is one sentence that says what can."""
    options = [part for one in given for part in ("--map", one)]
    result = run("scan", workbook(tmp_path / "list.xlsx", "つぶやき"), *options, "--lang", "en")
    assert result.exit_code == 2
    assert words in result.stderr or "項目=列名" in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_map_and_another_source(run: Callable[..., Result], posts: Path) -> None:
    """`--map` with a source that is no table is refused before anything is read."""
    result = run("scan", posts, "--map", "text=a", "--source", "x_api", "--lang", "en")
    assert (result.exit_code, "Leave out --source" in result.stderr) == (2, True)


def test_archive(run: Callable[..., Result], tmp_path: Path) -> None:
    """A zip is scanned like a folder; what cannot be read in it is named as archive/member, and the rest goes on."""
    write_posts(tmp_path / "a.jsonl", [*RECRUIT, *ORDINARY])
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as made:
        made.write(tmp_path / "a.jsonl", "証拠/a.jsonl")
        made.writestr("証拠/b.csv", "氏名,年齢\nx,1\ny,2\n")
        made.writestr("証拠/c.jsonl", '{"text": "x"}\n{"text": \n')
    result = run("scan", tmp_path / "case.zip", "--json", "--lang", "en", "--out", tmp_path / "out.jsonl")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 3
    assert "case.zip/証拠/b.csv" in result.stderr
    assert "case.zip/証拠/c.jsonl:2" in result.stderr
    assert "has no text column" in result.stderr


def test_archive_that_cannot_be_read(run: Callable[..., Result], tmp_path: Path) -> None:
    """A broken zip is one sentence."""
    (tmp_path / "a.zip").write_bytes(b"PK\3\4" + b"x" * 100)
    result = run("scan", tmp_path / "a.zip", "--lang", "en")
    assert result.exit_code == 2
    assert f"{tmp_path / 'a.zip'} is damaged and cannot be read as an archive." in result.stderr
