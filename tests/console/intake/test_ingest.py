"""`andon ingest`: the same way into the store, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from andon.cli.ingest import ingest
from andon.console import start
from andon.console.audit.models import Entry
from andon.console.intake.models import Post, Upload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
LURE = "深夜に車を出せる人いますか。難波で待機して、合図があったら人を乗せて走るだけ、{}万円"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, aoi: Person) -> Callable[..., Result]:
    """Run the command; Django and the tables are there already."""
    monkeypatch.setattr(start, "setup", lambda: None)
    monkeypatch.setattr(start, "migrate", lambda: None)

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(ingest, [str(one) for one in (*arguments, "--lang", "ja")])

    return call


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Three posts, two of which recruit."""
    file = tmp_path / "posts.jsonl"
    rows: list[dict[str, Any]] = [{"id": str(n), "text": LURE.format(n)} for n in (1, 2)]
    rows.append({"id": "3", "text": "今日はパン屋でカレーパンを買いました"})
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def test_flagged_posts_are_stored(run: Callable[..., Result], posts: Path, aoi: Person) -> None:
    """The file stays where it lies; what is flagged is stored for the only person who may, by a command."""
    result = run(posts)
    assert result.exit_code == 0, result.output
    assert "投稿 3 件" in result.output
    assert (Post.objects.count(), Upload.objects.get().file, Upload.objects.get().state) == (2, "", "done")
    assert posts.is_file()
    entry = Entry.objects.filter(event="intake.stored").latest("number")
    assert (entry.person, entry.via) == (aoi.pk, "command")


def test_again_says_so_and_changes_nothing(run: Callable[..., Result], posts: Path) -> None:
    """The same content is known, whatever it is called."""
    run(posts)
    other = posts.rename(posts.with_name("renamed.jsonl"))
    result = run(other)
    assert result.exit_code == 0
    assert "同じ内容は取り込み済み" in result.output
    assert (Post.objects.count(), Upload.objects.count()) == (2, 1)


def test_unreadable_rows_are_code_3(run: Callable[..., Result], posts: Path) -> None:
    """As `andon scan` does; it is said where they are."""
    posts.write_text(posts.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    result = run(posts)
    assert result.exit_code == 3
    assert ".jsonl" in result.output.split("読めない行は")[1]


def test_a_file_that_is_none_is_code_2(run: Callable[..., Result], tmp_path: Path) -> None:
    """Nothing readable at all."""
    bad = tmp_path / "bad.bin"
    bad.write_bytes(b"\x00\x01\x02" * 100)
    assert run(bad).exit_code == 2
    assert run(tmp_path / "missing.jsonl").exit_code == 2
    assert run("-").exit_code == 2


def test_who_must_be_clear(run: Callable[..., Result], posts: Path, jun: Person) -> None:
    """With two people who may, one has to be named; a name that nobody has is refused."""
    assert run(posts).exit_code == 2
    assert run(posts, "--by", "nobody").exit_code == 2
    assert run(posts, "--by", "JUN").exit_code == 0
    assert Upload.objects.get().by == jun


def test_who_may_not_is_refused(run: Callable[..., Result], posts: Path, kei: Person) -> None:
    """An auditor takes nothing in, by command either."""
    assert run(posts, "--by", "kei").exit_code == 2
    assert not Upload.objects.exists()


def test_columns_and_level_are_kept(run: Callable[..., Result], tmp_path: Path) -> None:
    """`--map` and `--level` are of the upload, so that a scan that goes on reads the same way."""
    table = tmp_path / "list.csv"
    table.write_text("番号,なかみ\n1," + LURE.format(5) + "\n", encoding="utf-8")
    assert run(table, "--map", "text=なかみ", "--level", "low").exit_code == 0
    upload = Upload.objects.get()
    assert (upload.columns, upload.level, upload.stored) == ({"text": "なかみ"}, "low", 1)


def test_an_interrupted_scan_can_go_on(run: Callable[..., Result], posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with its code, is not shown as running, and the same command goes on."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("andon.console.intake.scan.store_batch", stopped)
        assert run(posts).exit_code == 130
    assert Upload.objects.get().state == "cancelled"
    assert run(posts).exit_code == 0
    assert (Upload.objects.get().state, Post.objects.count()) == ("done", 2)
