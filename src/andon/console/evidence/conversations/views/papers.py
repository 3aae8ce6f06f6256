"""Transcripts of a conversation or of a comparison: ordered, waited for, fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from andon.console import gate
from andon.console.doors import actor_of
from andon.console.evidence.conversations import jobs, printing
from andon.console.evidence.conversations.actions.papers import MOST_ON_PAPER, order, order_merged
from andon.console.evidence.conversations.books import book_of, merged_of, path_of
from andon.console.evidence.conversations.doors import seen_page
from andon.console.evidence.conversations.finding import day_of
from andon.console.evidence.conversations.listed_papers import listed, with_exhibits
from andon.console.evidence.conversations.models import Conversation, State, Transcript
from andon.console.evidence.conversations.views.common import may_keep, whole, yes_no
from andon.console.evidence.exhibits import mirror
from andon.console.frame.templatetags.desk import language
from andon.domain.errors import Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Comparison, MergedTranscript

_TYPES = {
    "html": "text/html; charset=utf-8", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_ONLY = 1  # number of the one conversation of a comparison's book


@require_http_methods(["GET", "POST"])
@seen_page("conversation", event="conversations.transcript_opened")
def transcript(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Which stretch of a conversation, in which form; and those that were made before."""
    exhibit = conversation.reading.exhibit
    made = [listed(one) for one in conversation.transcripts.select_related("conversation__reading__exhibit", "by")]
    about = {"of": conversation, "title": conversation.title or conversation.key, "is_sealed": mirror.is_sealed(exhibit), "transcripts": made}
    return _form(request, conversation, exhibit.case, about)


@require_http_methods(["GET", "POST"])
@seen_page("comparison", event="conversations.transcript_opened")
def merged_transcript(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """The same of a comparison: several phones' views as one. Raises Http404 for one that is not done."""
    if comparison.state != State.DONE:
        raise Http404
    views = list(comparison.views.select_related("conversation__reading__exhibit"))
    made = [listed(one) for one in with_exhibits(comparison.transcripts.all())]
    sealed = list(dict.fromkeys(one.code for one in (view.conversation.reading.exhibit for view in views) if mirror.is_sealed(one)))
    about = {"of": comparison, "title": comparison.title or str(comparison.pk), "phones": views, "is_sealed": sealed, "transcripts": made}
    return _form(request, comparison, comparison.case, about)


def _form(request: HttpRequest, of: Conversation | Comparison, case: Case, about: dict[str, Any]) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            made = _ordered(request, of)
        except Refused as error:
            if error.data.get("reason") == "right":
                raise
            problem = say_error(error, language())
        else:
            messages.success(request, say("conversations.done.transcript", language()))
            return redirect(listed(made).url)
    about |= {
        "case": case, "problem": problem, "forms": Transcript.Form.values, "given": request.POST, "most": MOST_ON_PAPER, "language": language(),
        "first": whole(request.GET.get("first"), 1), "last": whole(request.GET.get("last"), of.length),
        "may_keep": may_keep(actor_of(request).person, case), "is_merged": not isinstance(of, Conversation),
    }  # fmt: skip
    return render(request, "conversations/transcript.html", about, status=422 if problem else 200)


def _ordered(request: HttpRequest, of: Conversation | Comparison) -> Transcript | MergedTranscript:
    given = request.POST
    first, last = whole(given.get("first"), 1) - 1, whole(given.get("last"), of.length) - 1
    if given.get("by") == "time":
        first, last = _between(of, day_of(given.get("since", "")), day_of(given.get("until", "")))
    said: dict[str, Any] = {"is_disclosable": yes_no(given.get("disclosable")), "language": given.get("language", "ja")}
    put = order if isinstance(of, Conversation) else order_merged
    return put(actor_of(request), of.pk, given.get("form", ""), first, last, **said)


def _between(of: Conversation | Comparison, begin: datetime | None, end: datetime | None) -> tuple[int, int]:
    """Positions of a stretch of time; an end that is not given is open."""
    number = of.number if isinstance(of, Conversation) else _ONLY
    with book_of(of.reading) if isinstance(of, Conversation) else merged_of(of) as book:
        first = book.position_at(number, begin) if begin else 0
        last = book.position_at(number, end) - 1 if end else of.length - 1
    return first, last


@require_GET
@seen_page("transcript", event="conversations.transcript_shown")
def paper(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """How far it is, and the way to fetch it."""
    return _paper(request, transcript, transcript.conversation.reading.exhibit.case)


@require_GET
@seen_page("merged_transcript", event="conversations.transcript_shown")
def merged_paper(request: HttpRequest, merged_transcript: MergedTranscript) -> HttpResponse:
    """The same of a comparison's."""
    return _paper(request, merged_transcript, merged_transcript.comparison.case)


def _paper(request: HttpRequest, row: Transcript | MergedTranscript, case: Case) -> HttpResponse:
    return render(request, "conversations/paper.html", {"paper": listed(row), "one": row, "case": case, "problem": jobs.problem_words(row.problem)})


@require_GET
@seen_page("transcript")
def progress(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """For a page that asks from time to time."""
    return _progress(request, transcript)


@require_GET
@seen_page("merged_transcript")
def merged_progress(request: HttpRequest, merged_transcript: MergedTranscript) -> HttpResponse:
    """The same of a comparison's."""
    return _progress(request, merged_transcript)


def _progress(request: HttpRequest, row: Transcript | MergedTranscript) -> HttpResponse:
    answer = render(request, "conversations/_waiting.html", {"one": row, "done": listed(row).done})
    if row.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_GET
@seen_page("transcript")
def download(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """The file, as it lies in the store. Always saved, never shown in the desk's own pages."""
    return _download(request, transcript, f"transcript:{transcript.pk}")


@require_GET
@seen_page("merged_transcript")
def merged_download(request: HttpRequest, merged_transcript: MergedTranscript) -> HttpResponse:
    """The same of a comparison's."""
    return _download(request, merged_transcript, f"merged_transcript:{merged_transcript.pk}")


def _download(request: HttpRequest, row: Transcript | MergedTranscript, subject: str) -> HttpResponse:
    if row.state != State.DONE:
        raise Http404
    gate.saw(actor_of(request), "conversations.downloaded", subject, {"sha256": row.sha256, "bytes": row.size_bytes})
    answer = FileResponse(path_of(row.sha256).open("rb"), as_attachment=True, filename=printing.name_of(row), content_type=_TYPES[row.form])
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return cast("HttpResponse", answer)  # streamed; every view here promises the plain kind
