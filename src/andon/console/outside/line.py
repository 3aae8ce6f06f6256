"""One request over one guarded connection: size and time limits, decompression included."""

from __future__ import annotations

import ssl
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import httpcore

from andon.console.outside.addresses import GuardedBackend
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from andon.console.outside.addressed import Address
    from andon.console.outside.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a fetch may cost: seconds in all and for each step, bytes after decompression, redirects, seconds to wait for its turn; and whether
    robots.txt is asked (not when a person asks for this one page)."""  # noqa: D205, D209

    seconds: float = 30.0
    step_seconds: float = 10.0
    most_bytes: int = 10 * 2**20
    redirects: int = 5
    robots: bool = True
    wait_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Got:
    """What one request brought."""

    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    truncated: bool
    ip: str

    def header(self, name: str) -> str:
        """The last header of that (small-letter) name."""
        return next((value for one, value in reversed(self.headers) if one.lower() == name), "")


def ask(
    method: str, address: Address, deadline: Deadline, limits: Limits, *, headers: Sequence[tuple[str, str]], body: bytes | None = None
) -> Got:
    """Send one request and read its answer up to the limits. Raises Unreachable."""
    backend = GuardedBackend(deadline)
    steps = dict.fromkeys(("connect", "read", "write", "pool"), limits.step_seconds)
    sent = [("Host", address.netloc), *headers]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_trust(), max_connections=1, max_keepalive_connections=0, network_backend=backend) as pool,
            pool.stream(method, _url(address), headers=sent, content=body, extensions={"timeout": steps}) as response,
        ):
            pairs = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
            raw, plain, cut = _read(response.iter_stream(), pairs, limits.most_bytes)
    except httpcore.TimeoutException as error:
        raise Unreachable(reason="timeout", host=address.netloc) from error
    except httpcore.ConnectError as error:
        raise Unreachable(reason="not_trusted" if _is_about_trust(error) else "not_connected", host=address.netloc) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, zlib.error) as error:
        raise Unreachable(reason="broken", host=address.netloc) from error
    return Got(response.status, pairs, raw, plain, cut, backend.ip)


def _url(address: Address) -> httpcore.URL:
    return httpcore.URL(scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode("ascii"))


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """The machine's certificates and those of certifi; loading them takes a while."""
    return httpcore.default_ssl_context()


def _is_about_trust(error: BaseException) -> bool:
    return any(isinstance(one, ssl.SSLError) for one in (error.__cause__, *error.args))


def _read(parts: Iterable[bytes], headers: Iterable[tuple[str, str]], most: int) -> tuple[bytes, bytes, bool]:
    """What came over the line, the same decompressed, and whether either was cut at the limit: a bomb costs no more than the limit."""
    coding = next((value.strip().lower() for name, value in headers if name.lower() == "content-encoding"), "")
    raw, plain, unpack = bytearray(), bytearray(), _unpacker(coding)
    for part in parts:
        taken = part[: most - len(raw)]
        raw += taken
        for piece in unpack.feed(taken):
            plain += piece[: most - len(plain)]
            if len(plain) >= most:
                break
        if len(raw) >= most or len(plain) >= most:
            return bytes(raw), bytes(plain), True
    return bytes(raw), bytes(plain), False


class _Plain:
    """Nothing to unpack."""

    def feed(self, part: bytes) -> Iterator[bytes]:
        """As it came."""
        yield part


class _Zipped(_Plain):
    """Unpacks gzip or deflate in small pieces, so that the reader can stop."""

    def __init__(self, bits: int) -> None:
        self._unzip = zlib.decompressobj(bits)

    def feed(self, part: bytes) -> Iterator[bytes]:
        """What this part unpacks to."""
        while part and not self._unzip.eof:
            yield self._unzip.decompress(part, 65536)
            part = b"" if self._unzip.eof else self._unzip.unconsumed_tail  # what follows the end is not looked at


def _unpacker(coding: str) -> _Plain:
    """By the Content-Encoding; an unknown one is kept as it came (it was not asked for)."""
    return _Zipped(zlib.MAX_WBITS | 32) if coding in ("gzip", "x-gzip", "deflate") else _Plain()
