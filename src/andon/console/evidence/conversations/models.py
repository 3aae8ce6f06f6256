"""What was read in exhibits, as the desk lists it; the messages themselves stand in books (`books.py`), one file for each reading.

Readings and what is made of them are ended once and otherwise never change; conversations, people and notes are only added to. An exhibit may be read
again (with another zone, by a later version of the program): that is another reading, the older one stays.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from andon.console.casework.models import Case
from andon.console.evidence.exhibits.models import Exhibit
from andon.evidence.chats import talk_words

TEXT_LENGTH = 4000
NAME_LENGTH = 200
KEY_LENGTH = 400
_Counts = models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]
_Facts = models.JSONField[dict[str, Any], dict[str, Any]]


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class State(models.TextChoices):
    """How far work of the background worker has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Reading(models.Model):
    """An exhibit read once: with which zone, by which version, what went in and what came out."""

    State = State

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()  # within the exhibit
    zone = models.CharField(max_length=60, default="Asia/Tokyo")  # for times that carry none
    by = _person()
    at = models.DateTimeField()  # ordered
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    problem: _Facts = models.JSONField(default=dict)  # code and data of an error
    book_sha256 = models.CharField(max_length=64, blank=True)
    book_bytes = models.BigIntegerField(default=0)
    counts: _Counts = models.JSONField(default=list)  # one for each file that was read
    findings: _Facts = models.JSONField(default=dict)  # how many of each code
    unread = models.PositiveIntegerField(default=0)  # files that no reader knows
    messages = models.BigIntegerField(default=0)
    conversation_count = models.PositiveIntegerField(default=0)
    gaps = models.PositiveIntegerField(default=0)
    tool: _Facts = models.JSONField(default=dict)  # name and version

    class Meta:
        """Numbered within the exhibit."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["exhibit", "number"], name="reading_number")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "at"], name="reading_state"),
            models.Index(fields=["exhibit", "state", "-number"], name="reading_latest"),
        ]

    def __str__(self) -> str:
        return f"reading {self.exhibit_id}/{self.number}"

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state in (State.DONE, State.FAILED)

    @property
    def is_whole(self) -> bool:
        """Whether all that went in came out."""
        return all(one["records"] == sum(one[name] for name in COLUMNS) for one in self.counts)

    @property
    def totals(self) -> dict[str, int]:
        """The counts of all files together."""
        return {name: sum(one[name] for one in self.counts) for name in ("records", *COLUMNS)}


COLUMNS = ("messages", "deleted", "service", "unknown", "context", "rejected")


class Conversation(models.Model):
    """One conversation of a reading. `number` is the book's."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="conversations")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=KEY_LENGTH)
    app = models.CharField(max_length=40)
    title = models.CharField(max_length=NAME_LENGTH, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    length = models.BigIntegerField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    gaps = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=KEY_LENGTH, blank=True)  # where it stands in the exhibit
    zone_assumed = models.CharField(max_length=60, blank=True)

    class Meta:
        """Numbered within the reading."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["reading", "number"], name="conversation_number")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key"], name="conversation_key")]

    def __str__(self) -> str:
        return f"conversation {self.reading_id}/{self.number}"

    @property
    def app_name(self) -> str:
        """The app as people call it."""
        return talk_words.app_name(self.app)

    @property
    def kind_code(self) -> str:
        """Its kind as a word of ours; empty for one that is shown as its format writes it."""
        return talk_words.kind_code(self.kind)


class Participant(models.Model):
    """Somebody who takes part in one conversation, as the app names them."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="participants")
    key = models.CharField(max_length=KEY_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    is_owner = models.BooleanField(default=False)
    messages = models.BigIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        """Who said most first."""

        ordering: ClassVar[list[str]] = ["-messages", "id"]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class ParticipantHandle(models.Model):
    """A handle of a participant. An equal one elsewhere is a link, never an identification."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="handles")
    type = models.CharField(max_length=40)
    value = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        """Looked up by value."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["type", "value"], name="handle_value")]

    def __str__(self) -> str:
        return f"handle {self.pk}"


class Note(models.Model):
    """A mark on a message or a range, with what is said of it. Tied to the records' hashes: it is found again in every later reading."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="notes")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="notes")  # where it was made
    key = models.CharField(max_length=KEY_LENGTH)  # of the conversation, in every reading
    position = models.BigIntegerField()  # in that conversation, when it was made
    message_id = models.CharField(max_length=KEY_LENGTH)
    place: _Facts = models.JSONField(default=dict)  # file, offset, table
    place_sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)
    end_position = models.BigIntegerField()  # the same as `position` for one message
    end_message_id = models.CharField(max_length=KEY_LENGTH)
    end_place_sha256 = models.CharField(max_length=64)
    text = models.TextField(max_length=TEXT_LENGTH, blank=True)
    is_disclosable = models.BooleanField()
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["exhibit", "key"], name="note_conversation")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteChange(models.Model):
    """What was later said of a note: another text, another word on disclosure, or that it no longer holds. The note stays as it was written."""

    class What(models.TextChoices):
        """Which of them."""

        CORRECTED = "corrected"
        WITHDRAWN = "withdrawn"

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What.choices)
    text = models.TextField(max_length=TEXT_LENGTH, blank=True)  # what the note should say
    is_disclosable = models.BooleanField(null=True)
    why = models.CharField(max_length=NAME_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"change {self.pk}"


class Made(models.Model):
    """What the worker makes of conversations on somebody's word."""

    State = State

    by = _person()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    problem: _Facts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)

    class Meta:
        """Two tables, one for each kind."""

        abstract = True

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state in (State.DONE, State.FAILED)


class Comparison(Made):
    """Several phones' views of what may be one group, put together into one book."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comparisons")
    title = models.CharField(max_length=NAME_LENGTH, blank=True)
    length = models.BigIntegerField(default=0)
    differing = models.BigIntegerField(default=0)  # messages on which the phones differ
    places = models.BinaryField(default=b"")  # where those are (`places.py`)

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"comparison {self.pk}"


class ComparedView(models.Model):
    """One phone's view in a comparison. `label` names it for people."""

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="views")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="compared")
    label = models.CharField(max_length=60)

    class Meta:
        """In the order of choosing."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["comparison", "conversation"], name="compared_once"),
            models.UniqueConstraint(fields=["comparison", "label"], name="compared_label"),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"


class Paper(Made):
    """A stretch on paper: every line with its place. Kept in the store as an item derived from the exhibits that its lines stand in."""

    class Form(models.TextChoices):
        """Kinds of file."""

        HTML = "html"
        PDF = "pdf"
        DOCX = "docx"

    form = models.CharField(max_length=4, choices=Form.choices)
    language = models.CharField(max_length=2)
    first = models.BigIntegerField()  # positions, both included
    last = models.BigIntegerField()
    is_disclosable = models.BooleanField()

    class Meta(Made.Meta):
        """The latest first. Two tables, one for each kind."""

        abstract = True
        ordering: ClassVar[list[str]] = ["-id"]


class Transcript(Paper):
    """Of one conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="transcripts")

    def __str__(self) -> str:
        return f"transcript {self.pk}"


class MergedTranscript(Paper):
    """Of a comparison: several phones' views of one group as one, the differences in words. Derived from each of the exhibits."""

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="transcripts")

    def __str__(self) -> str:
        return f"merged transcript {self.pk}"
