"""Putting several phones' views together: the work of the worker."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from andon.console.evidence.conversations import places
from andon.console.evidence.conversations.actions.comparing import fail, finish
from andon.console.evidence.conversations.books import book_of, draft, path_of
from andon.console.evidence.conversations.models import Comparison, State
from andon.console.evidence.conversations.running import pieces, steps
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import alone, store
from andon.evidence.books.merged import MergedBook, merge_books
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from andon.console.evidence.conversations.models import ComparedView


def run_due() -> int:
    """Make what waits; how many."""
    due = list(Comparison.objects.filter(state__in=(State.WAITING, State.RUNNING)).order_by("pk").values_list("pk", flat=True))
    return sum(compare(one).is_over for one in due)


def compare(comparison_id: int, *, raises: bool = False) -> Comparison:
    """Make one comparison; what goes wrong is told on it (`raises`: and raised)."""
    one = Comparison.objects.select_related("case", "by__unit").get(pk=comparison_id)
    with alone(job_of(comparison_id)) as mine:
        if mine:
            one.refresh_from_db(fields=["state"])
            if not one.is_over:
                with Boundary(lambda problem: fail(comparison_id, problem), f"comparison {comparison_id}", raises=raises):
                    _compare(one)
    one.refresh_from_db()
    return one


def job_of(comparison_id: int) -> str:
    """The name of its job: of its lock and its progress."""
    return f"comparison-{comparison_id}"


def _compare(one: Comparison) -> None:
    views = list(one.views.select_related("conversation__reading__exhibit"))
    sha256 = _in_store(one, views) or _into_store(one, views)
    path = path_of(sha256)
    with MergedBook(path) as book:
        length, differing = book.length(), [row.position for row in book.all_rows() if row.differences]
    finish(one.pk, sha256=sha256, size=path.stat().st_size, length=length, differing=len(differing), places=places.packed(differing))


def _in_store(one: Comparison, views: list[ComparedView]) -> str:
    """The hash of what a stop kept from being told: when the last exhibit has its line."""
    lines = acts.derived(store(), views[-1].conversation.reading.exhibit.code)
    return next((str(line["facts"]["sha256"]) for line in lines if line["facts"]["parameters"].get("comparison") == one.pk), "")


def _into_store(one: Comparison, views: list[ComparedView]) -> str:
    path = draft(f"comparison-{one.pk}.sqlite")
    try:
        with ExitStack() as open_books, Progress(job_of(one.pk), sum(view.conversation.length for view in views)) as progress:
            given = [(view.label, open_books.enter_context(book_of(view.conversation.reading)), view.conversation.number) for view in views]
            merge_books(path, given, tell=steps(progress))
        sha256 = ""
        sources = [(view.conversation.reading.exhibit.code, view.conversation.file) for view in views]
        books = [f"{view.label} / {view.conversation.reading.book_sha256}" for view in views]
        parameters = {"comparison": one.pk, "what": "comparison", "views": books}
        for code in dict.fromkeys(code for code, _ in sources):
            files = tuple(dict.fromkeys(file for of, file in sources if of == code and file))
            sha256, _ = acts.derive(
                store(), code, pieces(path), name=f"comparison-{one.pk}.sqlite", by=written(one.by), sources=files, parameters=parameters,
                is_disclosable=None,
            )  # fmt: skip
        return sha256
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
