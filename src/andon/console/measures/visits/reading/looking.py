"""One look at one post, by the reader that knows its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.measures.visits.reading import page
from andon.console.measures.visits.reading.interfaces import READERS
from andon.console.measures.visits.reading.seen import Look, Net, Seen
from andon.console.measures.visits.rules import State
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

# Why nothing came back, as a look says it.
CODES = frozenset({
    "address", "scheme", "port", "private", "not_https", "no_such_host", "not_connected", "not_trusted", "timeout", "busy", "redirects", "redirected",
    "broken", "too_large", "robots", "robots_unknown", "not_json", "demo", "unreachable",
})  # fmt: skip
# No answer from a host that should give one: it is left alone for a while. The rest speaks of the address, or of our own limits.
_AILS = frozenset({"no_such_host", "not_connected", "not_trusted", "timeout", "broken", "robots_unknown"})


def look_at(one: Look, net: Net) -> Seen:
    """What stands there now. Never raises for what the outside does: who cannot be reached tells nothing."""
    try:
        return _first(reader(one, net) for reader in READERS) or page.look(one, net)
    except Unreachable as error:
        return Seen(State.UNKNOWN, error.reason if error.reason in CODES else "unreachable", host_ails=error.reason in _AILS)


def _first(tries: Iterable[Seen | None]) -> Seen | None:
    return next((seen for seen in tries if seen is not None), None)

