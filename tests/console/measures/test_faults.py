"""A worker that is killed at any step sends nothing twice and forgets nothing; nor do several at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STEPS = ("nowhere", "taking", "taken", "before delivery", "delivered", "answered", "writing down", "written down")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script of killed workers saw."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANDON_", "DJANGO_"))}
    script = Path(__file__).parent / "killed_workers.py"
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path_factory.mktemp("killed"))], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("step", STEPS)
def test_where_the_other_side_can_be_asked(step: str, killed: dict[str, Any]) -> None:
    """Whatever the step, it arrives exactly once, and the row says so in the end."""
    _, _, was_killed, _, ends, received, _ = next(row for row in killed["results"] if row[:2] == ["asks", step])
    assert was_killed == (step != "nowhere"), "the worker really died there"
    assert (ends, received) == ("sent", 1)


@pytest.mark.parametrize("step", STEPS)
def test_where_nobody_can_tell(step: str, killed: dict[str, Any]) -> None:
    """It arrives at most once, and wherever it may or may not have arrived a person is asked."""
    _, _, _, middle, ends, received, _ = next(row for row in killed["results"] if row[:2] == ["silent", step])
    assert received <= 1
    assert ends == ("unsure" if middle == "sending" else "sent")
    assert ends == "unsure" or received == 1


def test_each_step_was_where_it_says(killed: dict[str, Any]) -> None:
    """The rows as the dead workers left them: still waiting, in the middle, or done."""
    left = {step: middle for channel, step, _, middle, *_ in killed["results"] if channel == "asks"}
    assert left == {
        "nowhere": "sent", "taking": "waiting", "taken": "sending", "before delivery": "sending", "delivered": "sending", "answered": "sending",
        "writing down": "sending", "written down": "sent",
    }  # fmt: skip


def test_several_workers_at_once(killed: dict[str, Any]) -> None:
    """Sixty letters, four workers: each letter once."""
    assert killed["many"] == [1] * 60
    assert killed["states"] == ["sent"]
