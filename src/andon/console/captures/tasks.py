"""Work of the background worker: pages that were ordered, time stamps, and the store after a stop in the middle."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.captures import seeing, stamping, store
from andon.console.captures.actions.add_stamp import add_stamp
from andon.console.captures.actions.keep_page import keep_page, put_off
from andon.console.captures.models import Archive, Order, Stamp
from andon.console.gate import Actor, Via
from andon.console.outside import pace
from andon.console.outside.addressed import public_address
from andon.console.outside.errors import Unreachable
from andon.domain.errors import AndonError, Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger("andon.captures")
STAMP_PAUSE = 300.0  # seconds that an authority is left alone after it did not answer
_WINDOW = 5_000  # orders looked through for hosts that may be asked
_MANY = 50
_SOON = 3.0  # seconds that are worth waiting for a host's turn


def run_due() -> int:
    """See the pages that are due, one of each host that may be asked now; how many were dealt with. A host with many keeps no other waiting."""
    due = Order.objects.filter(state=Order.State.WAITING, not_before__lte=timezone.now()).order_by("not_before", "pk")
    turns: dict[str, int] = {}
    for number, url in due.values_list("pk", "url")[:_WINDOW]:
        turns.setdefault(_host(url), number)
    mine = [number for host, number in turns.items() if pace.ready_in(host) <= _SOON]
    for number in mine:
        run_order(Order.objects.select_related("by__unit").get(pk=number))
    return len(mine)


def run_order(order: Order) -> None:
    """See one page for the person who asked for it, and keep it; or put it off."""
    with _PutOff(order):
        try:
            keep_page(Actor(order.by, Via.WORKER), seeing.see(order.url), post_id=order.post_id, order_id=order.pk)
        except Unreachable as error:
            put_off(order.pk, error.reason)
        except Refused:
            put_off(order.pk, "refused")  # they may no longer capture


class _PutOff:
    """The boundary of one order: whatever else goes wrong puts it off, so that it does not stand in the way for ever, and goes on to the worker."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Put it off."""
        if isinstance(error, Exception):
            put_off(self._order.pk, "internal")


def stamp_due() -> int:
    """Have archives stamped that are not; how many were. An authority that does not answer is left alone for a while."""
    if not stamping.is_set() or pace.ready_in(stamping.host()):
        return 0
    done = 0
    for archive in unstamped().order_by("pk")[:_MANY]:
        try:
            add_stamp(archive, stamping.ask(store.path_of(archive.key, store.ARCHIVE).read_bytes()))
        except FileNotFoundError:
            logger.error("archive %s is missing", archive.key)  # noqa: TRY400 - one line, ids only
        except AndonError as error:
            logger.warning("no time stamp: %s %s", error.code, error.data.get("reason", ""))
            pace.hold_back(stamping.host(), STAMP_PAUSE)
            break
        else:
            done += 1
    return done


def unstamped() -> QuerySet[Archive]:
    """Archives whose time nobody has sworn to."""
    return Archive.objects.exclude(pk__in=Stamp.objects.values("archive"))


def tidy() -> None:
    """Files of the store that a stop in the middle left take their place or go."""
    store.tidy(_is_told_of)


def _is_told_of(key: str, ending: str) -> bool:
    return (Archive.objects.filter(key=key) if ending == store.ARCHIVE else Stamp.objects.filter(key=key)).exists()


def _host(url: str) -> str:
    try:
        return public_address(url).netloc
    except Unreachable:
        return ""  # seeing it says what is wrong
