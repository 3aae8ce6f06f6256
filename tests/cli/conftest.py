"""A tiny model, a few posts, and the command line to try them with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from andon.cli.main import main

from cli_samples import ORDINARY, RECRUIT, tiny_model, write_posts  # isort: skip

if TYPE_CHECKING:
    from collections.abc import Callable

@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a file."""
    path = tmp_path_factory.mktemp("model") / "tiny.npz"
    tiny_model().save(path)
    return path


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same language and width wherever the tests run."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    for name in ("ANDON_LANG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(model: Path) -> Callable[..., Result]:
    """Runs `andon` with arguments; commands that take a model get the tiny one."""

    def call(*args: object, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
        words = [str(arg) for arg in args]
        if words[0] in {"scan", "explain", "evaluate"} and "--model" not in words:
            words += ["--model", str(model)] if "--" not in words else []
        return CliRunner().invoke(main, words, input=stdin, env=env)

    return call


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A small file of posts: three recruit."""
    return write_posts(tmp_path / "posts.jsonl", [ORDINARY[0], RECRUIT[0], ORDINARY[1], RECRUIT[1], RECRUIT[2], *ORDINARY[2:]])
