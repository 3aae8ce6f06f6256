"""Several phones side by side: chosen, made by the worker, read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from andon.console.casework.doors import case_page
from andon.console.doors import actor_of
from andon.console.evidence.conversations import finding, jobs, lists, places, together, visible
from andon.console.evidence.conversations.actions.comparing import LEAST, MOST
from andon.console.evidence.conversations.actions.comparing import compare as put_together
from andon.console.evidence.conversations.books import book_of, merged_of
from andon.console.evidence.conversations.comparing import job_of
from andon.console.evidence.conversations.doors import seen_page
from andon.console.evidence.conversations.models import State
from andon.console.evidence.conversations.views.common import keep_search, values, whole
from andon.console.evidence.exhibits.progress import progress_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Comparison
    from andon.evidence.books.merged import MergedBook
    from andon.evidence.books.model import MergedRow

MOST_ROWS = 400


@case_page(Right.CASE_WORK)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, case: Case) -> HttpResponse:
    """Choose two to four conversations; the worker puts them together."""
    if request.method == "POST":
        chosen = [whole(one) for one in request.POST.getlist("conversation")][: MOST + 1]
        made = put_together(actor_of(request), case.pk, chosen, title=request.POST.get("title", ""))
        messages.success(request, say("conversations.done.compare", language()))
        return redirect("conversations:comparison", made.pk)
    asked = {whole(one) for one in request.GET.getlist("conversation")}
    every = list(visible.current(case).order_by("reading__exhibit__code", "-length")[:1000])
    about = {"case": case, "suggested": lists.suggested(case), "conversations": every, "asked": asked, "least": LEAST, "most": MOST}
    return render(request, "conversations/compare.html", about)


@require_GET
@seen_page("comparison", event="conversations.comparison_opened")
def comparison(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """The page."""
    views = list(comparison.views.select_related("conversation__reading__exhibit"))
    about = {"comparison": comparison, "case": comparison.case, "views": views, "problem": jobs.problem_words(comparison.problem)}
    about["done"] = progress_of(job_of(comparison.pk))
    if comparison.state != State.DONE:
        return render(request, "conversations/comparison_waiting.html", about)
    with merged_of(comparison) as book:
        labels = [view.label for view in book.views()]
    by_label = {view.label: view for view in views}
    return render(request, "conversations/comparison.html", about | {"ordered": [by_label[label] for label in labels if label in by_label]})


@require_GET
@seen_page("comparison")
def progress(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """For a page that asks from time to time."""
    answer = render(request, "conversations/_waiting.html", {"one": comparison, "done": progress_of(job_of(comparison.pk))})
    if comparison.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_GET
@seen_page("comparison")
def rows(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """A window of rows; with `only` among those on which the phones differ."""
    start, count = whole(request.GET.get("start")), min(whole(request.GET.get("count"), 100), MOST_ROWS)
    with _book(comparison) as book:
        drawer = together.Together.of(book, language(), finding.Wanted.read(request.GET).form)
        if "only" in request.GET:
            found = list(_some(book, places.unpacked(comparison.places)[start : start + count].tolist()))
        else:
            found = book.rows(1, start, count)
        return values({"start": start, "rows": drawer.rows(found)})


def _some(book: MergedBook, wanted: list[int]) -> Iterator[MergedRow]:
    """Rows of these positions; neighbours are fetched together."""
    for _, run in groupby(enumerate(wanted), key=lambda item: item[1] - item[0]):
        together_ = [position for _, position in run]
        yield from book.rows(1, together_[0], len(together_))


@require_GET
@seen_page("comparison")
def surroundings(request: HttpRequest, comparison: Comparison) -> HttpResponse:  # noqa: ARG001 - a view
    """Days, gaps, places of differences."""
    with _book(comparison) as book:
        return values(together.outline(book, places.unpacked(comparison.places), language()))


@require_GET
@seen_page("comparison")
def find(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """What holds the words on any phone."""
    wanted = finding.Wanted.read(request.GET)
    after = whole(request.GET["after"]) if "after" in request.GET else None
    if not wanted.form:
        return values({"total": 0, "hits": [], "after": None, "positions": []})
    with _book(comparison) as book:
        found = finding.find(book, 1, wanted, next(iter(together.names_of(book, language()).values()), {}), after, language())
    if after is None:
        keep_search(actor_of(request), f"comparison:{comparison.pk}", wanted.facts() | {"hits": found["total"]})
    return values(found)


@require_GET
@seen_page("comparison")
def moment(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """The position of the first message at or after a time in Japan."""
    at = finding.day_of(request.GET.get("when", ""))
    if at is None:
        raise Http404
    with _book(comparison) as book:
        return values({"position": min(book.position_at(1, at), max(0, comparison.length - 1))})


@require_GET
@seen_page("comparison")
def on_phone(request: HttpRequest, comparison: Comparison, view_id: int, position: int) -> HttpResponse:  # noqa: ARG001 - a view
    """To the message as one phone has it."""
    view = comparison.views.select_related("conversation__reading__exhibit").filter(pk=view_id).first()
    with _book(comparison) as book:
        found = book.rows(1, position, 1) if position < comparison.length else []
    one = found[0].sightings.get(view.label) if view is not None and found else None
    if view is None or one is None:
        raise Http404
    with book_of(view.conversation.reading) as book:
        at = book.position_of(view.conversation.number, one.id)
    return redirect(f"{reverse('conversations:read', args=[view.conversation_id])}?at={at or 0}#lit")


def _book(comparison: Comparison) -> MergedBook:
    if comparison.state != State.DONE:
        raise Http404
    return merged_of(comparison)
