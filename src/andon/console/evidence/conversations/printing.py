"""Putting a stretch of a conversation or comparison on paper: the work of the worker. The file is kept in the store, derived from its exhibits."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from andon.console.evidence.conversations.actions.papers import fail, finish
from andon.console.evidence.conversations.books import draft, path_of
from andon.console.evidence.conversations.models import MergedTranscript, State, Transcript
from andon.console.evidence.conversations.running import pieces, steps
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import alone, store
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

AnyPaper = TypeVar("AnyPaper", Transcript, MergedTranscript)
_DUE = (State.WAITING, State.RUNNING)


def run_due() -> int:
    """Make what waits; how many."""
    papers = list(Transcript.objects.filter(state__in=_DUE).order_by("pk").values_list("pk", flat=True))
    merged = list(MergedTranscript.objects.filter(state__in=_DUE).order_by("pk").values_list("pk", flat=True))
    return sum(put_on_paper(one).is_over for one in papers) + sum(put_merged_on_paper(one).is_over for one in merged)


def put_on_paper(transcript_id: int, *, raises: bool = False) -> Transcript:
    """Make one transcript; what goes wrong is told on it (`raises`: and raised)."""
    return _made(Transcript.objects.select_related("conversation__reading__exhibit__case", "by__unit").get(pk=transcript_id), raises=raises)


def put_merged_on_paper(transcript_id: int, *, raises: bool = False) -> MergedTranscript:
    """The same for one of a comparison."""
    return _made(MergedTranscript.objects.select_related("comparison__case", "by__unit").get(pk=transcript_id), raises=raises)


def name_of(one: Transcript | MergedTranscript) -> str:
    """What its file is called."""
    if isinstance(one, MergedTranscript):
        return f"comparison-{one.comparison_id}-transcript-{one.pk}.{one.form}"
    return f"transcript-{one.conversation.reading.exhibit.code}-{one.pk}.{one.form}"


def job_of(one: Transcript | MergedTranscript) -> str:
    """The name of its job: of its lock and its progress."""
    return f"merged-transcript-{one.pk}" if isinstance(one, MergedTranscript) else f"transcript-{one.pk}"


def _made(one: AnyPaper, *, raises: bool) -> AnyPaper:
    with alone(job_of(one)) as mine:
        if mine:
            one.refresh_from_db(fields=["state"])
            if not one.is_over:
                with Boundary(lambda problem: fail(type(one), one.pk, problem), name_of(one), raises=raises):
                    _make(one)
    one.refresh_from_db()
    return one


def _make(one: Transcript | MergedTranscript) -> None:
    """Write the file and hand it to the store, a line in the log of every exhibit. After a stop the file that the store has is gone on with."""
    sources, given = _sources(one), _parameters(one)
    name = next(iter(given))
    told = {
        code: str(line["facts"]["sha256"]) for code in sources for line in acts.derived(store(), code)
        if line["facts"]["parameters"].get(name) == one.pk
    }  # fmt: skip
    sha256 = next(iter(told.values()), "")
    path = draft(name_of(one))
    try:
        if not sha256:
            _write(one, path)
        kept = path_of(sha256) if sha256 else path
        size = kept.stat().st_size
        for code in sources:
            if code not in told:
                sha256, _ = acts.derive(
                    store(), code, pieces(kept), name=name_of(one), by=written(one.by), sources=sources[code], parameters=given,
                    is_disclosable=one.is_disclosable,
                )  # fmt: skip
        finish(type(one), one.pk, sha256=sha256, size=size)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _write(one: Transcript | MergedTranscript, path: Path) -> None:
    from andon.console.evidence.conversations import paper  # noqa: PLC0415 - libraries of paper are loaded when something is printed

    with Progress(job_of(one), one.last - one.first + 1) as progress:
        paper.write(one, path, steps(progress))


def _sources(one: Transcript | MergedTranscript) -> dict[str, tuple[str, ...]]:
    """Exhibit → the files that the lines stand in."""
    of = [one.conversation] if isinstance(one, Transcript) else []
    if isinstance(one, MergedTranscript):
        of = [view.conversation for view in one.comparison.views.select_related("conversation__reading__exhibit")]
    found: dict[str, list[str]] = {}
    for each in of:
        files = [each.file] if each.file else [item["file"] for item in each.reading.counts]
        found.setdefault(each.reading.exhibit.code, []).extend(files)
    return {code: tuple(dict.fromkeys(files)) for code, files in found.items()}


def _parameters(one: Transcript | MergedTranscript) -> dict[str, Any]:
    """With what it was made, as the log keeps it; the first of them names it."""
    stretch = {"form": one.form, "language": one.language, "first": one.first + 1, "last": one.last + 1}
    if isinstance(one, Transcript):
        book, number = one.conversation.reading.book_sha256, one.conversation.number
        return {"transcript": one.pk, "what": "transcript", **stretch, "book": book, "conversation": number}
    return {"merged_transcript": one.pk, "what": "merged transcript", **stretch, "book": one.comparison.sha256, "comparison": one.comparison_id}
