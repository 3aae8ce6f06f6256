"""Notes as they are read: with what was said of them later, and where they lie in a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from andon.console.evidence.conversations.models import Note, NoteChange
from andon.console.evidence.conversations.shown import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Conversation
    from andon.evidence.books.read import Book


@dataclass(frozen=True, slots=True)
class Read:
    """A note with what stands now: the last correction's words, the last word on disclosure."""

    note: Note
    text: str
    is_disclosable: bool
    changes: tuple[NoteChange, ...]

    @property
    def withdrawn(self) -> NoteChange | None:
        """The word that it no longer holds."""
        return next((one for one in self.changes if one.what == NoteChange.What.WITHDRAWN), None)

    @property
    def corrections(self) -> list[NoteChange]:
        """The others."""
        return [one for one in self.changes if one.what == NoteChange.What.CORRECTED]


def read(note: Note) -> Read:
    """One note, its changes fetched beforehand or now."""
    changes = tuple(sorted(note.changes.all(), key=lambda one: one.pk))
    last = next((one for one in reversed(changes) if one.what == NoteChange.What.CORRECTED), None)
    if last is None or last.is_disclosable is None:
        return Read(note, note.text, note.is_disclosable, changes)
    return Read(note, last.text, last.is_disclosable, changes)


def of_case(case: Case) -> QuerySet[Note]:
    """The notes of a (visible) case, the latest first."""
    found = Note.objects.filter(exhibit__case=case).select_related("conversation__reading__exhibit", "by").prefetch_related("changes__by")
    return found.order_by("-pk")


def in_conversation(conversation: Conversation, book: Book) -> list[dict[str, Any]]:
    """The notes that lie in a conversation, also those made in another reading of the same exhibit: found again by message and record hash."""
    found = Note.objects.filter(exhibit=conversation.reading.exhibit_id, key=conversation.key).select_related("by").prefetch_related("changes")
    return [value(read(note), *place) for note in found if (place := placed(note, conversation, book)) is not None]


def placed(note: Note, conversation: Conversation, book: Book) -> tuple[int, int] | None:
    """First and last position of a note in this reading; None where its record is not."""
    if note.conversation_id == conversation.pk:
        return note.position, note.end_position
    first = _found(note.message_id, note.place_sha256, conversation, book)
    if first is None:
        return None
    last = first if note.end_position == note.position else _found(note.end_message_id, note.end_place_sha256, conversation, book)
    return first, max(first, last if last is not None else first)


def _found(message_id: str, sha256: str, conversation: Conversation, book: Book) -> int | None:
    at = book.position_of(conversation.number, message_id)
    return at if at is not None and book.rows(conversation.number, at, 1)[0].message.place.sha256 == sha256 else None


def value(one: Read, first: int, last: int) -> dict[str, Any]:
    """A note for the reader's module."""
    return {
        "p": first, "e": last, "text": one.text, "disclosable": one.is_disclosable, "withdrawn": one.withdrawn is not None, "by": one.note.by.name,
        "at": stamp(one.note.at)[:16], "when": stamp(one.note.sent_at)[:16], "url": reverse("conversations:note", args=[one.note.pk]),
    }  # fmt: skip


def all_read(notes: Iterable[Note]) -> list[Read]:
    """Several."""
    return [read(note) for note in notes]
