"""The log of contacts and what follows from it. Every table here is only added to: what was written stays, what was wrong is corrected beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from andon.console.casework.models import Case
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.undercover.authority.codes import Offence
from andon.console.undercover.authority.models import NOTE_LENGTH, TEXT_LENGTH, Plan
from andon.console.undercover.contactlog.codes import OTHER_OFFENCE, Channel, Direction, Form, Judgement, Result, Stage, Tag, Warned

HANDLE_LENGTH = 200
_Names = models.JSONField[list[str], list[str]]
_Answers = models.JSONField[dict[str, bool], dict[str, bool]]


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class LogEntry(models.Model):
    """One contact, as it was written down. `outside` and `beyond` say in what it was not permitted; then it stands in the errors register, too."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="log")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="log")  # none: nothing covered it
    number = models.PositiveIntegerField()  # within the case
    happened_at = models.DateTimeField()
    logged_at = models.DateTimeField()  # by the clock of the desk
    by = _person()  # who wrote it down
    officer = models.CharField(max_length=10)  # who made the contact, by code
    channel = models.CharField(max_length=12, choices=Channel.choices)
    own = models.CharField(max_length=HANDLE_LENGTH, blank=True)  # own account, as a key ("telegram:taro")
    other = models.CharField(max_length=HANDLE_LENGTH, blank=True)  # the other's, likewise
    known_as = models.CharField(max_length=HANDLE_LENGTH, blank=True)  # the plan's handle of the same person, where `other` is new
    direction = models.CharField(max_length=4, choices=Direction.choices)
    tag = models.CharField(max_length=10, choices=Tag.choices, blank=True)  # of outgoing ones
    words = models.TextField(max_length=TEXT_LENGTH, blank=True)  # verbatim
    exhibit = models.CharField(max_length=HANDLE_LENGTH, blank=True)  # or where it is kept ("capture:12")
    sha256 = models.CharField(max_length=64)  # of words and exhibit, as in the trail
    purpose = models.CharField(max_length=NOTE_LENGTH, blank=True)
    result = models.CharField(max_length=NOTE_LENGTH, blank=True)
    asks_id = models.BooleanField(default=False)  # incoming: papers were demanded (U11)
    is_late = models.BooleanField(default=False)
    outside = models.CharField(max_length=20, blank=True)  # a code of authority.reason.*
    beyond: _Names = models.JSONField(default=list)  # codes of `Beyond`

    class Meta:
        """Numbered within the case; listed by time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "number"], name="log_number")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-happened_at"], name="log_case"),
            models.Index(fields=["plan", "-happened_at"], name="log_plan"),
            models.Index(fields=["other"], name="log_other"),
        ]

    def __str__(self) -> str:
        return f"log {self.case_id}/{self.number}"

    @property
    def is_permitted(self) -> bool:
        """Whether authority and plan covered it."""
        return not self.outside and not self.beyond

    @property
    def is_ours(self) -> bool:
        """Whether an officer acted: a message that came in is nobody's error."""
        return self.direction != Direction.IN


class Correction(models.Model):
    """What a field of an entry should say, and why. The entry stays as it was; the last correction of a field is read beside it."""

    class Field(models.TextChoices):
        """What can be corrected. Whether it was permitted follows from the clock, not from a correction."""

        HAPPENED_AT = "happened_at"
        CHANNEL = "channel"
        OWN = "own"
        OTHER = "other"
        WORDS = "words"
        EXHIBIT = "exhibit"
        PURPOSE = "purpose"
        RESULT = "result"
        OFFICER = "officer"

    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=12, choices=Field.choices)
    text = models.TextField(max_length=TEXT_LENGTH)
    why = models.CharField(max_length=NOTE_LENGTH)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]


class RaisedWords(models.Model):
    """Words of an entry that the coordinator has to look at: a proposal by an officer (inducement), a sign of a stop rule in what came in."""

    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="raised")
    rule = models.CharField(max_length=20)  # of `inducement.RULES` or `signs.RULES`
    start = models.PositiveIntegerField()  # characters of `words`
    end = models.PositiveIntegerField()

    class Meta:
        """In the order of the text."""

        ordering: ClassVar[list[str]] = ["start", "id"]

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.entry.words[self.start : self.end]


class Acknowledgement(models.Model):
    """That the coordinator has read the raised words of an entry, and what he says of them. Once."""

    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="acknowledgement")
    judgement = models.CharField(max_length=10, choices=Judgement.choices)
    text = models.CharField(max_length=NOTE_LENGTH)
    by = _person()
    at = models.DateTimeField()


class Step(models.Model):
    """That a stage was reached, by which entry. A step written by mistake is taken back by another row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="steps")
    happened_at = models.DateTimeField()  # of the entry
    takes_back = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="taken_back")
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "stage"], name="step_case")]


class StopCheck(models.Model):
    """The stop rules as somebody answered them: at a stage (all of them), or by the stop button (one). One yes stops the operation."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="stop_checks")
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="stop_checks")
    entry = models.ForeignKey(LogEntry, null=True, on_delete=models.PROTECT, related_name="stop_checks")
    answers: _Answers = models.JSONField(default=dict)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]

    @property
    def grounds(self) -> list[str]:
        """The rules that were met."""
        return [ground for ground, met in self.answers.items() if met]


class VictimNotice(models.Model):
    """What was done for the intended victim once the instructions were known (U15). No name stands here."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="victim_notices")
    what = models.CharField(max_length=15, choices=Warned.choices)
    text = models.CharField(max_length=NOTE_LENGTH)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]


class Outcome(models.Model):
    """How an investigation ended. Written again when more is known: the last one counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outcomes")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    result = models.CharField(max_length=12, choices=Result.choices)
    happened_at = models.DateTimeField()
    harm_prevented = models.BooleanField(default=False)
    leads = models.CharField(max_length=NOTE_LENGTH, blank=True)  # for work upwards
    text = models.CharField(max_length=NOTE_LENGTH)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "-id"], name="outcome_case")]


class Arrest(models.Model):
    """People arrested, by offence: a number, never a name."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="arrests")
    offence = models.CharField(max_length=20, choices=[*Offence.choices, (OTHER_OFFENCE, OTHER_OFFENCE)])
    form = models.CharField(max_length=12, choices=Form.choices)
    people = models.PositiveSmallIntegerField()

    class Meta:
        """In the order of writing."""

        ordering: ClassVar[list[str]] = ["id"]


class OwnDevice(models.Model):
    """That an exhibit comes from the device of an officer of the plan, by code. Ended when it was named by mistake; otherwise never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="own_devices")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="own_devices")
    officer = models.CharField(max_length=10)
    by = _person()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """An exhibit is one officer's device at a time."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "exhibit"], condition=models.Q(ended_at__isnull=True), name="own_device_once"),
        ]

    def __str__(self) -> str:
        return f"own device {self.pk}"
