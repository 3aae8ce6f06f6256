"""Pages of the frame in a real browser: Django's answers and the static files behind a server of their own, so that no database is shared."""

from __future__ import annotations

import mimetypes
import os
import shutil
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory

from andon.console.frame.templatetags import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse

    from andon.console.staff.models import Person

KEPT = ("Content-Type", "Content-Security-Policy", "Content-Language")


@pytest.fixture(autouse=True)
def plain_addresses() -> None:
    """Addresses of static files as this test's settings give them, not as an earlier test's did."""
    desk._asset.cache_clear()
    desk._icon.cache_clear()
    desk._state.cache_clear()


@dataclass
class Site:
    """What the server answers: by path a status, headers and a body; it remembers what was posted."""

    address: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    posted: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def put(self, path: str, body: str | HttpResponse, status: int = 200, **headers: str) -> str:
        """Answer `path` with a text or with Django's answer; returns the whole address."""
        if isinstance(body, str):
            sent = {"Content-Type": "text/html; charset=utf-8"} | {name.replace("_", "-"): value for name, value in headers.items()}
            self.answers[path] = (status, sent, body.encode())
        else:
            self.answers[path] = (body.status_code, {name: body.headers[name] for name in KEPT if name in body.headers}, body.content)
        return self.address + path


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/"))
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                self._send(*((200, {"Content-Type": kind}, Path(found).read_bytes()) if found else (404, {}, b"")))
            else:
                self._send(*site.answers.get(path, (404, {}, b"")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            site.posted.append((self.path, dict(self.headers.items()), body))
            self._send(*site.answers.get("POST " + self.path, (404, {}, b"")))

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on a port of its own."""
    one = Site("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(one))
    one.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; without one the tests are skipped, and say so."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here: the pages were not looked at in a browser")
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop open in this thread; Django's own work here is not async
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open an address: `look(url, width=390, theme="dark")`; `page.complaints` collects what the console and the policy complain of."""
    contexts = []

    def go(url: str, *, width: int = 1440, theme: str = "light", language: str = "ja") -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, locale="ja-JP" if language == "ja" else "en-GB", timezone_id="Asia/Tokyo"
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(url)
        page.wait_for_function("window.htmx !== undefined")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def drawn(sora: Person) -> Callable[..., str]:
    """A page of the frame around a piece of template: `drawn('<h1>…</h1>')`, as a supervisor sees it."""

    def draw(main: str = "<h1>頁</h1>", scripts: str = "", user: Any = None) -> str:
        request = RequestFactory().get("/somewhere/")
        request.user = user or sora
        source = f'{{% extends "frame/page.html" %}}{{% load static %}}{{% block main %}}{main}{{% endblock %}}{{% block scripts %}}{scripts}{{% endblock %}}'
        return engines["django"].from_string(source).render({}, request)

    return draw
