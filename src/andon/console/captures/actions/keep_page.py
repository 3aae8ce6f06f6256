"""Verbs: a page that was seen is kept as evidence; one that could not be seen is tried again later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.captures import store
from andon.console.captures.actions.capture import operator
from andon.console.captures.models import Archive, Capture, Order
from andon.console.captures.warc import Book
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.captures.seeing import Seen
    from andon.console.captures.warc import Kept
    from andon.console.outside.browser import Picture
    from andon.console.staff.models import Person

_AGAIN = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
_FOR_GOOD = ("address", "scheme", "port", "private")  # what no later look changes
_ADDRESS = 4000


@dataclass(frozen=True, slots=True)
class _Written:
    """A page and its picture in an archive that lies in the store, and that no row tells of yet."""

    key: str
    size: int
    page: Kept
    picture: Kept | None


def keep_page(actor: Actor, seen: Seen, *, post_id: int | None = None, order_id: int | None = None) -> list[Capture]:
    """Keep a page and its picture in one archive; the order it was seen for is done.

    The archive is packed and written before the transaction, which would otherwise keep everybody else from writing meanwhile.
    """
    book, picture = Book(operator(actor.person)), None
    page = book.add_page(seen.answer)
    if seen.picture:
        picture = book.add(f"urn:andon:screenshot:{seen.picture.final_url}", seen.picture.png, "image/png", seen.picture.at)
    content = book.content()
    written = _Written(store.stage(content, store.ARCHIVE), len(content), page, picture)
    return _tell_of(actor, seen, written, post_id, order_id)


@verb("captures.page_kept", Right.CAPTURE)
def _tell_of(actor: Actor, seen: Seen, written: _Written, post_id: int | None, order_id: int | None) -> Done[list[Capture]]:
    """The rows of what was written."""
    store.tell_of(written.key, store.ARCHIVE)
    archive = Archive.objects.create(key=written.key, size_bytes=written.size, by=actor.person)
    kept = [_page(actor.person, seen, written.page, archive)]
    if seen.picture and written.picture:
        kept.append(_picture(actor.person, seen.answer.url, seen.picture, written.picture, archive))
    for one in kept:
        one.post_id = post_id
        one.save()
    if order_id is not None:
        Order.objects.filter(pk=order_id).update(state=Order.State.DONE, problem="", picture_problem=seen.without)
    facts = {"post": post_id, "status": seen.answer.status, "sha256": written.page.sha256, "order": order_id}
    facts["picture"] = written.picture.sha256 if written.picture else seen.without
    return Done(kept, f"archive:{archive.key}", facts)


def _picture(person: Person, url: str, picture: Picture, kept: Kept, archive: Archive) -> Capture:
    return Capture(
        kind=Capture.Kind.SCREENSHOT, url=url[:_ADDRESS], final_url=picture.final_url[:_ADDRESS], status=picture.status, at=picture.at, by=person,
        sha256=kept.sha256, size_bytes=kept.size, media_type="image/png", archive=archive, record=kept.record,
    )  # fmt: skip


def _page(person: Person, seen: Seen, page: Kept, archive: Archive) -> Capture:
    answer = seen.answer
    return Capture(
        kind=Capture.Kind.PAGE, url=answer.url[:_ADDRESS], final_url=answer.final_url[:_ADDRESS], status=answer.status, ip=answer.ip, at=answer.at,
        by=person, sha256=page.sha256, size_bytes=page.size, media_type=answer.media_type[:100], is_cut=answer.truncated, archive=archive,
        record=page.record,
    )  # fmt: skip


@unattended("captures.put_off", Via.WORKER)
def put_off(order_id: int, reason: str) -> Done[Order]:
    """A page could not be seen: it is tried again in ten minutes, an hour, six hours; then the order has failed. What never changes fails at once."""
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.state == Order.State.WAITING:
        is_over = reason in _FOR_GOOD or order.tries >= len(_AGAIN)
        if is_over:
            order.state = Order.State.FAILED
        else:
            order.not_before = timezone.now() + _AGAIN[order.tries]
        order.tries, order.problem = order.tries + 1, reason[:40]
        order.save(update_fields=["state", "not_before", "tries", "problem"])
    return Done(order, f"order:{order.pk}", {"reason": reason, "tries": order.tries, "state": order.state})
