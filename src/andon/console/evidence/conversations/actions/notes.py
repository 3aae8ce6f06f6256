"""Verbs of notes: a message or a range is marked; a note is corrected or withdrawn, beside. Nothing that was written is ever changed."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.casework.actions.common import worked_on
from andon.console.evidence.conversations import visible
from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.models import KEY_LENGTH, NAME_LENGTH, TEXT_LENGTH, Note, NoteChange
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.evidence.conversations.models import Conversation
    from andon.evidence.chats.model import Message

MOST_MARKED = 100_000  # messages of a range


@verb("conversations.marked", Right.CASE_WORK)
def mark(
    actor: Actor, conversation_id: int, first: int, last: int, text: str, *, is_disclosable: bool | None, now: datetime | None = None
) -> Done[Note]:  # fmt: skip
    """Mark the messages from position `first` to `last`, and say whether the note may be disclosed: that must be said when it is born.

    Raises Refused without that word, for who does not work on the case and for positions that are none; Conflict for a case that is not open.
    """
    now = now or timezone.now()
    conversation = _known(actor, conversation_id)
    worked_on(actor, conversation.reading.exhibit.case_id, now=now)
    if is_disclosable is None:
        raise Refused(reason="conversations_disclosable")
    if not 0 <= first <= last < conversation.length or last - first >= MOST_MARKED:
        raise Refused(reason="conversations_range")
    with book_of(conversation.reading) as book:
        begin = book.rows(conversation.number, first, 1)[0].message
        end = begin if last == first else book.rows(conversation.number, last, 1)[0].message
    made = Note.objects.create(
        exhibit=conversation.reading.exhibit, conversation=conversation, key=conversation.key, position=first, end_position=last,
        message_id=_id(begin), place=_place(begin), place_sha256=begin.place.sha256, sent_at=begin.sent_at, end_message_id=_id(end),
        end_place_sha256=end.place.sha256, text=text.strip()[:TEXT_LENGTH], is_disclosable=is_disclosable, by=actor.person, at=now,
    )  # fmt: skip
    facts = {
        "case": conversation.reading.exhibit.case_id, "conversation": conversation.pk, "first": first, "last": last, "record": made.place_sha256,
        "text_sha256": _hash(made.text), "disclosable": is_disclosable,
    }  # fmt: skip
    return Done(made, f"note:{made.pk}", facts)


@verb("conversations.note_corrected", Right.CASE_WORK)
def correct(
    actor: Actor, note_id: int, text: str, *, is_disclosable: bool | None, why: str, now: datetime | None = None
) -> Done[NoteChange]:  # fmt: skip
    """Say what a note should read, and whether it may be disclosed. Raises as `mark` does, and Conflict for one that was withdrawn."""
    if is_disclosable is None:
        raise Refused(reason="conversations_disclosable")
    return _changed(actor, note_id, NoteChange.What.CORRECTED, text, why, is_disclosable, now)


@verb("conversations.note_withdrawn", Right.CASE_WORK)
def withdraw(actor: Actor, note_id: int, why: str, *, now: datetime | None = None) -> Done[NoteChange]:
    """Say that a note no longer holds. Once."""
    return _changed(actor, note_id, NoteChange.What.WITHDRAWN, "", why, None, now)


def _changed(actor: Actor, note_id: int, what: str, text: str, why: str, is_disclosable: bool | None, now: datetime | None) -> Done[NoteChange]:  # noqa: FBT001 - as stored
    now = now or timezone.now()
    note = Note.objects.select_for_update(of=("self",)).filter(pk__in=visible.notes(actor.person), pk=note_id).select_related("exhibit").first()
    if note is None:
        raise Refused(reason="conversations_note_unknown", name=f"note:{note_id}")
    worked_on(actor, note.exhibit.case_id, now=now)
    if note.changes.filter(what=NoteChange.What.WITHDRAWN).exists():
        raise Conflict(reason="conversations_note_withdrawn", name=f"note:{note_id}")
    if not why.strip():
        raise Refused(reason="conversations_why")
    made = NoteChange.objects.create(
        note=note, what=what, text=text.strip()[:TEXT_LENGTH], is_disclosable=is_disclosable, why=why.strip()[:NAME_LENGTH], by=actor.person, at=now
    )
    facts: dict[str, Any] = {"case": note.exhibit.case_id, "change": made.pk, "text_sha256": _hash(made.text)}
    return Done(made, f"note:{note_id}", facts | ({} if is_disclosable is None else {"disclosable": is_disclosable}))


def _known(actor: Actor, conversation_id: int) -> Conversation:
    found = visible.conversations(actor.person).select_related("reading__exhibit").filter(pk=conversation_id).first()
    if found is None:
        raise Refused(reason="conversations_unknown", name=f"conversation:{conversation_id}")
    return found


def _place(message: Message) -> dict[str, Any]:
    return {name: value for name, value in asdict(message.place).items() if name != "sha256"}


def _id(message: Message) -> str:
    return message.id.replace("\0", "").encode("utf-8", "replace").decode()[:KEY_LENGTH]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
