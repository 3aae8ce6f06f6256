"""Starting a real desk for a test, and asking it things without a browser."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
ANDON = [sys.executable, "-c", "from andon.cli.main import main; main()"]
PATIENCE = 240
ANSWER_MS = 60_000  # a page that has not come by then will not; a time says nothing here, two processes share two cores with two browsers


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a demo desk in `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANDON_", "DJANGO_"))}
    return kept | {"ANDON_HOME": str(home), "ANDON_DEMO": "1", "ANDON_LANG": "ja", "PYTHONUTF8": "1"} | more


def demo_home(home: Path) -> str:
    """Set the demo up in `home` without serving it; what it printed."""
    done = subprocess.run(
        [*ANDON, "serve", "--demo", str(ROOT / "samples" / "posts")], cwd=ROOT, env=environment(home, ANDON_DEMO_ONCE="1"), check=False,
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Desk:
    """A running desk."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    password: str

    @property
    def address(self) -> str:
        """Of its first page."""
        return f"http://localhost:{self.port}/"

    @classmethod
    @contextmanager
    def started(cls, home: Path, port: int, *arguments: str, **more: str) -> Iterator[Desk]:
        """Serve `home` until the end of the block; it must end by itself when it is told to, with status 0."""
        from andon.console.demo_people import PASSWORD

        command = [*ANDON, "serve", "--port", str(port), *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment(home, **more), stdout=subprocess.PIPE, text=True, start_new_session=True)
        try:
            _wait_for_line(process)
            yield cls(home, port, process, PASSWORD)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        assert process.returncode == 0


def _wait_for_line(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if select.select([process.stdout], [], [], 0.5)[0] and "http://" in process.stdout.readline():
            return
    raise AssertionError("the desk did not start")


class Visitor:
    """A person without a browser: one kept connection, cookies, the CSRF token of the pages."""

    def __init__(self, desk: Desk) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.desk = desk

    def sign_in(self, username: str) -> Visitor:
        """Through the form, as anybody."""
        self.get("/account/login/")
        status, _, _ = self.post("/account/login/", login=username, password=self.desk.password)
        assert status == 302, (username, status)
        return self

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, /, **fields: str) -> tuple[int, str, dict[str, str]]:
        """Send a form, as HTMX does."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies.get("csrftoken", ""), "HX-Request": "true"}
        return self._ask("POST", path, urlencode(fields), headers if path != "/account/login/" else headers | {"HX-Request": ""})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        sent = {"Host": f"localhost:{self.desk.port}", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        self.connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = re.match(r"([^=]+)=([^;]*)", value)
                assert pair
                self.cookies[pair[1]] = pair[2].strip('"')
        return answer.status, text, {name.lower(): value for name, value in answer.getheaders()}
