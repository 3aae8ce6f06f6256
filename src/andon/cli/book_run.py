"""What `andon transcript` and `andon merge` share: a path or exhibit read into a book in a scratch folder, and a transcript written of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from andon.cli.options import FILE, help_text, lang_option, warn
from andon.domain.errors import EvidenceError
from andon.domain.times import JAPAN
from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.registry import read_material
from andon.evidence.chats.times import ASSUMED_ZONE, zone_named
from andon.evidence.custody.material import Material
from andon.evidence.custody.scratch import scratch
from andon.evidence.custody.store import Store
from andon.evidence.custody.stored import material_of
from andon.evidence.transcripts.make import FORMS, transcript
from andon.evidence.transcripts.model import Heading, Source
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from typing import Literal

    from andon.evidence.books.merged import MergedBook
    from andon.wording.say import Language



def page_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that both commands have."""
    for option in reversed((
        click.option("--out", type=FILE, required=True, help=help_text("opt.transcript_out")),
        click.option("--since", default="", help=help_text("opt.transcript_since")),
        click.option("--until", default="", help=help_text("opt.transcript_until")),
        click.option("--zone", default=ASSUMED_ZONE, show_default=True, help=help_text("opt.chat_zone")),
        click.option("--by", default="", help=help_text("opt.transcript_by")),
        click.option("--case", default="", help=help_text("opt.transcript_case")),
        click.option("--exhibit", "exhibits", multiple=True, help=help_text("opt.transcript_exhibit")),
        click.option("--store", type=click.Path(file_okay=False), default=None, help=help_text("opt.transcript_store")),
        lang_option,
    )):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say."""

    out: Path
    since: datetime | None
    until: datetime | None
    zone: str
    by: str
    case: str
    lang: Language


def asked(out: Path, since: str, until: str, zone: str, by: str, case: str, lang: Language) -> Asked:
    """The options, once they make sense. Raises EvidenceError (reason "transcript_form", "time_form", "unknown_zone")."""
    if out.suffix.lower()[1:] not in FORMS:
        raise EvidenceError(reason="transcript_form", path=str(out), known=tuple(f".{one}" for one in FORMS))
    zone_named(zone)
    return Asked(out, _time(since), _time(until), zone, by, case, lang)


def _time(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise EvidenceError(reason="time_form", name=text, path=text) from error
    return (at if at.tzinfo else at.replace(tzinfo=JAPAN)).astimezone(UTC)


class _Hashes(Mapping[str, str]):
    """Hashes of the files of a material, each taken when it is asked for."""

    def __init__(self, material: Material) -> None:
        self._material = material

    def __getitem__(self, name: str) -> str:
        """The SHA-256 of a file."""
        member = self._material.find(name)
        if member is None or member.refusal:
            raise KeyError(name)
        return member.sha256

    def __iter__(self) -> Iterator[str]:
        """The names of all files."""
        return (member.name for member in self._material.members)

    def __len__(self) -> int:
        """How many files."""
        return len(self._material.members)


def book_of(stack: ExitStack, path: str, code: str, store: str | None, options: Asked) -> tuple[Book, Source]:
    """What `path` holds, read into a book that lives as long as the stack, and the exhibit for footnotes.

    Raises EvidenceError: those of `Material`; reason "beside_original", "no_chats".
    """
    if store is None:
        place = Path(path)
        _check_place(place, options.out)
        material = stack.enter_context(Material(place))
        source = Source(code or material.name, sha256=material.tree_sha256(), files=_Hashes(material))
    else:
        manifest = Store(Path(store)).manifest(path)
        material = stack.enter_context(material_of(Store(Path(store)), path))
        source = Source(
            code or manifest.id, manifest.title, manifest.number, manifest.device, manifest.tree_sha256, _Hashes(material)
        )  # fmt: skip
    folder = stack.enter_context(scratch(material.path))
    with told("book.reading", options.lang) as tell:
        facts = write_book(folder / "book", read_material(material, zone=zone_named(options.zone), zone_name=options.zone), tell=tell)
    if not facts.conversations:
        raise EvidenceError(reason="no_chats", path=path, files=len(material.members))
    return stack.enter_context(Book(folder / "book")), source


def _check_place(path: Path, out: Path) -> None:
    """Nothing is written into a folder of the original."""
    original, folder = path.resolve(), out.parent.resolve()
    room = original if original.is_dir() else original.parent
    if folder == room or (room in folder.parents and original.is_dir()):
        raise EvidenceError(reason="beside_original", path=str(out))


@contextmanager
def told(code: str, lang: Language) -> Iterator[Callable[[int], None]]:
    """A number that goes up, on stderr, where that is a terminal."""
    console = Console(stderr=True)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(say(code, lang, count=0))
        yield lambda count: progress.update(task, description=say(code, lang, count=count))


def write_transcript(book: Book | MergedBook, number: int, sources: tuple[Source, ...], options: Asked, parameters: Mapping[str, str]) -> None:
    """The part of a conversation that was asked for, into the file; written under another name first."""
    talk = book.conversation(number)
    start = 0 if options.since is None else book.position_at(number, options.since)
    end = talk.length if options.until is None else max(book.position_at(number, options.until), start)
    heading = Heading(
        options.case, sources, talk.conversation, options.by or _user(), datetime.now(UTC), talk.length, start + 1 if end > start else 0, end,
        options.since, options.until, options.zone, tuple((who, count) for who, count, _, _ in book.people(number)), parameters,
    )  # fmt: skip
    form: Literal["html", "pdf", "docx"] = options.out.suffix.lower()[1:]  # type: ignore[assignment]  # `asked` has looked
    part = options.out.with_name(f"{options.out.name}.andon-part")
    try:
        with part.open("wb") as file:
            made = transcript(file, form, book.all_rows(number, start, end), heading, options.lang)
        with part.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        part.replace(options.out)
    finally:
        part.unlink(missing_ok=True)
    warn(say("transcript.written", options.lang, path=options.out, lines=made.lines, sha256=sha256))


def _user() -> str:
    """The account that runs the command, where nobody is named."""
    return os.environ.get("USER") or os.environ.get("LOGNAME") or "—"
