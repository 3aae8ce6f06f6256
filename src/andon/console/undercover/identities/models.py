"""Fictitious identities as issued, their documents, and where each document has been. No picture of a document, and nothing that could make one.

Of a document only where it stands changes, and that by a movement; everything else here is only added to, or ended once.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from andon.console.staff.models import Unit
from andon.console.undercover.authority.models import NOTE_LENGTH, Plan
from andon.console.undercover.identities.codes import BY_TWO, FROM_OUTSIDE, Face, Form, Kind, Looked, Moved, State, Step

NAME_LENGTH, ADDRESS_LENGTH, SERIAL_LENGTH, CODE_LENGTH = 100, 300, 60, 10
_Names = models.JSONField[list[str], list[str]]
_States = models.JSONField[dict[str, str], dict[str, str]]


def _person(**more: Any) -> models.ForeignKey[Any, Any]:  # noqa: ANN401 - a field's options
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Place(models.Model):
    """A place to keep documents: locked, and apart from the files of cases (U12, D2). Another kind of place cannot be entered."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    is_locked = models.BooleanField()
    is_apart = models.BooleanField()
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """Once in a unit; never one that is open or among case files."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "name"], name="place_once"),
            models.CheckConstraint(condition=Q(is_locked=True, is_apart=True), name="place_locked_and_apart"),
        ]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """An invented person, as the issuing authority made them up. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="identities")
    number = models.PositiveSmallIntegerField()  # within the plan
    name = models.CharField(max_length=NAME_LENGTH)
    reading = models.CharField(max_length=NAME_LENGTH, blank=True)
    born_on = models.DateField()
    address = models.CharField(max_length=ADDRESS_LENGTH)
    officer = models.CharField(max_length=CODE_LENGTH)  # who appears as this person, by code
    face = models.CharField(max_length=10, choices=Face.choices)
    face_note = models.CharField(max_length=NOTE_LENGTH, blank=True)  # by which technique, by whom
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """Numbered within the plan."""

        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["plan", "number"], name="identity_number")]

    def __str__(self) -> str:
        return f"F{self.number}"


class AddressCheck(models.Model):
    """A look for an invented address in the installation's list of dwellings. Added, never changed: the last one counts."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="checks")
    result = models.CharField(max_length=12, choices=Looked.choices)
    list_sha256 = models.CharField(max_length=64, blank=True)  # of the list that was looked into
    lines = models.PositiveIntegerField(default=0)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of looking."""

        ordering: ClassVar[list[str]] = ["id"]


class Document(models.Model):
    """A paper as it was received. Where it stands (`state` and the columns after it) follows its movements; nothing else of it ever changes."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="documents")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField()  # within the plan: the count that the plan limits
    kind = models.CharField(max_length=12, choices=Kind.choices)
    serial = models.CharField(max_length=SERIAL_LENGTH)
    serial_key = models.CharField(max_length=SERIAL_LENGTH)  # however it was typed
    image_sha256 = models.CharField(max_length=64)  # of its image, which is not kept here
    issued_by = models.CharField(max_length=NAME_LENGTH)
    by = _person()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="documents")
    officer = models.CharField(max_length=CODE_LENGTH, blank=True)  # of one that is out: with whom, by code
    due_at = models.DateTimeField(null=True)  # of one that is out: when it is back
    moved_at = models.DateTimeField()
    reconciled_at = models.DateTimeField(null=True)  # since it last moved

    class Meta:
        """One paper is in the register once, whatever the plan; numbered within its plan."""

        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="document_number"),
            models.UniqueConstraint(fields=["kind", "serial_key"], name="document_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_at"], name="document_state")]

    def __str__(self) -> str:
        return f"D{self.number}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do with it (D4)."""
        return self.reconciled_at is not None and self.state in (State.DESTROYED, State.LOST)


class Slip(models.Model):
    """What one person began and another has to end: a hand-out, a return, a reconciliation, a destruction. Ended once."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="slips")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="slips")  # none: all of the plan
    step = models.CharField(max_length=10, choices=Step.choices)
    officer = models.CharField(max_length=CODE_LENGTH, blank=True)
    due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = _person(null=True)
    is_confirmed = models.BooleanField(null=True)

    class Meta:
        """One waits at a time; nobody confirms what he began."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document"], condition=Q(ended_at__isnull=True), name="slip_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(ended_at__isnull=True, document__isnull=True), name="slip_plan_once"),
            models.CheckConstraint(condition=~Q(is_confirmed=True) | ~Q(ended_by=F("by")), name="slip_two_people"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "ended_at"], name="slip_plan")]


class Movement(models.Model):
    """A document changed hands or place, with both names. Added, never changed: the chain of a document is read here."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="movements")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=12, choices=Moved.choices)
    by = _person()
    second = _person(null=True)  # the other of the desk
    other = models.CharField(max_length=NAME_LENGTH, blank=True)  # or who is not at the desk: who brought it, who noticed, who found it
    officer = models.CharField(max_length=CODE_LENGTH, blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    slip = models.OneToOneField(Slip, null=True, on_delete=models.PROTECT, related_name="movement")
    at = models.DateTimeField()

    class Meta:
        """In order, no number twice; where it changes hands two names, and never one person as both."""

        ordering: ClassVar[list[str]] = ["document", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "number"], name="movement_number"),
            models.CheckConstraint(condition=Q(second__isnull=True) | ~Q(second=F("by")), name="movement_two_people"),
            models.CheckConstraint(condition=~Q(what__in=BY_TWO) | Q(second__isnull=False, slip__isnull=False), name="movement_two_names"),
            models.CheckConstraint(condition=~Q(what__in=FROM_OUTSIDE) | ~Q(other=""), name="movement_other_name"),
        ]


class Reconciliation(models.Model):
    """Two people looked at every document of a plan together. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reconciliations")
    slip = models.OneToOneField(Slip, on_delete=models.PROTECT, related_name="reconciliation")
    by = _person()
    second = _person()
    found: _States = models.JSONField(default=dict)  # state of each document, by its number
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of writing; by two people."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.CheckConstraint(condition=~Q(second=F("by")), name="reconciliation_two_people")]


class Showing(models.Model):
    """That a document was shown: to whom, by which contact, at whose request. Added, never changed; `wrongs` says in what it was not permitted.

    Contacts are entries of the log, by their numbers: the log stands above this app.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="showings")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="showings")
    form = models.CharField(max_length=10, choices=Form.choices)
    entry = models.PositiveBigIntegerField()  # the contact in which it was shown
    request = models.PositiveBigIntegerField(null=True)  # the message that asked for it
    recipient = models.CharField(max_length=200)  # a handle, as the log has it
    happened_at = models.DateTimeField()
    wrongs: _Names = models.JSONField(default=list)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """Once by one contact; an original is never permitted."""

        ordering: ClassVar[list[str]] = ["happened_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "entry"], name="showing_once"),
            models.CheckConstraint(condition=Q(form=Form.DATA) | ~Q(wrongs=[]), name="showing_original_is_wrong"),
        ]

    @property
    def is_permitted(self) -> bool:
        """Whether nothing about it was wrong."""
        return not self.wrongs


class Officer(models.Model):
    """Which person a code stands for, sealed: the person is in `token`, locked. Added, never changed: a code is one person's for good."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="officers")
    code = models.CharField(max_length=CODE_LENGTH)
    token = models.TextField()
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """Once for a plan."""

        ordering: ClassVar[list[str]] = ["plan", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["plan", "code"], name="officer_once")]

    def __str__(self) -> str:
        return self.code


class SealOpening(models.Model):
    """That a sealed record was opened: by whom, why. Added, never changed."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="openings")
    reason = models.CharField(max_length=NOTE_LENGTH)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-id"]


class Alarm(models.Model):
    """That people were told on a day of a document that should be back. Added, never changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="alarms")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        """Once a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["document", "day"], name="alarm_once_a_day")]
