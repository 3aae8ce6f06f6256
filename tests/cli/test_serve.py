"""`andon serve` says in one sentence why it does not start."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from andon.cli.main import main
from andon.console import serving
from andon.domain.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def test_taken_port_is_said(taken: int) -> None:
    """Before anything is prepared, with the way out."""
    result = CliRunner().invoke(main, ["serve", "--port", str(taken)])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert str(taken) in result.stderr
    assert "--port" in result.stderr


def test_missing_desk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """andon without its extra tells what to install."""
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "django" else found(name, *more))
    result = CliRunner().invoke(main, ["serve", "--lang", "en"])
    assert result.exit_code == 2
    assert "andon[console]" in result.stderr


def test_nobody_to_sign_in_is_said(tmp_path: Path) -> None:
    """A new home has no people: the command names the one that adds them. Nothing is left running."""
    environment = {"ANDON_HOME": str(tmp_path / "home"), "ANDON_LANG": "ja", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    words = [sys.executable, "-c", "from andon.cli.main import main; main()", "serve", "--port", "0"]
    assert subprocess.run(words, env=environment, capture_output=True, check=False, timeout=60).returncode == 2
    words[-1] = str(_free())
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert "andon people add" in done.stderr
    assert (tmp_path / "home" / "secret-key").stat().st_mode & 0o077 == 0


def test_first_free_port_is_found(taken: int) -> None:
    """The demo takes the next one rather than none."""
    assert serving.first_free(serving.Place("127.0.0.1", taken)).port > taken
    with pytest.raises(SettingError):
        serving.first_free(serving.Place("127.0.0.1", taken), tries=1)


def test_home_is_served_once(tmp_path: Path) -> None:
    """A second server of the same home would take up the first one's work: it is refused while the first is there."""
    with serving.only_here(tmp_path), pytest.raises(SettingError, match="home_served"), serving.only_here(tmp_path):
        pass
    with serving.only_here(tmp_path):
        pass


def test_worker_is_started_anew_and_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A worker that dies comes back; none before pages are answered; at the end none is left."""
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(_words: list[str], **options: Any) -> subprocess.Popen[bytes]:
        code = "import sys; sys.stdin.read()" if started else "raise SystemExit(1)"  # the first dies at once
        started.append(real([sys.executable, "-c", code], **options))
        return started[-1]

    monkeypatch.setattr(serving.subprocess, "Popen", popen)
    go = serving.threading.Event()
    with serving._background_worker(go):
        serving.time.sleep(0.2)
        assert started == []
        go.set()
        for _ in range(200):
            if len(started) > 1:
                break
            serving.time.sleep(0.05)
    assert len(started) == 2
    assert all(one.poll() is not None for one in started)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
