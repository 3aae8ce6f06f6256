"""Pages of one conversation, reading, comparison or transcript: who may not know of its case is told that there is no such page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404

from andon.console import gate
from andon.console.casework.visible import inspects
from andon.console.doors import actor_of, page
from andon.console.evidence.conversations import visible
from andon.console.evidence.conversations.models import Comparison, Conversation, MergedTranscript, Note, Reading, Transcript
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.visible import exhibit_or_404
from andon.console.staff.models import Person
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Kind:
    """What an address names: its table, how a person gets one, and by which column its case is found."""

    model: type[Model]
    find: Callable[[Person, int], Any]
    case: str


KINDS = {
    "conversation": Kind(Conversation, visible.conversation_or_404, "reading__exhibit__case"),
    "reading": Kind(Reading, visible.reading_or_404, "exhibit__case"),
    "comparison": Kind(Comparison, visible.comparison_or_404, "case"),
    "transcript": Kind(Transcript, visible.transcript_or_404, "conversation__reading__exhibit__case"),
    "merged_transcript": Kind(MergedTranscript, visible.merged_transcript_or_404, "comparison__case"),
    "note": Kind(Note, visible.note_or_404, "exhibit__case"),
    "exhibit": Kind(Exhibit, exhibit_or_404, "case"),
}


def seen_page(kind: str, right: Right = Right.CASE_READ, *, event: str = "") -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view of (request, row, …) one of an address with `<int:KIND_id>`.

    It asks for `right` (an inspector reads what belongs to the cases of his sample without it), answers 404 for what the person may not know of, and
    keeps a GET in the trail as `event`; windows of a page that was opened say none.
    """

    def bind(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def inner(request: HttpRequest, /, pk: int, **more: int) -> HttpResponse:
            actor = actor_of(request)
            try:
                row = KINDS[kind].find(actor.person, pk)
            except Http404:
                gate.saw(actor, "conversations.missed", f"{kind}:{pk}", {"page": view.__name__})
                raise
            if event and request.method in _READING:
                gate.saw(actor, event, f"{kind}:{pk}")
            return view(request, row, **more)

        by_right, by_sample = page(right)(inner), page(Right.INSPECT)(inner)

        @wraps(view)
        def through(request: HttpRequest, **places: int) -> HttpResponse:
            pk = places.pop(f"{kind}_id")
            return (by_sample if _sampled(request, kind, pk) else by_right)(request, pk, **places)

        return through

    return bind


def _sampled(request: HttpRequest, kind: str, pk: int) -> bool:
    """Whether an inspector reads something of a case of his sample."""
    person = request.user
    if request.method not in _READING or not isinstance(person, Person) or not person.may(Right.INSPECT):
        return False
    found = KINDS[kind].model._default_manager.filter(pk=pk).values_list(KINDS[kind].case, flat=True).first()  # noqa: SLF001 - Django's own way
    return found is not None and inspects(person, int(found))
