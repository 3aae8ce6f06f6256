"""Notes as they leave the desk: lines of the disclosure list (without their words), and the table that an officer takes into a report."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.models import Note
from andon.console.evidence.conversations.notes import read
from andon.console.evidence.conversations.outline import speakers
from andon.console.evidence.conversations.shown import author_name, clean, message_value, stamp
from andon.console.evidence.exhibits.hooks import Line
from andon.console.evidence.exhibits.people import written
from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Conversation
    from andon.console.evidence.conversations.notes import Read
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.evidence.books.read import Book

COLUMNS = (
    "number", "exhibit", "conversation", "app", "first", "last", "sent_at", "who", "messages", "note", "born", "now", "standing", "by", "at", "file",
    "place", "record", "changes",
)  # fmt: skip
_MOST_QUOTED = 50  # messages of a range that are written out


def disclosed(case: Case, exhibits: Sequence[Exhibit]) -> Iterator[Line]:
    """The notes of the case's exhibits as lines of the disclosure list, in the order of writing."""
    known = {one.pk: one for one in exhibits}
    found = Note.objects.filter(exhibit__in=known, exhibit__case=case).select_related("conversation", "by__unit").prefetch_related("changes")
    for note in found.order_by("pk"):
        one = read(note)
        change = one.changes[-1] if one.changes else None
        yield Line(  # without a hash: of a few words it would let somebody try what they are
            known[note.exhibit_id], "note", _name(note), "", len(one.text.encode()), note.at, written(note.by), "", note.is_disclosable,
            one.is_disclosable, change.why if change else "", reverse("conversations:note", args=[note.pk]), one.withdrawn is not None,
        )  # fmt: skip


def _name(note: Note) -> str:
    code = "conversations.note.named" if note.position == note.end_position else "conversations.note.named_range"
    title = note.conversation.title or note.conversation.key
    return say(code, language(), number=note.pk, title=title, first=note.position + 1, last=note.end_position + 1)


def table(notes: Sequence[Read], *, with_changes: bool) -> Iterator[list[str]]:
    """The notes as rows of `COLUMNS`, by exhibit, conversation and place; each with the messages it stands on and their record.

    Without `with_changes` nothing is told of what a note said before it was corrected: that may have been withheld.
    """
    by_place = sorted(notes, key=lambda one: (one.note.exhibit.code, one.note.conversation_id, one.note.position, one.note.pk))
    for conversation, some in groupby(by_place, key=lambda one: one.note.conversation):
        with book_of(conversation.reading) as book:
            names = speakers(book, conversation.number, language())
            for one in some:
                yield [*_row(one, conversation, book, names), _changes(one) if with_changes else ""]


def _row(one: Read, conversation: Conversation, book: Book, names: dict[str, tuple[str, int, bool]]) -> list[str]:
    note, many = one.note, one.note.end_position - one.note.position + 1
    rows = [row.message for row in book.rows(conversation.number, note.position, min(many, _MOST_QUOTED))]
    lines = [message_value(message, language(), names) for message in rows]
    told = [str(value["x"] or value.get("s") or "") for value in lines]
    people = list(dict.fromkeys(author_name(message, names) for message in rows))
    if many > 1:
        told = [f"[{stamp(message.sent_at) or '—'}] {author_name(message, names)}: {text}" for message, text in zip(rows, told, strict=True)]
    if many > len(rows):
        told.append(say("conversations.note.more_messages", language(), count=many - len(rows)))
    place = note.place
    where = f"{place.get('table')} #{place.get('offset')}" if place.get("table") else f"{place.get('offset')}+{place.get('length')}"
    return [
        str(note.pk), note.exhibit.code, conversation.title or conversation.key, conversation.app_name, str(note.position + 1),
        str(note.end_position + 1), stamp(note.sent_at), " / ".join(people), "\n".join(told), clean(one.text), _word(note.is_disclosable),
        _word(one.is_disclosable), _standing(one), written(note.by), stamp(note.at), str(place.get("file", "")), where, note.place_sha256,
    ]  # fmt: skip


def _word(is_disclosable: bool) -> str:  # noqa: FBT001 - as stored
    return say("conversations.disclosable" if is_disclosable else "conversations.not_disclosable", language())


def _standing(one: Read) -> str:
    if one.withdrawn:
        return say("conversations.withdrawn", language())
    return say("conversations.corrected", language()) if one.corrections else ""


def _changes(one: Read) -> str:
    """What was said of the note later, the words that it had first among them."""
    said = {change.what: say(f"conversations.note.what.{change.what}", language()) for change in one.changes}
    told = [f"{stamp(change.at)[:16]} {written(change.by)} {said[change.what]}: {change.why}" for change in one.changes]
    return "\n".join([*told, say("conversations.note.was", language(), text=one.note.text)] if one.corrections else told)
