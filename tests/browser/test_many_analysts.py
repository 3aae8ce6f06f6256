"""Fifty analysts decide at the same time on a running desk: nothing is lost, nothing is said twice."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from analysts import Stored, check_store, decide_together, signed_in
from running import ANDON, ROOT, environment

if TYPE_CHECKING:
    from running import Desk

pytestmark = pytest.mark.browser
MANY, SECONDS = 50, 6.0


def test_fifty_analysts_lose_and_double_nothing(desk: Desk) -> None:
    """Every confirmed decision is stored once with its entry; no campaign has two that stand; nobody got a server error; the trail holds."""
    said = decide_together(signed_in(desk, MANY), SECONDS)
    assert [one.failure for one in said if one.failure] == []
    assert {status for one in said for status in one.statuses} <= {200, 409}
    assert sum(len(one.accepted) for one in said) >= MANY
    assert check_store(desk.home / "andon.sqlite3", said) == Stored([], [], [], [], [])
    verified = subprocess.run([*ANDON, "audit", "verify"], cwd=ROOT, env=environment(desk.home), capture_output=True, text=True, check=False, timeout=120)
    assert verified.returncode == 0, verified.stdout + verified.stderr
