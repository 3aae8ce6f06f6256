"""Putting a stretch of a conversation on paper: the work of the worker. The file is kept in the store, an item derived from the exhibit."""

from __future__ import annotations

from contextlib import suppress

from andon.console.evidence.conversations.actions.papers import fail, finish
from andon.console.evidence.conversations.books import draft
from andon.console.evidence.conversations.models import State, Transcript
from andon.console.evidence.conversations.running import pieces
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import alone, store
from andon.evidence.custody import acts


def run_due() -> int:
    """Make what waits; how many."""
    due = list(Transcript.objects.filter(state__in=(State.WAITING, State.RUNNING)).order_by("pk").values_list("pk", flat=True))
    return sum(put_on_paper(one).is_over for one in due)


def put_on_paper(transcript_id: int, *, raises: bool = False) -> Transcript:
    """Make one transcript; what goes wrong is told on it (`raises`: and raised)."""
    one = Transcript.objects.select_related("conversation__reading__exhibit__case", "by__unit").get(pk=transcript_id)
    with alone(f"transcript-{transcript_id}") as mine:
        if mine:
            one.refresh_from_db(fields=["state"])
            if not one.is_over:
                with Boundary(lambda problem: fail(transcript_id, problem), name_of(one), raises=raises):
                    _make(one)
    one.refresh_from_db()
    return one


def name_of(one: Transcript) -> str:
    """What its file is called."""
    return f"transcript-{one.conversation.reading.exhibit.code}-{one.pk}.{one.form}"


def _make(one: Transcript) -> None:
    code = one.conversation.reading.exhibit.code
    for line in acts.derived(store(), code):  # a stop kept it from being told
        if line["facts"]["parameters"].get("transcript") == one.pk:
            finish(one.pk, sha256=str(line["facts"]["sha256"]), size=int(line["facts"]["bytes"]))
            return
    path = draft(name_of(one))
    try:
        from andon.console.evidence.conversations.paper import write  # noqa: PLC0415 - libraries of paper are loaded when something is printed

        write(one, path)
        given = {
            "transcript": one.pk, "what": "transcript", "form": one.form, "language": one.language, "book": one.conversation.reading.book_sha256,
            "conversation": one.conversation.number, "first": one.first + 1, "last": one.last + 1,
        }  # fmt: skip
        sources = (one.conversation.file,) if one.conversation.file else tuple(item["file"] for item in one.conversation.reading.counts)
        sha256, _ = acts.derive(
            store(), code, pieces(path), name=name_of(one), by=written(one.by), sources=sources, parameters=given, is_disclosable=one.is_disclosable
        )  # fmt: skip
        finish(one.pk, sha256=sha256, size=path.stat().st_size)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
