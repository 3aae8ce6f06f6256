"""The reference pages are what the code says today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKER, PAGES = ROOT / "docs" / "make_reference.py", ROOT / "docs" / "reference"
NAMES = ("chats.md", "commands.md", "rules.md", "signals.md", "sources.md", "undercover-states.md")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages made anew, in a process of their own: help is in the language in which the commands were first loaded."""
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_page_is_up_to_date(made: Path, name: str) -> None:
    """A page equals what docs/make_reference.py makes of the code; when it does not, `make reference` writes it."""
    assert (PAGES / name).read_text(encoding="utf-8") == (made / name).read_text(encoding="utf-8"), "run `make reference`"


def test_no_other_pages(made: Path) -> None:
    """Every page of the reference is made, none is written by hand."""
    assert {path.name for path in PAGES.iterdir()} == {path.name for path in made.iterdir()} == set(NAMES)
