"""Where the desk may connect to: public addresses only, and the one that was checked is the one that is connected to."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

import httpcore
from django.conf import settings

from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from httpcore._backends.base import SOCKET_OPTION

    from andon.console.outside.deadline import Deadline

# What IANA lists as not globally reachable, and ways to wrap one address into another; and one cloud's door to its own machinery.
_CLOSED_4 = [
    ipaddress.IPv4Network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
_OPEN_6 = ipaddress.IPv6Network("2000::/3")  # all that is handed out; mapped, NAT64, unique local, link-local and multicast lie outside
_CLOSED_6 = [ipaddress.IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


def is_public(ip: str) -> bool:
    """Whether this is an ordinary address of the internet."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    return address.scope_id is None and address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def may_reach(host: str, port: int) -> bool:
    """Whether the installation's settings name this host and port, written as they are asked for, as one to be reached wherever it lies."""
    name = f"[{host}]" if ":" in host else host
    return f"{name.lower()}:{port}" in {one.lower() for one in settings.MAY_REACH}


def check(host: str, port: int) -> list[str]:
    """The addresses of a host, looked up now. Raises Unreachable when there is none, or when any of them is not public.

    One closed address among open ones closes the host: nobody who means well answers with both. The demo reaches nothing but what its settings name:
    its posts are invented, and real servers are not asked for them.
    """
    if settings.DEMO and not may_reach(host, port):
        raise Unreachable(reason="demo", host=host)
    found = _looked_up(host, port)
    if not may_reach(host, port) and not all(map(is_public, found)):
        raise Unreachable(reason="private", host=host)
    return found


def _looked_up(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(reason="no_such_host", host=host) from error
    return list(dict.fromkeys(str(place[0]) for *_, place in answers))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to what `check` has just allowed, by its number: a name that answers otherwise the next time changes nothing."""

    def __init__(self, deadline: Deadline) -> None:
        self._plain, self._deadline = httpcore.SyncBackend(), deadline
        self.ip = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        failed: Exception = httpcore.ConnectError(host)
        for ip in check(host, port):
            try:
                stream = self._plain.connect_tcp(ip, port, self._deadline.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                self.ip = ip
                return _Hurried(stream, self._deadline)
        raise failed

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - the form of httpcore
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002 - the same
    ) -> httpcore.NetworkStream:
        """Never."""
        raise Unreachable(reason="address", host=path)


class _Hurried(httpcore.NetworkStream):
    """A stream none of whose steps outlasts the deadline of the whole: an answer that drips is cut off."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, within the time that is left."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, within the time that is left."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """End it."""
        self._stream.close()

    def start_tls(self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        """Go on encrypted, within the time that is left."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))  # type: ignore[arg-type]  # an SSLContext
        return _Hurried(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a stream."""
        return self._stream.get_extra_info(info)
