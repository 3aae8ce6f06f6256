"""A transcript as a file: heading and rows handed to the library that draws it. Imported when something is printed: fonts and forms are heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import store
from andon.evidence.transcripts.make import transcript
from andon.evidence.transcripts.model import Heading, Source

if TYPE_CHECKING:
    from pathlib import Path

    from andon.console.evidence.conversations.models import Transcript
    from andon.evidence.books.read import Book
    from andon.evidence.transcripts.make import Form
    from andon.wording.say import Language


def write(one: Transcript, path: Path) -> None:
    """Write the file. Raises EvidenceError for more rows than the form holds."""
    conversation = one.conversation
    with book_of(conversation.reading) as book, path.open("w+b") as target:
        rows = book.all_rows(conversation.number, one.first, one.last + 1)
        transcript(target, cast("Form", one.form), rows, _heading(one, book), cast("Language", one.language))


def _heading(one: Transcript, book: Book) -> Heading:
    conversation, reading = one.conversation, one.conversation.reading
    exhibit, case = reading.exhibit, reading.exhibit.case
    files = {file.name: file.sha256 for file in store().manifest(exhibit.code).files}
    source = Source(exhibit.code, exhibit.title, exhibit.number, exhibit.device, exhibit.tree_sha256, files)
    people = tuple((who, count) for who, count, *_ in book.people(conversation.number))
    return Heading(
        case=f"{case.code} {case.title}".strip(), sources=(source,), conversation=book.conversation(conversation.number).conversation,
        made_by=written(one.by), made_at=one.at, total=conversation.length, first=one.first + 1, last=one.last + 1, zone=reading.zone, people=people,
        parameters={"reading": str(reading.number), "book": reading.book_sha256},
    )  # fmt: skip
