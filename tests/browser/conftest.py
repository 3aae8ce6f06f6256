"""A real desk (`andon serve` as a process, on demo data) and a real browser. What the page logs as an error, or the content policy blocks, fails a test."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from running import ANSWER_MS, ROOT, Desk, demo_home, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _try_to_install() -> None:
    """As root on a Debian: the browser and a Japanese font."""
    if os.geteuid() or not shutil.which("apt-get"):
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
        subprocess.run(["apt-get", "-qq", *words], env=quiet, check=False, timeout=600, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is. Without one the test is skipped, visibly; on a build server (CI=true) it fails."""
    if not _installed():
        _try_to_install()
    path = _installed()
    if path is None:
        reason = "no Chromium here (apt-get install chromium fonts-noto-cjk)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with demo data, made once for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "andon-demo"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            demo_home(folder / "home")
            (folder / "done").touch()
    return folder / "home"


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk running on a copy of the demo data; it must stop cleanly."""
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(prepared, home)
    with Desk.started(home, free_port()) as running:
        yield running


@pytest.fixture
def open_context(browser: Browser, desk: Desk) -> Iterator[Callable[..., BrowserContext]]:
    """Make windows of a person of their own; errors that their pages report fail the test at its end."""
    made: list[BrowserContext] = []
    problems: list[str] = []

    def make(**options: object) -> BrowserContext:
        settings = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": {"width": 1440, "height": 1000}, "base_url": desk.address, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(ANSWER_MS)
        context.on("page", lambda page: _listen(page, problems))
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert problems == []


def _listen(page: Page, problems: list[str]) -> None:
    """Errors and blocked content of a page: Chromium reports what the content policy blocks as a console error."""
    page.on("console", lambda message: problems.append(f"{page.url}: {message.text}") if message.type == "error" and not _expected(message.text) else None)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))


def _expected(text: str) -> bool:
    """An answer that says no is part of some tests: the browser logs each one."""
    return text.startswith("Failed to load resource") and any(f"status of {status}" in text for status in (403, 404, 409, 422, 429))


@pytest.fixture
def sign_in(open_context: Callable[..., BrowserContext], desk: Desk) -> Callable[..., Page]:
    """The first page of a person who has signed in: `sign_in("aoi")` is one."""

    def through(username: str, **options: object) -> Page:
        page = open_context(**options).new_page()
        page.goto("/account/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", desk.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(desk.address)
        return page

    return through


__all__ = ["ROOT", "signal"]
