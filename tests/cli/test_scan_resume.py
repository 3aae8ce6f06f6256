"""A scan that is stopped keeps what it wrote, and goes on to the same result."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from cli_samples import ORDINARY, RECRUIT, write_posts

from andon.cli import scan_run
from andon.detection.records.batches import read_batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    from andon.detection.records.batches import PostBatch


def small_batches(*args: Any, **options: Any) -> Iterator[PostBatch]:  # noqa: ANN401 - passed through
    """The reader with small batches."""
    return read_batches(*args, **options, chunk_bytes=1 << 16)


def stop_after(count: int) -> Callable[..., Iterator[PostBatch]]:
    """A reader that is interrupted after `count` batches."""

    def stopped(*args: Any, **options: Any) -> Iterator[PostBatch]:  # noqa: ANN401 - passed through
        for number, batch in enumerate(small_batches(*args, **options)):
            if number == count:
                raise KeyboardInterrupt
            yield batch

    return stopped


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two files with some batches each, a broken row in between."""
    monkeypatch.setattr(scan_run, "read_batches", small_batches)
    folder = tmp_path / "many"
    folder.mkdir()
    texts = [f"{(*RECRUIT, *ORDINARY)[i % 7]} {i}" for i in range(2000)]
    write_posts(folder / "a.jsonl", texts)
    write_posts(folder / "b.jsonl", texts, start=5000)
    with (folder / "a.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    return folder


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("batches", [0, 1, 3, 5])
def test_resumed_equals_uninterrupted(
    run: Callable[..., Result], many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, batches: int
) -> None:
    """The file, the ranking and the rejects of a stopped and resumed scan are those of one that ran through: nothing lost, nothing twice."""
    whole, out = tmp_path / f"whole.{ending}", tmp_path / f"out.{ending}"
    first = run("scan", many, "--out", whole, "--rejects", tmp_path / "whole.rejects", "--json")
    assert first.exit_code == 3
    arguments = ("scan", many, "--out", out, "--rejects", tmp_path / "out.rejects", "--json", "--jobs", 2)
    with monkeypatch.context() as patch:
        patch.setattr(scan_run, "read_batches", stop_after(batches))
        stopped = run(*arguments)
    assert stopped.exit_code == 130
    resumed = run(*arguments, "--resume")
    assert resumed.exit_code == 3
    assert out.read_bytes() == whole.read_bytes()
    assert resumed.stdout == first.stdout
    assert (tmp_path / "out.rejects").read_bytes() == (tmp_path / "whole.rejects").read_bytes()
    assert not list(tmp_path.glob("*andon-*"))


def test_stopped_scan_prints_the_command_to_go_on(
    run: Callable[..., Result], many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that is printed works as it stands, and the part that was written is kept."""
    out = tmp_path / "a name.jsonl"
    monkeypatch.setattr(scan_run, "read_batches", stop_after(3))
    stopped = run("scan", many, "--out", out, "--level", "low", "--jobs", 1, "--lang", "en")
    assert stopped.exit_code == 130
    assert out.read_text(encoding="utf-8").count("\n") > 100
    line = next(line for line in stopped.stderr.splitlines() if "To go on from there:" in line)
    words = shlex.split(line.split("there: ", 1)[1])
    assert words[:3] == ["andon", "scan", "--resume"]
    assert words[-1] == str(many)
    monkeypatch.setattr(scan_run, "read_batches", small_batches)
    resumed = run(*words[1:])
    assert resumed.exit_code == 3
    assert "Going on after post" in resumed.stderr
    ids = [json.loads(one)["id"] for one in out.read_text(encoding="utf-8").splitlines()]
    assert len(ids) == len(set(ids))


def test_stopped_without_out_shows_what_was_found(run: Callable[..., Result], many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `--out` the ranking so far is shown, with the hint how to make scans resumable."""
    monkeypatch.setattr(scan_run, "read_batches", stop_after(3))
    stopped = run("scan", many, "--jobs", 1, "--json", "--lang", "en")
    assert stopped.exit_code == 130
    assert len(stopped.stdout.splitlines()) == 20
    assert "--out FILE" in stopped.stderr


def test_resume_refuses_what_does_not_belong(run: Callable[..., Result], many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--resume` needs a record, of the same inputs and options; a new scan to the same file forgets the record of the old one."""
    out = tmp_path / "out.jsonl"
    assert run("scan", many, "--out", out, "--resume").exit_code == 2
    monkeypatch.setattr(scan_run, "read_batches", stop_after(3))
    run("scan", many, "--out", out)
    for other in (("scan", many / "a.jsonl", "--out", out), ("scan", many, "--out", out, "--level", "low")):
        refused = run(*other, "--resume", "--lang", "en")
        assert refused.exit_code == 2
        assert "belongs to other inputs" in refused.stderr
    with (many / "b.jsonl").open("ab") as file:
        file.write(b"\n")
    assert run("scan", many, "--out", out, "--resume").exit_code == 2  # the input has changed
    monkeypatch.setattr(scan_run, "read_batches", stop_after(0))
    assert run("scan", many, "--out", out).exit_code == 130
    monkeypatch.setattr(scan_run, "read_batches", small_batches)
    resumed = run("scan", many, "--out", out, "--resume", "--lang", "en")
    assert "Going on after post 0." in resumed.stderr
    assert "4,000 posts screened" in resumed.stderr
