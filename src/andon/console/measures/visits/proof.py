"""What a look saw, kept as a capture when a post's state became another. A plain function: to be called by the verbs of visits only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.captures.actions.capture import add_archive, operator
from andon.console.captures.models import Capture
from andon.console.captures.warc import Book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.outside.answers import Answer
    from andon.console.staff.models import Person


_URL = 4000


def keep(person: Person, seen: Sequence[tuple[int, Answer]]) -> dict[int, Capture]:
    """Keep what servers answered about posts (by id), in one archive in the name of the person whose measure asked for the looks."""
    book = Book(operator(person))
    kept = [(post, answer, book.add_page(answer)) for post, answer in seen]
    archive = add_archive(person, book)
    return {
        post: Capture.objects.create(
            kind=Capture.Kind.PAGE, post_id=post, url=answer.url[:_URL], final_url=answer.final_url[:_URL], status=answer.status, ip=answer.ip,
            at=answer.at, by=person, sha256=one.sha256, size_bytes=one.size, media_type=answer.media_type[:100], is_cut=answer.truncated,
            archive=archive, record=one.record,
        )
        for post, answer, one in kept
    }  # fmt: skip
