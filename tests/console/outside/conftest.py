"""A server on this machine that may be reached, and one that may not."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpcore
import pytest

from andon.console.outside import pace, robots

sys.path.insert(0, str(Path(__file__).parent))
from web_server import Web, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No turns taken yet, no rules read yet; and nobody waits long."""
    pace.forget()
    robots.forget()
    monkeypatch.setattr(pace, "SPACING", 0.0)


@pytest.fixture
def web(settings: Any) -> Iterator[Web]:
    """Named in MAY_REACH."""
    with serving() as one:
        settings.MAY_REACH = (one.reach(),)
        yield one


@pytest.fixture
def secret() -> Iterator[Web]:
    """A server of this network that nothing may reach."""
    with serving() as one:
        one.page("/", "the key to everything")
        yield one


class Internet:
    """Names and addresses that are not of this machine: `names` answers look-ups in turn, `routes` leads an address to a port here."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}
        self.routes: dict[str, int] = {}
        self.connected: list[str] = []
        self.looked_up: list[str] = []

    def look_up(self, host: str, port: int, **_: object) -> list[Any]:
        """As getaddrinfo: the next of the answers, the last one for ever."""
        self.looked_up.append(host)
        answers = self.names.get(host)
        if answers is None:
            raise socket.gaierror(host)
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(2, 1, 6, "", (ip, port)) for ip in now.split()]


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    """In place of the look-up, and of what connects to a public address. Connections to this machine stay what they are."""
    net = Internet()
    real = httpcore.SyncBackend.connect_tcp
    real_look_up = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **how: Any) -> Any:
        return real_look_up(host, port, *args, **how) if host[0].isdecimal() or ":" in host else net.look_up(host, port)

    def connect(self: Any, host: str, port: int, *more: Any, **how: Any) -> Any:
        net.connected.append(host)
        if host in net.routes:
            return real(self, "127.0.0.1", net.routes[host], *more, **how)
        return real(self, host, port, *more, **how)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return net
