"""Verb: posts are kept as evidence. Their records at once; their pages as soon as the worker may ask for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.captures import store
from andon.console.captures.models import Archive, Capture, Order
from andon.console.captures.records import MEDIA_TYPE, address_of, record_of
from andon.console.captures.warc import Book
from andon.console.gate import Actor, Done, verb
from andon.console.intake.models import Post
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from andon.console.staff.models import Person

MOST = 20_000  # posts of one act
_MANY, _AT_ONCE = 500, 1000


@dataclass(frozen=True, slots=True)
class Made:
    """What an act came to: records kept now, posts whose record was kept before, pages ordered."""

    kept: int
    known: int
    ordered: int


@verb("captures.posts_kept", Right.CAPTURE)
def capture_posts(actor: Actor, post_ids: Iterable[int], *, pages: bool = True) -> Done[Made]:
    """Keep these posts as they are stored, in one archive; with `pages`, order captures of the pages they stand on.

    A record that is kept already is not kept again; a page for which an order waits is not ordered again. Raises Refused for too many at once.
    """
    ids = list(dict.fromkeys(post_ids))
    if len(ids) > MOST:
        raise Refused(reason="too_many_posts", name=MOST)
    posts = _posts(ids)
    before = _kept_before(ids)
    records = [(post, record_of(post)) for post in posts]
    new = [(post, record) for post, record in records if (post.pk, hashlib.sha256(record).hexdigest()) not in before]
    archive = _keep(actor.person, new) if new else None
    ordered = _order(actor.person, posts) if pages else 0
    made = Made(len(new), len(posts) - len(new), ordered)
    facts = {"posts": len(posts), "kept": made.kept, "known": made.known, "ordered": ordered, "ids": [post.pk for post in posts[:200]]}
    return Done(made, f"archive:{archive.key}" if archive else "", facts)


def capture_many(actor: Actor, post_ids: Iterable[int]) -> Made:
    """The same for any number, in acts of a thousand posts each, so that others can write in between."""
    ids, total = list(dict.fromkeys(post_ids)), Made(0, 0, 0)
    for start in range(0, len(ids), _AT_ONCE):
        made = capture_posts(actor, ids[start : start + _AT_ONCE])
        total = Made(total.kept + made.kept, total.known + made.known, total.ordered + made.ordered)
    return total


def operator(person: Person) -> str:
    """As an archive names who captured."""
    return f"{person.name} ({person.unit.name})"


def _posts(ids: Sequence[int]) -> list[Post]:
    chunks = (ids[start : start + _MANY] for start in range(0, len(ids), _MANY))
    return [post for chunk in chunks for post in Post.objects.filter(pk__in=chunk).select_related("upload", "model").order_by("pk")]


def _kept_before(ids: Sequence[int]) -> set[tuple[int | None, str]]:
    """Post and hash of every record that is kept of these posts."""
    chunks = (ids[start : start + _MANY] for start in range(0, len(ids), _MANY))
    rows = (Capture.objects.filter(post__in=chunk, kind=Capture.Kind.RECORD).values_list("post", "sha256") for chunk in chunks)
    return {row for chunk in rows for row in chunk}


def _keep(person: Person, new: Sequence[tuple[Post, bytes]]) -> Archive:
    book, now = Book(operator(person)), timezone.now()
    kept = [(post, book.add(address_of(post), record, MEDIA_TYPE, now)) for post, record in new]
    archive = add_archive(person, book)
    Capture.objects.bulk_create(
        [
            Capture(
                kind=Capture.Kind.RECORD, post=post, url=post.url, at=now, by=person, sha256=one.sha256, size_bytes=one.size, media_type=MEDIA_TYPE,
                archive=archive, record=one.record,
            )
            for post, one in kept
        ],
        batch_size=_MANY,
    )  # fmt: skip
    return archive


def add_archive(person: Person, book: Book) -> Archive:
    """Put a written archive into the store. A plain function: to be called by the verbs of captures only."""
    content = book.content()
    return Archive.objects.create(key=store.put(content, store.ARCHIVE), size_bytes=len(content), by=person)


def _order(person: Person, posts: Sequence[Post]) -> int:
    on_the_web = [post for post in posts if post.url.startswith(("https://", "http://"))]
    open_ones: set[int | None] = set()
    for start in range(0, len(on_the_web), _MANY):
        some = [post.pk for post in on_the_web[start : start + _MANY]]
        open_ones.update(Order.objects.filter(post__in=some, state=Order.State.WAITING).values_list("post", flat=True))
    new = [Order(post=post, url=post.url, by=person) for post in on_the_web if post.pk not in open_ones]
    Order.objects.bulk_create(new, batch_size=_MANY, ignore_conflicts=True)  # somebody else may order the same page just now
    return len(new)
