"""The reader of one conversation: its page, and the values that its module asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.doors import actor_of
from andon.console.evidence.conversations import finding, records
from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.doors import seen_page
from andon.console.evidence.conversations.models import Conversation
from andon.console.evidence.conversations.outline import named, outline, speakers
from andon.console.evidence.conversations.shown import Shower, asked_badges, finding_sentence, message_value
from andon.console.evidence.conversations.views.common import keep_search, may_keep, may_work, values, whole
from andon.console.evidence.exhibits import mirror
from andon.console.frame.templatetags.desk import language
from andon.evidence.chats.model import Kind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.evidence.books.model import BookRow
    from andon.evidence.books.read import Book

MOST_ROWS = 400
_SPEAKERS = 200
_FINDINGS = 50
_DAY_LETTERS = 10


@require_GET
@seen_page("conversation", event="conversations.opened")
def read(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """The page."""
    person, exhibit = actor_of(request).person, conversation.reading.exhibit
    with book_of(conversation.reading) as book:
        names = speakers(book, conversation.number, language())
        people, talk = named(book, conversation.number, names, _SPEAKERS), book.conversation(conversation.number)
        findings = book.findings(conversation.number) if conversation.findings else []
    later = exhibit.readings.filter(state="done", number__gt=conversation.reading.number).order_by("-number").first()
    again = Conversation.objects.filter(reading=later, key=conversation.key).first() if later else None
    decided = talk.conversation.facts.get("date_order")
    about = {
        "conversation": conversation, "reading": conversation.reading, "exhibit": exhibit, "case": exhibit.case, "people": people,
        "more_people": max(0, len(names) - _SPEAKERS), "may_mark": may_work(person, exhibit.case), "may_keep": may_keep(person, exhibit.case),
        "is_sealed": mirror.is_sealed(exhibit), "later": later, "again": again, "kinds": [kind.value for kind in Kind],
        "findings": [(finding_sentence(one.code, language(), **one.facts), one.place) for one in findings[:_FINDINGS]],
        "date_order": str(decided).partition(":")[::2] if decided else None,
    }  # fmt: skip
    return render(request, "conversations/read.html", about)


@require_GET
@seen_page("conversation")
def rows(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """A window of rows."""
    start = min(whole(request.GET.get("start")), conversation.length)
    count = min(whole(request.GET.get("count"), 100), MOST_ROWS)
    form = finding.Wanted.read(request.GET).form
    with book_of(conversation.reading) as book:
        found = book.rows(conversation.number, max(0, start - 1), count + (start > 0))
        before, found = (found[0], found[1:]) if start > 0 and found else (None, found)
        shower = Shower(conversation, book, language(), speakers(book, conversation.number, language()), form, _badges(request, conversation, found))
        return values({"start": start, "rows": shower.rows(found, before)})


def _badges(request: HttpRequest, conversation: Conversation, found: list[BookRow]) -> Any:  # noqa: ANN401 - position → badges
    return asked_badges(conversation, [row.position for row in found], actor_of(request).person)


@require_GET
@seen_page("conversation")
def surroundings(request: HttpRequest, conversation: Conversation) -> HttpResponse:  # noqa: ARG001 - a view
    """Days, gaps, timers, notes."""
    with book_of(conversation.reading) as book:
        return values(outline(conversation, book, language()))


@require_GET
@seen_page("conversation")
def find(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """What holds the words."""
    wanted = finding.Wanted.read(request.GET)
    after = whole(request.GET["after"]) if "after" in request.GET else None
    if not wanted.form:
        return values({"total": 0, "hits": [], "after": None, "positions": []})
    with book_of(conversation.reading) as book:
        found = finding.find(book, conversation.number, wanted, speakers(book, conversation.number, language()), after, language())
    if after is None:
        keep_search(actor_of(request), f"conversation:{conversation.pk}", wanted.facts() | {"hits": found["total"]})
    return values(found)


@require_GET
@seen_page("conversation")
def moment(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """The position of the first message at or after a time in Japan."""
    at = finding.day_of(request.GET.get("when", ""))
    if at is None:
        raise Http404
    with book_of(conversation.reading) as book:
        return values({"position": min(book.position_at(conversation.number, at), conversation.length - 1)})


@require_GET
@seen_page("conversation")
def record(request: HttpRequest, conversation: Conversation, position: int) -> HttpResponse:
    """Where a message comes from, and the bytes it was read from. Kept in the trail: a record is looked at one by one."""
    with book_of(conversation.reading) as book:
        row = _row(book, conversation, position)
        names = speakers(book, conversation.number, language())
    exhibit, message = conversation.reading.exhibit, row.message
    facts = {"position": position, "record": message.place.sha256}
    gate.saw(actor_of(request), "conversations.record_shown", f"conversation:{conversation.pk}", facts)
    files = [(one, _held(conversation, message.place.file, one.path)) for one in message.attachments]
    about = {
        "message": message, "value": message_value(message, language(), names), "position": position, "conversation": conversation,
        "exhibit": exhibit, "record": records.record_at(exhibit, message.place), "files": files, "facts": sorted(message.facts.items()),
    }  # fmt: skip
    return render(request, "conversations/_record.html", about)


@require_GET
@seen_page("conversation", event="conversations.picture_shown")
def picture(request: HttpRequest, conversation: Conversation, position: int, number: int) -> HttpResponse:  # noqa: ARG001 - a view
    """A picture that the exhibit holds: bytes of a known kind of picture or nothing, in a sandbox of its own."""
    with book_of(conversation.reading) as book:
        message = _row(book, conversation, position).message
    if number >= len(message.attachments):
        raise Http404
    held = _held(conversation, message.place.file, message.attachments[number].path, with_content=True)
    if held is None or not held.content:
        raise Http404
    answer = HttpResponse(held.content, content_type=held.media_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(held.sha256[:16])}"
    return answer


def _held(conversation: Conversation, file: str, path: str, *, with_content: bool = False) -> records.Held | None:
    if not path:
        return None
    exhibit = conversation.reading.exhibit
    found = (records.held_file(exhibit, name, with_content=with_content) for name in records.beside(file, path, exhibit))
    return next((one for one in found if one is not None), None)


def _row(book: Book, conversation: Conversation, position: int) -> BookRow:
    if position >= conversation.length:
        raise Http404
    return book.rows(conversation.number, position, 1)[0]
