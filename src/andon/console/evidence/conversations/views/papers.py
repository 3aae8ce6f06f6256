"""Transcripts: ordered, waited for, fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from andon.console import gate
from andon.console.doors import actor_of
from andon.console.evidence.conversations import jobs, printing
from andon.console.evidence.conversations.actions.papers import MOST_ON_PAPER, order
from andon.console.evidence.conversations.books import book_of, path_of
from andon.console.evidence.conversations.doors import seen_page
from andon.console.evidence.conversations.finding import day_of
from andon.console.evidence.conversations.models import State, Transcript
from andon.console.evidence.conversations.views.common import may_keep, whole, yes_no
from andon.console.evidence.exhibits import mirror
from andon.console.frame.templatetags.desk import language
from andon.domain.errors import Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.evidence.conversations.models import Conversation

_TYPES = {
    "html": "text/html; charset=utf-8", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@seen_page("conversation", event="conversations.transcript_opened")
def transcript(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Which stretch, in which form; and those that were made before."""
    exhibit, problem = conversation.reading.exhibit, ""
    if request.method == "POST":
        try:
            made = _ordered(request, conversation)
        except Refused as error:
            if error.data.get("reason") == "right":
                raise
            problem = say_error(error, language())
        else:
            messages.success(request, say("conversations.done.transcript", language()))
            return redirect("conversations:paper", made.pk)
    person = actor_of(request).person
    about = {
        "conversation": conversation, "exhibit": exhibit, "case": exhibit.case, "problem": problem, "forms": Transcript.Form.values,
        "first": whole(request.GET.get("first"), 1), "last": whole(request.GET.get("last"), conversation.length), "most": MOST_ON_PAPER,
        "may_keep": may_keep(person, exhibit.case), "is_sealed": mirror.is_sealed(exhibit), "language": language(),
        "transcripts": conversation.transcripts.select_related("by"), "given": request.POST,
    }  # fmt: skip
    return render(request, "conversations/transcript.html", about, status=422 if problem else 200)


def _ordered(request: HttpRequest, conversation: Conversation) -> Transcript:
    given = request.POST
    first, last = whole(given.get("first"), 1) - 1, whole(given.get("last"), conversation.length) - 1
    if given.get("by") == "time":
        first, last = _between(conversation, given.get("since", ""), given.get("until", ""))
    return order(
        actor_of(request), conversation.pk, given.get("form", ""), first, last, is_disclosable=yes_no(given.get("disclosable")),
        language=given.get("language", "ja"),
    )  # fmt: skip


def _between(conversation: Conversation, since: str, until: str) -> tuple[int, int]:
    """Positions of a stretch of time; an end that is not given is open."""
    begin, end = day_of(since), day_of(until)
    with book_of(conversation.reading) as book:
        first = book.position_at(conversation.number, begin) if begin else 0
        last = book.position_at(conversation.number, end) - 1 if end else conversation.length - 1
    return first, last


@require_GET
@seen_page("transcript", event="conversations.transcript_shown")
def paper(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """How far it is, and the way to fetch it."""
    exhibit = transcript.conversation.reading.exhibit
    about = {"one": transcript, "case": exhibit.case, "exhibit": exhibit, "problem": jobs.problem_words(transcript.problem)}
    return render(request, "conversations/paper.html", about)


@require_GET
@seen_page("transcript")
def progress(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """For a page that asks from time to time."""
    answer = render(request, "conversations/_waiting.html", {"one": transcript})
    if transcript.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_GET
@seen_page("transcript")
def download(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """The file, as it lies in the store. Always saved, never shown in the desk's own pages."""
    if transcript.state != State.DONE:
        raise Http404
    facts = {"sha256": transcript.sha256, "bytes": transcript.size_bytes}
    gate.saw(actor_of(request), "conversations.downloaded", f"transcript:{transcript.pk}", facts)
    file = path_of(transcript.sha256).open("rb")
    answer = FileResponse(file, as_attachment=True, filename=printing.name_of(transcript), content_type=_TYPES[transcript.form])
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return cast("HttpResponse", answer)  # streamed; every view here promises the plain kind
