"""One note: marked, read, corrected, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from andon.console.doors import actor_of
from andon.console.evidence.conversations import notes
from andon.console.evidence.conversations.actions import notes as acts
from andon.console.evidence.conversations.doors import seen_page
from andon.console.evidence.conversations.models import NAME_LENGTH, TEXT_LENGTH
from andon.console.evidence.conversations.views.common import may_work, problem, values, whole, yes_no
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.evidence.conversations.models import Conversation, Note

_NOWHERE = 1 << 62


@require_POST
@seen_page("conversation", Right.CASE_WORK)
def mark(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Mark a message or a range; the note as values, or one sentence."""
    given = request.POST
    first = whole(given.get("first"), _NOWHERE)
    last = whole(given.get("last"), _NOWHERE)
    try:
        made = acts.mark(actor_of(request), conversation.pk, first, last, given.get("text", ""), is_disclosable=yes_no(given.get("disclosable")))
    except Refused as error:
        if error.data.get("reason") in ("right", "not_fresh"):
            raise
        return problem(error)
    except Conflict as error:
        return problem(error, 409)
    return values(notes.value(notes.read(made), made.position, made.end_position))


@require_GET
@seen_page("note", event="conversations.note_opened")
def note(request: HttpRequest, note: Note) -> HttpResponse:
    """One note with everything that was said of it."""
    read = notes.read(note)
    may = may_work(actor_of(request).person, note.exhibit.case) and read.withdrawn is None
    about = {"read": read, "note": note, "case": note.exhibit.case, "may_change": may, "most": TEXT_LENGTH, "most_why": NAME_LENGTH}
    return render(request, "conversations/note.html", about)


@require_POST
@seen_page("note", Right.CASE_WORK)
def correct(request: HttpRequest, note: Note) -> HttpResponse:
    """Put a correction beside it."""
    given = request.POST
    acts.correct(actor_of(request), note.pk, given.get("text", ""), is_disclosable=yes_no(given.get("disclosable")), why=given.get("why", ""))
    messages.success(request, say("conversations.done.corrected", language()))
    return redirect("conversations:note", note.pk)


@require_POST
@seen_page("note", Right.CASE_WORK)
def withdraw(request: HttpRequest, note: Note) -> HttpResponse:
    """Say that it no longer holds."""
    acts.withdraw(actor_of(request), note.pk, request.POST.get("why", ""))
    messages.success(request, say("conversations.done.withdrawn", language()))
    return redirect("conversations:note", note.pk)
