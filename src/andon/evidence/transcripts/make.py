"""A transcript in one of its forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.evidence.transcripts import page, sheet, word
from andon.evidence.transcripts.lines import Lines
from andon.evidence.transcripts.model import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO, Literal

    from andon.evidence.books.model import BookRow, MergedRow
    from andon.evidence.transcripts.model import Heading
    from andon.wording.say import Language

    Form = Literal["html", "pdf", "docx"]

FORMS = ("html", "pdf", "docx")
MOST_LINES = {"pdf": 30_000, "docx": 10_000}  # PDF: a second for 1,200 lines; Word files of 5,000 took LibreOffice a minute. HTML has no limit
_WRITERS = {"html": page.write, "pdf": sheet.write, "docx": word.write}


@dataclass(frozen=True, slots=True)
class Made:
    """How many lines and gaps a transcript has, and the files that its footnotes name (label of the exhibit, file)."""

    lines: int
    gaps: int
    files: tuple[tuple[str, str], ...]


def transcript(target: BinaryIO, form: Form, rows: Iterable[BookRow | MergedRow], heading: Heading, language: Language) -> Made:
    """Write the transcript of `rows` to `target`, line by line as they come.

    Raises EvidenceError (reason "transcript_long") when there are more lines than the form takes: before anything is written if the heading says so.
    """
    count = heading.last - heading.first + 1 if heading.first else 0
    most = MOST_LINES.get(form)
    if most is not None and count > most:
        raise EvidenceError(reason="transcript_long", count=count, most=most, form=form.upper())
    tally = Tally()
    some = rows if most is None else _at_most(rows, most, form)
    _WRITERS[form](target, heading, Lines(heading, language, tally).of(some), tally, language)
    return Made(tally.lines, tally.gaps, tuple(tally.files))


def _at_most(rows: Iterable[BookRow | MergedRow], most: int, form: str) -> Iterator[BookRow | MergedRow]:
    """The rows; more than the heading said, and more than the form takes, are refused."""
    for count, row in enumerate(rows, 1):
        if count > most:
            raise EvidenceError(reason="transcript_long", count=count, most=most, form=form.upper())
        yield row
