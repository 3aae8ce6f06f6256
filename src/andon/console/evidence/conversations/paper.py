"""A transcript as a file: heading and rows handed to the library that draws it. Imported when something is printed: fonts and forms are heavy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, cast

from andon.console.evidence.conversations.books import book_of, merged_of
from andon.console.evidence.conversations.models import Transcript
from andon.console.evidence.conversations.records import member_of
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import store
from andon.domain.errors import EvidenceError
from andon.evidence.custody.stored import material_of
from andon.evidence.transcripts.make import transcript
from andon.evidence.transcripts.model import Heading, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import MergedTranscript, Reading
    from andon.evidence.books.merged import MergedBook
    from andon.evidence.books.model import BookRow, MergedRow
    from andon.evidence.books.read import Book
    from andon.evidence.custody.material import Material
    from andon.evidence.transcripts.make import Form
    from andon.wording.say import Language

_ONLY = 1  # number of the one conversation of a comparison's book


def write(one: Transcript | MergedTranscript, path: Path, tell: Callable[[int], None]) -> None:
    """Write the file, and tell how many rows were taken so far. Raises EvidenceError for more rows than the form holds."""
    with ExitStack() as stack:
        if isinstance(one, Transcript):
            book = stack.enter_context(book_of(one.conversation.reading))
            _draw(one, path, book.all_rows(one.conversation.number, one.first, one.last + 1), _heading(one, book, stack), tell)
        else:
            merged = stack.enter_context(merged_of(one.comparison))
            _draw(one, path, merged.all_rows(_ONLY, one.first, one.last + 1), _merged_heading(one, merged, stack), tell)


def _draw(
    one: Transcript | MergedTranscript, path: Path, rows: Iterable[BookRow | MergedRow], heading: Heading, tell: Callable[[int], None]
) -> None:  # fmt: skip
    with path.open("w+b") as target:
        transcript(target, cast("Form", one.form), _counted(rows, tell), heading, cast("Language", one.language))


def _counted(rows: Iterable[BookRow | MergedRow], tell: Callable[[int], None]) -> Iterator[BookRow | MergedRow]:
    for count, row in enumerate(rows, 1):
        yield row
        tell(count)


def _heading(one: Transcript, book: Book, stack: ExitStack) -> Heading:
    conversation, reading = one.conversation, one.conversation.reading
    people = tuple((who, count) for who, count, *_ in book.people(conversation.number))
    return Heading(
        case=_case(reading.exhibit.case), sources=(_source(reading, stack),), conversation=book.conversation(conversation.number).conversation,
        made_by=written(one.by), made_at=one.at, total=conversation.length, first=one.first + 1, last=one.last + 1, zone=reading.zone, people=people,
        parameters={"reading": str(reading.number), "book": reading.book_sha256},
    )  # fmt: skip


def _merged_heading(one: MergedTranscript, book: MergedBook, stack: ExitStack) -> Heading:
    """As `andon merge` writes it: every phone a source, named by its label."""
    comparison = one.comparison
    readings = {view.label: view.conversation.reading for view in comparison.views.select_related("conversation__reading__exhibit")}
    phones = [view.label for view in book.views()]
    return Heading(
        case=_case(comparison.case), sources=tuple(_source(readings[label], stack, label) for label in phones),
        conversation=book.conversation(_ONLY).conversation, made_by=written(one.by), made_at=one.at, total=comparison.length, first=one.first + 1,
        last=one.last + 1, zone=", ".join(dict.fromkeys(readings[label].zone for label in phones)),
        people=tuple((who, count) for who, count, *_ in book.people(_ONLY)),
        parameters={"phones": str(len(phones)), "comparison": str(comparison.pk), "book": comparison.sha256},
    )  # fmt: skip


def _case(case: Case) -> str:
    return f"{case.code} {case.title}".strip()


def _source(reading: Reading, stack: ExitStack, label: str = "") -> Source:
    exhibit = reading.exhibit
    return Source(exhibit.code, exhibit.title, exhibit.number, exhibit.device, exhibit.tree_sha256, _Hashes(exhibit.code, stack), label)


class _Hashes(Mapping[str, str]):
    """Hashes of an exhibit's files: of its copies as the manifest has them, of what lies in archives taken when somebody asks."""

    def __init__(self, code: str, stack: ExitStack) -> None:
        self._code, self._stack = code, stack
        self._known: dict[str, str] = {file.name: file.sha256 for file in store().manifest(code).files}
        self._material: Material | None = None

    def __getitem__(self, name: str) -> str:
        """The SHA-256 of a file. Raises KeyError for one that the exhibit does not have, or that cannot be read."""
        if name not in self._known:
            self._known[name] = self._inside(name)
        if not self._known[name]:
            raise KeyError(name)
        return self._known[name]

    def _inside(self, name: str) -> str:
        if self._material is None:
            self._material = self._stack.enter_context(material_of(store(), self._code))
        with suppress(EvidenceError):  # what cannot be read has no hash, and the footnote says so
            member = member_of(self._material, name)
            return "" if member is None or member.refusal else member.sha256
        return ""

    def __iter__(self) -> Iterator[str]:
        """The names that are known so far."""
        return iter(self._known)

    def __len__(self) -> int:
        """How many."""
        return len(self._known)
