"""What servers ask of programs that look at them (robots.txt, RFC 9309), kept for a day."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from protego import Protego

from andon.console.outside import line, pace
from andon.console.outside.addressed import Address, joined, public_address
from andon.console.outside.agent import NAME, headers
from andon.console.outside.deadline import Deadline
from andon.console.outside.errors import Unreachable
from andon.console.outside.line import Limits

_DAY, _SHORT = 86_400.0, 600.0
_LIMITS = Limits(seconds=15, step_seconds=8, most_bytes=500 * 1024)  # RFC 9309 has crawlers read at least 500 KiB
_MOST = 2_000
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Rules:
    """Of one origin: its rules, or a word for all of it where there are none to be read."""

    rules: Protego | None
    otherwise: str = ""  # "": allowed; else the reason of the refusal


_known: OrderedDict[str, tuple[float, _Rules]] = OrderedDict()  # origin → until when (monotonic), and what


def allows(url: str) -> bool:
    """Whether the server lets us look at `url`. Raises Unreachable only for what is no address."""
    return not refusal(public_address(url))


def refusal(address: Address) -> str:
    """Why we may not look, or nothing: "robots", "robots_unknown" where the rules could not be read, or why the server cannot be reached."""
    kept = _rules(address)
    if kept.rules is None:
        return kept.otherwise
    return "" if kept.rules.can_fetch(address.url, NAME) else "robots"


def spacing(address: Address) -> float:
    """Seconds between two looks that the server asks for, at least our own."""
    kept = _rules(address)
    asked = kept.rules.crawl_delay(NAME) if kept.rules is not None else None
    return max(pace.SPACING, float(asked or 0.0))


def forget() -> None:
    """As if nothing had been read yet."""
    with _lock:
        _known.clear()


def _rules(address: Address) -> _Rules:
    now = time.monotonic()
    with _lock:
        until, kept = _known.get(address.origin, (0.0, _Rules(None)))
    if now < until:
        return kept
    read, lasting = _read(address)
    with _lock:
        _known[address.origin] = (now + lasting, read)
        _known.move_to_end(address.origin)
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return read


def _read(address: Address) -> tuple[_Rules, float]:
    """RFC 9309: without a file everything is allowed; a server that fails, or cannot be reached, allows nothing for now."""
    try:
        got = _fetched(Address(address.scheme, address.host, address.port, "/robots.txt"), Deadline(_LIMITS.seconds))
    except Unreachable as error:
        return _Rules(None, error.reason), _SHORT
    if got.status >= 500 or got.status == 429:  # noqa: PLR2004 - as HTTP numbers them
        return _Rules(None, "robots_unknown"), _SHORT
    if got.status >= 300:  # noqa: PLR2004 - the same
        return _Rules(None), _DAY
    return _Rules(Protego.parse(got.body.decode("utf-8", errors="replace"))), _DAY


def _fetched(address: Address, deadline: Deadline) -> line.Got:
    for _ in range(6):
        got = line.ask("GET", address, deadline, _LIMITS, headers=headers())
        if got.status not in (301, 302, 303, 307, 308) or not got.header("location"):
            return got
        address = public_address(joined(address, got.header("location")))
    return got
