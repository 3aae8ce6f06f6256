"""`andon transcript PATH --out FILE`: one conversation to print, every line footnoted to exhibit, file and place."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from andon.cli.book_run import asked, book_of, page_options, write_transcript
from andon.cli.options import AndonCommand, help_text
from andon.cli.show import printable
from andon.domain.errors import EvidenceError
from andon.wording.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from andon.evidence.books.read import Book
    from andon.wording.say import Language


@click.command("transcript", cls=AndonCommand, help=help_text("transcript"))
@click.argument("path")
@click.option("--conversation", default="", help=help_text("opt.transcript_conversation"))
@page_options
def transcript(
    path: str, conversation: str, exhibits: tuple[str, ...], store: str | None, *, out: Path, since: str, until: str, zone: str, by: str,
    case: str, lang: Language,
) -> None:  # fmt: skip
    """Read everything once, then write the one conversation."""
    options = asked(out, since, until, zone, by, case, lang)
    with ExitStack() as stack:
        book, source = book_of(stack, path, exhibits[0] if exhibits else "", store, options)
        number = chosen(book, conversation, path, lang)
        parameters = {"zone": zone} | {name: value for name, value in (("since", since), ("until", until)) if value}
        write_transcript(book, number, (source,), options, parameters)


COMMAND = transcript


def chosen(book: Book, named: str, path: str, lang: Language) -> int:
    """The number of the conversation meant: by key, by number, or the only one. Raises EvidenceError (reason "which_conversation")."""
    talks = book.conversations()
    if named:
        number = book.number_of(named) or (int(named) if named.isascii() and named.isdigit() else 0)
        if not 1 <= number <= len(talks):
            raise EvidenceError(reason="no_conversation", path=path, name=named)
        return number
    with_rows = [one for one in talks if one.length]
    if len(with_rows) != 1:
        known = (
            say("book.candidate", lang, number=one.number, title=one.conversation.title or say("chat.untitled", lang), key=one.conversation.key,
            length=one.length) for one in talks[:50]
        )  # fmt: skip
        raise EvidenceError(reason="which_conversation", path=path, known="\n".join(map(printable, known)))
    return with_rows[0].number
