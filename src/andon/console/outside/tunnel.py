"""A proxy on this machine for the browser that takes pictures: its only way out, under the same rules as every other fetch.

The browser resolves no names and opens no connection but to here. Each connection it asks for is checked and made to the address that was checked;
bytes and time are limited for all of them together.
"""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from andon.console.outside.addressed import USUAL_PORTS
from andon.console.outside.addresses import check, may_reach
from andon.console.outside.deadline import Deadline
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 65536
_STEP = 65536
_CONNECT_SECONDS = 10.0
_NOT_PASSED_ON = (b"proxy-", b"connection:", b"keep-alive:")


class Tunnel(ThreadingTCPServer):
    """Serves until closed. `refused` counts what was turned away."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, seconds: float, most_bytes: int) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.deadline = Deadline(seconds)
        self.refused = 0
        self._left, self._lock = most_bytes, threading.Lock()

    @property
    def address(self) -> str:
        """For the browser."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def spend(self, count: int) -> bool:
        """Take bytes from what is left for all; whether there were as many."""
        with self._lock:
            self._left -= count
            return self._left >= 0

    def handle_error(self, *_: object) -> None:
        """A connection that breaks is the browser's matter."""


@contextmanager
def tunnel(seconds: float, most_bytes: int) -> Iterator[Tunnel]:
    """A proxy for the length of the block."""
    server = Tunnel(seconds, most_bytes)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Line(BaseRequestHandler):
    """One connection of the browser: CONNECT for HTTPS, or a request with a whole address for HTTP."""

    server: Tunnel
    request: socket.socket

    def handle(self) -> None:
        """One request of the browser: carried to a place that it may reach, or refused."""
        try:
            self.request.settimeout(self.server.deadline.left(_CONNECT_SECONDS))
            head, rest = self._head()
            method, target, _ = head[0].decode("latin-1").split(" ", 2)
            host, port, path = _place(method, target)
            far = self._connected(host, port)
        except Unreachable:
            self.server.refused += 1
            return  # no word: the browser would show an answer of ours as if it were the page's
        except (OSError, ValueError):
            return
        with far, suppress(OSError, Unreachable):
            if method == "CONNECT":
                self._say(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                kept = [line for line in head[1:] if not line.lower().startswith(_NOT_PASSED_ON)]
                far.sendall(b"\r\n".join([f"{method} {path} HTTP/1.1".encode("latin-1"), *kept, b"Connection: close", b"", b""]))
            if rest:
                far.sendall(rest)
            self._carry(far)

    def _head(self) -> tuple[list[bytes], bytes]:
        """The lines of the request's head, and what came behind it."""
        got = b""
        while b"\r\n\r\n" not in got:
            part = self.request.recv(_STEP)
            got += part
            if not part or len(got) > _HEAD:
                raise ValueError(len(got))
        head, rest = got.split(b"\r\n\r\n", 1)
        return head.split(b"\r\n"), rest

    def _connected(self, host: str, port: int) -> socket.socket:
        if port not in USUAL_PORTS and not may_reach(host, port):
            raise Unreachable(reason="port", host=host)
        failed: OSError = OSError(host)
        for ip in check(host, port):
            try:
                return socket.create_connection((ip, port), self.server.deadline.left(_CONNECT_SECONDS))
            except OSError as error:
                failed = error
        raise failed

    def _carry(self, far: socket.socket) -> None:
        """Bytes in both directions until one side ends, or time or bytes run out."""
        other = {self.request: far, far: self.request}
        with selectors.DefaultSelector() as selector:
            for one in other:
                selector.register(one, selectors.EVENT_READ)
            while ready := selector.select(self.server.deadline.left(_CONNECT_SECONDS)):
                for key, _ in ready:
                    source = key.fileobj
                    if not isinstance(source, socket.socket):
                        return
                    part = source.recv(_STEP)
                    if not part or not self.server.spend(len(part)):
                        return
                    other[source].sendall(part)

    def _say(self, line: bytes) -> None:
        with suppress(OSError):
            self.request.sendall(line)


def _place(method: str, target: str) -> tuple[str, int, str]:
    """Host, port and path that the browser asks for. Raises ValueError or Unreachable."""
    parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
    if not parts.hostname or (method != "CONNECT" and parts.scheme != "http"):
        raise Unreachable(reason="address", host=target[:80])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname.rstrip("."), parts.port or 80, path
