"""What a book tells, as rows of the desk: the reading's counts, its conversations, who takes part, their handles."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.evidence.conversations.models import KEY_LENGTH, NAME_LENGTH, Conversation, Participant, ParticipantHandle, State
from andon.evidence.custody.tool import tool

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.evidence.conversations.models import Reading
    from andon.evidence.books.model import BookTalk
    from andon.evidence.books.read import Book
    from andon.evidence.chats.model import Counts
    from andon.evidence.chats.model import Participant as Speaker

_BATCH = 500
Spoken = tuple["Speaker", int, "datetime | None", "datetime | None"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is kept of a book in the tables. Made before the transaction: a large book takes a moment."""

    sha256: str
    size: int
    counts: tuple[Counts, ...]
    findings: dict[str, int]
    unread: int
    talks: list[tuple[BookTalk, list[Spoken]]]


def gathered(book: Book, sha256: str, size: int, unread: int) -> Gathered:
    """Read it."""
    findings: dict[str, int] = {}
    for one in book.findings():
        findings[one.code] = findings.get(one.code, 0) + 1
    talks = [(talk, list(book.people(talk.number))) for talk in book.conversations()]
    return Gathered(sha256, size, tuple(book.counts()), findings, unread, talks)


def keep(reading: Reading, found: Gathered) -> None:
    """Write the rows and end the reading. A plain function, called by the verb."""
    reading.book_sha256, reading.book_bytes, reading.unread = found.sha256, found.size, found.unread
    reading.counts, reading.findings = [asdict(one) for one in found.counts], found.findings
    reading.messages = sum(talk.length for talk, _ in found.talks)
    reading.conversation_count, reading.gaps = len(found.talks), sum(talk.gaps for talk, _ in found.talks)
    reading.tool, reading.state, reading.ended_at = tool(), State.DONE, timezone.now()
    made = Conversation.objects.bulk_create([_conversation(reading, talk, len(people)) for talk, people in found.talks], batch_size=_BATCH)
    people = [(spoken[0], _participant(one, spoken)) for one, (_, everybody) in zip(made, found.talks, strict=True) for spoken in everybody]
    Participant.objects.bulk_create([row for _, row in people], batch_size=_BATCH)
    handles = [
        ParticipantHandle(participant=row, type=kind[:40], value=_plain(value)[:KEY_LENGTH])
        for speaker, row in people
        for kind, value in dict.fromkeys(speaker.handles)
        if value
    ]
    ParticipantHandle.objects.bulk_create(handles, batch_size=_BATCH)
    reading.save()


def _conversation(reading: Reading, talk: BookTalk, people: int) -> Conversation:
    said = talk.conversation
    return Conversation(
        reading=reading, number=talk.number, key=_plain(said.key)[:KEY_LENGTH], app=_plain(said.app)[:40], title=_plain(said.title)[:NAME_LENGTH],
        kind=_plain(said.kind)[:60], length=talk.length, first_at=talk.first_at, last_at=talk.last_at, gaps=talk.gaps, findings=talk.findings,
        people=people, file=_plain(said.place.file if said.place else "")[:KEY_LENGTH],
        zone_assumed=_plain(said.facts.get("zone_assumed") or "")[:60],
    )  # fmt: skip


def _participant(conversation: Conversation, spoken: Spoken) -> Participant:
    who, messages, first, last = spoken
    return Participant(
        conversation=conversation, key=_plain(who.key)[:KEY_LENGTH], name=_plain(who.name)[:NAME_LENGTH], is_owner=who.is_owner, messages=messages,
        first_at=first, last_at=last,
    )  # fmt: skip


def _plain(text: Any) -> str:  # noqa: ANN401 - what a file gave
    """Without what no database takes: zeros, halves of characters."""
    return str(text).replace("\0", "").encode("utf-8", "replace").decode()
