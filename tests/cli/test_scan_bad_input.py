"""`andon scan` on what is missing, broken or unknown."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from cli_samples import RECRUIT, write_posts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

GOOD = [json.dumps({"id": str(i), "text": text}, ensure_ascii=False).encode() for i, text in enumerate(RECRUIT)]


def test_missing_path(run: Callable[..., Result], tmp_path: Path) -> None:
    """A path that does not exist ends the command with one sentence that names it."""
    result = run("scan", tmp_path / "no.jsonl", "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip() == f"{tmp_path / 'no.jsonl'} does not exist. Check the path."


def test_unknown_source_names_the_nearest(run: Callable[..., Result], posts: Path) -> None:
    """A misspelt source is answered with the nearest name and the list of all."""
    result = run("scan", posts, "--source", "blusky", "--lang", "en")
    assert result.exit_code == 2
    assert "Did you mean bluesky?" in result.stderr
    assert "generic" in result.stderr
    assert "[" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--model", "/nowhere/model.npz"], "/nowhere/model.npz"),
        (["--out", "result.txt"], "result.txt"),
        (["--resume"], "--out"),
        (["--out", "/nowhere/out.jsonl"], "/nowhere/out.jsonl"),
        (["--rejects", "/nowhere/bad.jsonl"], "/nowhere/bad.jsonl"),
        (["--top", "0"], "--top"),
        (["--level", "extreme"], "--level"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_unusable_options(run: Callable[..., Result], posts: Path, arguments: list[str], words: str) -> None:
    """Options that cannot be used end with status 2 and name the culprit, without a traceback."""
    result = run("scan", posts, *arguments, "--lang", "en")
    assert result.exit_code == 2
    assert words in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_broken_rows_are_counted_shown_and_written(run: Callable[..., Result], tmp_path: Path) -> None:
    """Good rows are processed; each bad one is shown as file:row with its reason and written to `--rejects`; the status is 3."""
    path, rejects = tmp_path / "mixed.jsonl", tmp_path / "rejects.jsonl"
    path.write_bytes(b"\n".join([GOOD[0], b'{"id": 1, "te', GOOD[1], b'{"id": "x"}', b'{"id":"y","text":"\xff\xfe"}', b'{"text": 5}', GOOD[2], b""]))
    result = run("scan", path, "--json", "--rejects", rejects, "--lang", "en")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 3
    for line in ("mixed.jsonl:2  not JSON", "mixed.jsonl:4  no text", "mixed.jsonl:5  broken encoding", "mixed.jsonl:6  the text is not a string"):
        assert line in result.stderr
    written = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert sorted((row["row"], row["reason"]) for row in written) == [(2, "json"), (4, "missing_text"), (5, "encoding"), (6, "text_type")]
    assert "4 rows could not be read" in result.stderr


def test_only_the_first_rejects_are_shown(run: Callable[..., Result], tmp_path: Path) -> None:
    """Of many bad rows five are shown and the rest counted, in Japanese too."""
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"\n".join([*GOOD, *[b"{broken"] * 9]))
    result = run("scan", path)
    assert result.exit_code == 3
    assert result.stderr.count("JSON として読めません") == 5
    assert "ほか 4 件" in result.stderr


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.csv"])
def test_empty_file(run: Callable[..., Result], tmp_path: Path, name: str) -> None:
    """A file without content is a reject of its own, and the status says so."""
    (tmp_path / name).write_bytes(b"")
    result = run("scan", tmp_path / name, "--lang", "en")
    assert result.exit_code == 3
    assert f"{name}  the file is empty" in result.stderr


def test_empty_folder(run: Callable[..., Result], tmp_path: Path) -> None:
    """A folder without readable files ends the command."""
    assert run("scan", tmp_path).exit_code == 2


def test_unknown_format_alone(run: Callable[..., Result], tmp_path: Path) -> None:
    """One file in no known format: nothing to do, status 2, a sentence that names the formats."""
    path = tmp_path / "picture.jsonl"
    path.write_bytes(bytes(range(256)) * 20)
    result = run("scan", path, "--lang", "en")
    assert result.exit_code == 2
    assert "no format that andon knows" in result.stderr


def test_unusable_file_among_good_ones(run: Callable[..., Result], tmp_path: Path) -> None:
    """A file that cannot be used does not stop the scan: the others are processed, the status is 3."""
    write_posts(tmp_path / "a.jsonl", RECRUIT[:1])
    (tmp_path / "b.csv").write_text("番号,値\n1,2\n3,4\n", encoding="utf-8")
    write_posts(tmp_path / "c.jsonl", RECRUIT[1:])
    result = run("scan", tmp_path, "--json", "--lang", "en")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 3
    assert "b.csv  no text column" in result.stderr
    assert "has no text column (found: 番号, 値)" in result.stderr


def test_cut_archive(run: Callable[..., Result], tmp_path: Path) -> None:
    """A cut gzip gives what it holds and is counted as a reject."""
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(GOOD * 500), compresslevel=1)[:-200])
    result = run("scan", path, "--json", "--lang", "en")
    assert result.exit_code == 3
    assert result.stdout
    assert "cut off" in result.stderr
