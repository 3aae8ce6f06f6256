"""Who may read which conversations: those of the cases that they see, by way of the exhibits. Every page, window and download starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Max, OuterRef, Subquery
from django.http import Http404

from andon.console.casework.visible import cases
from andon.console.evidence.conversations.models import Comparison, Conversation, MergedTranscript, Note, Reading, State, Transcript
from andon.console.evidence.exhibits import visible as exhibits_visible

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

Row = TypeVar("Row", Conversation, Reading, Comparison, Transcript, MergedTranscript, Note)


def readings(person: Person) -> QuerySet[Reading]:
    """Readings of the exhibits that the person sees."""
    return Reading.objects.filter(exhibit__in=exhibits_visible.exhibits(person))


def conversations(person: Person) -> QuerySet[Conversation]:
    """Conversations of all readings that the person sees."""
    return Conversation.objects.filter(reading__exhibit__in=exhibits_visible.exhibits(person), reading__state=State.DONE)


def comparisons(person: Person) -> QuerySet[Comparison]:
    """Comparisons of the cases that the person sees."""
    return Comparison.objects.filter(case__in=cases(person))


def current(case: Case) -> QuerySet[Conversation]:
    """The conversations of a (visible) case: of each exhibit those of its latest reading that is done."""
    return Conversation.objects.filter(reading__in=latest(case)).select_related("reading__exhibit")


def latest(case: Case) -> QuerySet[Reading]:
    """Of each exhibit of the case the latest reading that is done."""
    done = Reading.objects.filter(exhibit=OuterRef("exhibit"), state=State.DONE).order_by().values("exhibit")
    newest = done.annotate(newest=Max("number")).values("newest")
    return Reading.objects.filter(exhibit__case=case, state=State.DONE, number=Subquery(newest)).select_related("exhibit")


def conversation_or_404(person: Person, pk: int) -> Conversation:
    """The conversation. Raises Http404 for one that is not there and for one that the person may not know of, alike."""
    return _or_404(conversations(person).select_related("reading__exhibit__case"), pk)


def reading_or_404(person: Person, pk: int) -> Reading:
    """The reading, likewise."""
    return _or_404(readings(person).select_related("exhibit__case", "by"), pk)


def comparison_or_404(person: Person, pk: int) -> Comparison:
    """The comparison, likewise: who may not see one of its exhibits does not see it."""
    return _or_404(comparisons(person).select_related("case", "by"), pk)


def transcript_or_404(person: Person, pk: int) -> Transcript:
    """The transcript, likewise."""
    found = Transcript.objects.filter(conversation__reading__exhibit__in=exhibits_visible.exhibits(person))
    return _or_404(found.select_related("conversation__reading__exhibit__case", "by"), pk)


def merged_transcript_or_404(person: Person, pk: int) -> MergedTranscript:
    """The transcript of a comparison, likewise."""
    return _or_404(MergedTranscript.objects.filter(comparison__in=comparisons(person)).select_related("comparison__case", "by"), pk)


def notes(person: Person) -> QuerySet[Note]:
    """Notes on what the person sees."""
    return Note.objects.filter(exhibit__in=exhibits_visible.exhibits(person))


def _or_404(found: QuerySet[Row], pk: int) -> Row:
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def note_or_404(person: Person, pk: int) -> Note:
    """The note, likewise."""
    return _or_404(notes(person).select_related("exhibit__case", "conversation", "by"), pk)
