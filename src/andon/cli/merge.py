"""`andon merge PATH PATH… --out FILE`: the same group from several phones as one transcript, with the differences in words."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from andon.cli.book_run import asked, book_of, page_options, told, write_transcript
from andon.cli.options import AndonCommand, help_text, warn
from andon.cli.show import printable
from andon.domain.errors import EvidenceError
from andon.evidence.books.merged import MergedBook, merge_books
from andon.evidence.books.suggest import clear_choice, pairs
from andon.evidence.custody.scratch import scratch
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.evidence.books.read import Book
    from andon.evidence.books.suggest import Pair
    from andon.wording.say import Language

_MOST = 20  # candidates that are listed


@click.command("merge", cls=AndonCommand, help=help_text("merge"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH PATH…")
@click.option("--conversation", "conversations", multiple=True, help=help_text("opt.merge_conversation"))
@click.option("--label", "labels", multiple=True, help=help_text("opt.merge_label"))
@page_options
def merge(
    paths: tuple[str, ...], conversations: tuple[str, ...], labels: tuple[str, ...], exhibits: tuple[str, ...], store: str | None, *, out: Path,
    since: str, until: str, zone: str, by: str, case: str, lang: Language,
) -> None:  # fmt: skip
    """Read every phone, merge the conversations meant, write the transcript, and count the differences."""
    options = asked(out, since, until, zone, by, case, lang)
    if len(paths) < 2:  # noqa: PLR2004 - one phone is no merger
        raise EvidenceError(reason="merge_few", path=paths[0], count=len(paths))
    names = [*labels, *_names(paths)[len(labels) :]]
    with ExitStack() as stack:
        read = [book_of(stack, path, exhibits[at] if at < len(exhibits) else "", store, options) for at, path in enumerate(paths)]
        books = [book for book, _ in read]
        numbers = _named(books, conversations, paths) if conversations else _suggested(books, names, paths, lang)
        for name, book, number in zip(names, books, numbers, strict=True):
            talk = book.conversation(number)
            title = talk.conversation.title or say("chat.untitled", lang)
            warn(say("merge.chosen", lang, phone=name, key=talk.conversation.key, title=title, length=talk.length))
        folder = stack.enter_context(scratch(books[0].path))
        with told("book.merging", lang) as tell:
            merge_books(folder / "merged", list(zip(names, books, numbers, strict=True)), tell=tell)
        merged = stack.enter_context(MergedBook(folder / "merged"))
        sources = tuple(replace(source, label=name) for name, (_, source) in zip(names, read, strict=True))
        write_transcript(merged, 1, sources, options, {"zone": zone, "phones": str(len(paths))})
        _tell(merged, lang)


COMMAND = merge


def _names(paths: Sequence[str]) -> list[str]:
    """What the phones are called where nobody says: by file, with its folder where two are of one name, by the whole path if need be."""
    for depth in (1, 2):
        names = ["/".join(Path(path).parts[-depth:]) or path for path in paths]
        if len(set(names)) == len(names):
            return names
    return list(paths)


def _named(books: Sequence[Book], keys: tuple[str, ...], paths: tuple[str, ...]) -> list[int]:
    """The conversations of these keys, one for each phone or one for all."""
    found = []
    for at, book in enumerate(books):
        key = keys[0] if len(keys) == 1 else keys[at] if at < len(keys) else ""
        number = book.number_of(key)
        if number is None:
            raise EvidenceError(reason="no_conversation", path=paths[at], name=key)
        found.append(number)
    return found


def _suggested(books: Sequence[Book], names: list[str], paths: tuple[str, ...], lang: Language) -> list[int]:
    """The only set of conversations that is likely one group; else an error that lists the candidates."""
    found = pairs(books)
    if (numbers := clear_choice(found, len(books))) is not None:
        return numbers
    known = "\n".join(printable(_candidate(pair, names, lang)) for pair in found[:_MOST]) or "—"
    raise EvidenceError(reason="merge_choose", path=", ".join(paths), known=known)


def _candidate(pair: Pair, names: list[str], lang: Language) -> str:
    (first, one), (second, two) = pair.first, pair.second
    untitled = say("chat.untitled", lang)
    return say(
        "merge.candidate", lang, percent=100 * pair.share, first_phone=names[first], first=one.conversation.key,
        first_title=one.conversation.title or untitled, second_phone=names[second], second=two.conversation.key,
        second_title=two.conversation.title or untitled,
    )  # fmt: skip


def _tell(merged: MergedBook, lang: Language) -> None:
    """How many messages differ, and how."""
    codes, differing, rows = Counter[str](), 0, 0
    for row in merged.all_rows():
        rows += 1
        differing += bool(row.differences)
        codes.update({one.code for one in row.differences})
    listed = say("transcript.and", lang).join(f"{say(f'merge.count.{code}', lang)} {count:,}" for code, count in codes.most_common()) or "0"
    click.echo(printable(say("merge.done", lang, rows=rows, differing=differing, codes=listed)))
