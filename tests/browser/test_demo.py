"""The demo sets itself up in one go, says how to get in, and a second time changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import time
from typing import TYPE_CHECKING

import pytest
from running import demo_home

from andon.console.demo_people import PASSWORD, PEOPLE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
COUNTED = ("staff_person", "intake_post", "intake_campaign", "intake_upload", "review_decision")


def counts(home: Path) -> dict[str, int]:
    """Rows of the tables that the demo fills."""
    with sqlite3.connect(home / "andon.sqlite3") as store:
        return {table: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def test_demo_twice(prepared: Path, tmp_path: Path) -> None:
    """People of every role, posts, campaigns and decisions are there; once more, and quicker, and nothing is there twice."""
    home = tmp_path / "home"
    shutil.copytree(prepared, home)
    before = counts(home)
    assert before["staff_person"] == len(PEOPLE)
    assert min(before.values()) >= 8
    begun = time.monotonic()
    said = demo_home(home)
    assert time.monotonic() - begun < 60
    assert counts(home) == before
    assert PASSWORD in said
    assert all(one.username in said for one in PEOPLE)
    assert "http://localhost:" in said
