"""An address of the web taken apart, and put into the one form that is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from andon.console.outside.addresses import may_reach
from andon.console.outside.errors import Unreachable

_PORTS = {"http": 80, "https": 443}
USUAL_PORTS = {80, 443, 8080, 8443}
_LONGEST = 4000
_UNWANTED = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Address:
    """Scheme, host (ASCII, small letters), port, and path with query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """Host, with the port where it is not the usual one: what the Host header says."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if _PORTS[self.scheme] == self.port else f"{name}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole."""
        return f"{self.origin}{self.target}"


def address_of(url: str) -> Address:
    """The parts of `url`. Raises Unreachable for what is no plain address of the web: another scheme, a name and password, control characters."""
    url = url.strip()
    if len(url) > _LONGEST or _UNWANTED.search(url):
        raise Unreachable(reason="address", host=url[:80])
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise Unreachable(reason="address", host=url[:80]) from error
    if parts.scheme not in _PORTS:
        raise Unreachable(reason="scheme", host=url[:80])
    if not host or "@" in parts.netloc or "%" in host:
        raise Unreachable(reason="address", host=url[:80])
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else "")
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], target)


_IN_QUERY = "/%:@!$&'()*+,;=~-._?[]"


def public_address(url: str) -> Address:
    """As `address_of`, on a port that pages are served on (or one that the settings name)."""
    address = address_of(url)
    if address.port not in USUAL_PORTS and not may_reach(address.host, address.port):
        raise Unreachable(reason="port", host=address.netloc)
    return address


def joined(address: Address, location: str) -> str:
    """Where a redirect leads to."""
    try:
        return urljoin(address.url, location.strip())
    except ValueError as error:
        raise Unreachable(reason="address", host=address.host) from error
