"""The tutorials can be followed: every command of theirs runs on the samples and ends as the page says."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "tutorial"


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    """docs/run_tutorial.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("run_tutorial", ROOT / "docs" / "run_tutorial.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


def test_commands_run(runner: ModuleType, tmp_path: Path) -> None:
    """Every block of commands ends with the status that the page gives, in a folder that holds the samples and what earlier blocks made."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    steps = [step for step in runner.steps((PAGES / runner.TUTORIALS[0]).read_text(encoding="utf-8")) if not step.by_hand]
    assert len(steps) >= 6
    for step in steps:
        status, output = runner.run(step.commands, tmp_path, "en")
        assert status == step.status, f"{step.commands}\n{output}\n(after a change of the samples or the model: docs/run_tutorial.py)"


def test_both_languages_have_the_same_commands(runner: ModuleType) -> None:
    """The Japanese page differs from the English one in its words only; the language it sets is its own."""
    english, japanese = (runner.steps((PAGES / name).read_text(encoding="utf-8")) for name in runner.TUTORIALS)
    assert [step.commands.replace("ANDON_LANG=ja", "ANDON_LANG=en") for step in japanese] == [step.commands for step in english]


def test_outputs_are_there(runner: ModuleType) -> None:
    """Every block that shows an output shows one."""
    for name in runner.TUTORIALS:
        shown = [match["shown"] for match in runner._BLOCK.finditer((PAGES / name).read_text(encoding="utf-8")) if match["between"]]
        assert len(shown) >= 6
        assert all(text.strip() for text in shown)


def test_named_lines_of_an_output(runner: ModuleType) -> None:
    """The shortening keeps the lines that are named and marks each gap once; what is not there is an error."""
    output = "a\nb\nc here\nd\ne\nf\ng (1.5 s, 7,878 posts/s)\n"
    assert runner._shortened(output, "1-1, /here/+1, -1") == "a\n…\nc here\nd\n…\ng (…)\n"
    assert runner._shortened("a\n", None) == "a\n"
    with pytest.raises(StopIteration):
        runner._shortened(output, "/absent/+1")
