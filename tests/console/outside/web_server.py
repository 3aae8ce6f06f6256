"""A web server on this machine that answers as a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    """One request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Web:
    """Pages by path: a reply, or a function that gets the request's handler and answers by itself. What is not there is 404."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, Reply | Callable[[Any], None]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Of a page."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def reach(self, host: str = "127.0.0.1") -> str:
        """As MAY_REACH names it."""
        return f"{host}:{self.port}"

    def page(self, path: str, text: str | bytes, *, status: int = 200, **headers: str) -> None:
        """Put a page there."""
        body = text.encode() if isinstance(text, str) else text
        named = {"Content-Type": "text/html; charset=utf-8"} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, body)

    def redirect(self, path: str, location: str, status: int = 302) -> None:
        """Send on."""
        self.pages[path] = (status, {"Location": location}, b"")

    def paths(self) -> list[str]:
        """What was asked, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]


@contextmanager
def serving(trust: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server in a thread, until the block ends."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            web.asked.append(Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            page = web.pages.get(self.path) or web.pages.get(self.path.partition("?")[0])
            if callable(page):
                page(self)
                return
            status, headers, content = page or (404, {}, b"nothing here")
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = do_PUT = answer  # noqa: N815 - as http.server calls them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hung up is what tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    web.port = server.server_port
    if trust is not None:
        server.socket = trust.wrap_socket(server.socket, server_side=True)
        web.scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
