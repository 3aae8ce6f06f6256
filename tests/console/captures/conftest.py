"""A page to be captured, a time-stamping authority of this machine, and people who capture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from andon.console.captures import store
from andon.console.outside import pace, robots

sys.path[:0] = [str(Path(__file__).parents[1] / "outside"), str(Path(__file__).parent)]
from stamp_server import OPENSSL, Authority
from web_server import Web, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.console.captures.models import Archive

@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long."""
    pace.forget()
    robots.forget()
    monkeypatch.setattr(pace, "SPACING", 0.0)


@pytest.fixture
def web(settings: Any) -> Iterator[Web]:
    """A server that may be reached."""
    with serving() as one:
        settings.MAY_REACH = (*settings.MAY_REACH, one.reach())
        yield one


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a browser."""
    monkeypatch.setattr("andon.console.outside.browser._program", lambda: "")


@pytest.fixture
def authority(web: Web, settings: Any, tmp_path: Path) -> Authority:
    """Set as the installation's. Skipped where there is no OpenSSL."""
    if OPENSSL is None:
        pytest.skip("no openssl on this machine: time stamps are not tested")
    one = Authority(tmp_path / "authority", "Stamps of the tests")
    settings.STAMP_URL, settings.STAMP_ROOTS = one.serve(web), str(one.roots)
    return one


@pytest.fixture
def file_of() -> Callable[[Archive], Path]:
    """Where an archive lies."""
    return lambda archive: store.path_of(archive.key, store.ARCHIVE)
