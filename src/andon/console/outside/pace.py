"""Politeness: the time between two looks at the same host, within this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from andon.console.outside.errors import Unreachable

SPACING = 2.0  # seconds between two fetches from one host, unless the host asks for more
LONGEST_SPACING = 60.0
LONGEST_BACK_OFF = 3600.0
_MOST_HOSTS = 10_000
_lock = threading.Lock()
_free: OrderedDict[str, float] = OrderedDict()  # host → when it may be asked again (monotonic)


def wait(host: str, spacing: float = SPACING, *, most: float = 30.0) -> None:
    """Wait until the host may be asked, and take the turn. Raises Unreachable when that is longer than `most` seconds."""
    now = time.monotonic()
    with _lock:
        at = max(now, _free.get(host, 0.0))
        if at - now > most:
            raise Unreachable(reason="busy", host=host)
        _keep(host, at + min(spacing, LONGEST_SPACING))
    time.sleep(at - now)


def ready_in(host: str) -> float:
    """Seconds until the host may be asked again; 0 when now."""
    with _lock:
        return max(0.0, _free.get(host, 0.0) - time.monotonic())


def hold_back(host: str, seconds: float) -> None:
    """The host asks to be left alone for a while (429, 503 with Retry-After)."""
    with _lock:
        _keep(host, max(_free.get(host, 0.0), time.monotonic() + min(seconds, LONGEST_BACK_OFF)))


def forget() -> None:
    """As if nobody had been asked yet."""
    with _lock:
        _free.clear()


def _keep(host: str, until: float) -> None:
    _free[host] = until
    _free.move_to_end(host)
    while len(_free) > _MOST_HOSTS:
        _free.popitem(last=False)
