"""`andon scan`: options, outputs, the table, both languages."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from cli_samples import ORDINARY, RECRUIT, write_posts

from andon.cli import scan_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

KEYS = ["id", "source", "url", "author", "created_at", "text", "score", "level", "kinds", "reasons", "contacts", "pay", "missing_items"]


def records(text: str) -> list[dict[str, object]]:
    """JSON lines as objects."""
    return [json.loads(line) for line in text.splitlines()]


def test_json_is_ranked_records_and_nothing_else(run: Callable[..., Result], posts: Path) -> None:
    """Standard output holds one record per flagged post, best first, with the keys of the issue."""
    result = run("scan", posts, "--json")
    found = records(result.stdout)
    assert result.exit_code == 0
    assert [list(one) for one in found] == [KEYS] * 3
    assert {one["text"] for one in found} == set(RECRUIT)
    scores = [one["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found:
        assert all(one["text"][reason["start"] : reason["end"]] == reason["text"] for reason in one["reasons"])
        assert [*one["reasons"][0]] == ["signal", "weight", "start", "end", "text"]


def test_top_keeps_the_best(run: Callable[..., Result], posts: Path) -> None:
    """`--top N` shows the first N of the ranking, the summary counts all."""
    ranking = records(run("scan", posts, "--json").stdout)
    result = run("scan", posts, "--json", "--top", 1, "--lang", "en")
    assert records(result.stdout) == ranking[:1]
    assert "Flagged: 3" in result.stderr


def test_best_prefers_the_earlier_of_equals() -> None:
    """Among equal scores those that came first are kept, in their order."""
    best = scan_run.Best(2)
    best.add([{"score": 0.5, "id": "a"}, {"score": 0.5, "id": "b"}, {"score": 0.5, "id": "c"}])
    best.add([{"score": 0.9, "id": "d"}])
    assert [one["id"] for one in best.ranked()] == ["d", "a"]


def test_level_is_the_lowest_reported(run: Callable[..., Result], tmp_path: Path) -> None:
    """A post at level low is counted but reported only when asked for."""
    path = write_posts(tmp_path / "low.jsonl", ["闇バイト", *RECRUIT])
    levels = {level: [one["level"] for one in records(run("scan", path, "--json", "--level", level).stdout)] for level in ("high", "medium", "low")}
    assert set(levels["high"]) == {"high"}
    assert set(levels["medium"]) <= {"high", "medium"}
    assert len(levels["low"]) > len(levels["medium"])
    assert "--level low" in run("scan", path, "--json", "--level", "medium").stderr
    assert len(records(run("scan", path, "--json").stdout)) == len(levels["medium"])


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_out_holds_all_flagged_posts(run: Callable[..., Result], posts: Path, tmp_path: Path, ending: str) -> None:
    """`--out` writes every flagged post in the order of the input, whatever `--top` says, and leaves nothing else behind."""
    out = tmp_path / f"out.{ending}"
    result = run("scan", posts, "--out", out, "--top", 1)
    assert result.exit_code == 0, result.stderr
    content = out.read_bytes()
    if ending == "parquet":
        rows = pq.read_table(out).to_pylist()
    else:
        rows = records(content.decode()) if ending == "jsonl" else list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == list(RECRUIT)
    assert list(rows[0]) == KEYS
    assert {path.name for path in tmp_path.iterdir()} == {out.name, posts.name}
    assert str(out) in result.stderr


def test_table_marks_reasons_without_colour(run: Callable[..., Result], posts: Path) -> None:
    """Where there is no colour, the spans of reasons stand between marks, beside kinds, level, contact and missing items."""
    result = run("scan", posts, "--lang", "en")
    for part in ("⟦", "Top 3 of 3", "high", "kuro_job1", "Missing of the six", "Kind: ", "+1.0", "People decide"):
        assert part in result.stdout
    assert "\x1b[" not in result.stdout


def test_table_colours_reasons(run: Callable[..., Result], posts: Path) -> None:
    """On a terminal the spans of reasons are bold and coloured, and carry no marks."""
    result = run("scan", posts, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert "\x1b[1;31m" in result.stdout
    assert "⟦" not in result.stdout


def test_posts_cannot_steer_the_terminal(run: Callable[..., Result], tmp_path: Path) -> None:
    """Control characters and rich markup of a post are shown, never obeyed."""
    path = write_posts(tmp_path / "evil.jsonl", [f"\x1b[2J[red]{RECRUIT[0]}\u202e\r"])
    result = run("scan", path)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "␛[2J[red]" in result.stdout


def test_languages(run: Callable[..., Result], posts: Path) -> None:
    """`--lang` wins over ANDON_LANG, which wins over LANG; Japanese is the default."""
    assert "順位" in run("scan", posts).stdout
    assert "順位" in run("scan", posts, env={"LANG": "C.UTF-8"}).stdout
    assert "順位" not in run("scan", posts, env={"LANG": "en_US.UTF-8"}).stdout
    assert "順位" in run("scan", posts, env={"LANG": "en_US.UTF-8", "ANDON_LANG": "ja"}).stdout
    assert "posts screened" in run("scan", posts, "--lang", "en", env={"ANDON_LANG": "ja"}).stderr


def test_standard_input_folder_pattern_and_packed(run: Callable[..., Result], posts: Path, tmp_path: Path) -> None:
    """Posts come from `-`, a folder, a pattern and a packed file alike."""
    expected = run("scan", posts, "--json").stdout
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "posts.jsonl.gz").write_bytes(gzip.compress(posts.read_bytes()))
    assert run("scan", "-", "--json", stdin=posts.read_bytes()).stdout == expected
    assert run("scan", folder, "--json").stdout == expected
    assert run("scan", folder / "*.gz", "--json", "--jobs", 2).stdout == expected


def test_named_source(run: Callable[..., Result], posts: Path) -> None:
    """`--source generic` reads what auto recognises as generic."""
    assert run("scan", posts, "--json", "--source", "generic").stdout == run("scan", posts, "--json").stdout


def test_nothing_found_is_said(run: Callable[..., Result], tmp_path: Path) -> None:
    """A scan without a hit is fine, shows no table, and says that this proves nothing."""
    result = run("scan", write_posts(tmp_path / "calm.jsonl", ORDINARY[:3]), "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "does not prove" in result.stderr


def test_own_files_in_the_folder_are_no_input(run: Callable[..., Result], posts: Path) -> None:
    """A second scan of a folder does not read what the first one wrote into it."""
    out, rejects = posts.parent / "out.jsonl", posts.parent / "rejects.jsonl"
    first = run("scan", posts.parent, "--out", out, "--rejects", rejects, "--json")
    again = run("scan", posts.parent, "--out", out, "--rejects", rejects, "--json")
    assert again.stdout == first.stdout
    assert again.exit_code == 0


def test_output_never_overwrites_an_input(run: Callable[..., Result], posts: Path) -> None:
    """An input that is named as output is refused and stays as it is."""
    before = posts.read_bytes()
    for option in ("--out", "--rejects"):
        result = run("scan", posts, option, posts, "--lang", "en")
        assert result.exit_code == 2
        assert "among the inputs" in result.stderr
    assert posts.read_bytes() == before


def test_first_run_says_that_it_compiles(run: Callable[..., Result], posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without compiled kernels on disk the command says on stderr what takes so long."""
    monkeypatch.setattr("andon.cli.options.kernels_cached", lambda: False)
    result = run("scan", posts, "--json", "--lang", "en")
    assert "First run only" in result.stderr
    assert len(records(result.stdout)) == 3
