"""The register of values (as keyed hashes), the checks that were made, planned meetings, and conflicts with what became of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from andon.console.casework.models import Case
from andon.console.holds.models import Hold
from andon.console.staff.models import Unit
from andon.console.undercover.authority.models import NOTE_LENGTH, Plan
from andon.console.undercover.deconfliction.codes import How, Kind, Origin, Role, State, What

AREA_LENGTH = 40
_Codes = models.JSONField[list[str], list[str]]


def _person(**more: Any) -> models.ForeignKey[Any, Any]:  # noqa: ANN401 - a field's options
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Check(models.Model):
    """That somebody checked: for which case, on what ground, how many values. Never which. Added, never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deconfliction_checks")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="deconfliction_checks")
    by = _person()
    at = models.DateTimeField()
    ground = models.CharField(max_length=NOTE_LENGTH)
    by_hand = models.BooleanField()  # otherwise a plan's values were registered
    values = models.PositiveSmallIntegerField()
    conflicts = models.PositiveSmallIntegerField()

    class Meta:
        """Counted by person and day; the latest first."""

        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["by", "at"], name="decon_check_by"),
            models.Index(fields=["case", "-id"], name="decon_check_case"),
        ]


class Meeting(models.Model):
    """A planned meeting. Others see its area and hours on the board, and whom to call; the place is sealed and shown to its case alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="meetings")
    officers: _Codes = models.JSONField(default=list)  # by code ("K-7")
    prefecture = models.CharField(max_length=10)
    municipality = models.CharField(max_length=AREA_LENGTH)
    place = models.TextField(blank=True)  # sealed
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = _person()
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        """On the board by time."""

        ordering: ClassVar[list[str]] = ["starts_at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["cancelled_at", "starts_at"], name="decon_meeting_board")]


class Watch(models.Model):
    """A value that a case has in the register: its keyed hash, and what was typed under seal for the case itself. Only its end is ever written."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="watches")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="watches")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="watches")
    role = models.CharField(max_length=8, choices=Role.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64)
    sealed = models.TextField()
    starts_at = models.DateTimeField(null=True)  # of a place
    ends_at = models.DateTimeField(null=True)
    by = _person()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)  # of one that was checked by hand
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by hash."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["digest", "ended_at"], name="decon_watch_digest"),
            models.Index(fields=["case", "ended_at"], name="decon_watch_case"),
            models.Index(fields=["plan", "ended_at"], name="decon_watch_plan"),
        ]


class Clash(models.Model):
    """A conflict between two sides. Its address is a code that counts nothing."""

    code = models.CharField(max_length=16, unique=True)
    pair = models.CharField(max_length=64, unique=True)  # keyed hash of both sides and the value: found once
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    is_disputed = models.BooleanField(default=False)  # a talk no longer deals with it: an agreement or an order does
    at = models.DateTimeField()

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"clash {self.code}"


class Side(models.Model):
    """One of the two sides: a case, a hold, or a warning or removal that is due. Added, never changed."""

    clash = models.ForeignKey(Clash, on_delete=models.PROTECT, related_name="sides")
    number = models.PositiveSmallIntegerField()  # 1: who found it
    origin = models.CharField(max_length=8, choices=Origin.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="clash_sides")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="clash_sides")
    watch = models.ForeignKey(Watch, null=True, on_delete=models.PROTECT, related_name="+")
    hold = models.ForeignKey(Hold, null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=40, blank=True)  # "warning:3": a batch of warnings; "removal:4": a request
    asked = _person(null=True)  # of a measure: who drafted it

    class Meta:
        """Two of them."""

        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clash", "number"], name="decon_side_once"),
            models.CheckConstraint(condition=Q(number__in=(1, 2)), name="decon_two_sides"),
        ]


class Step(models.Model):
    """What became of a conflict, and by which side. Added, never changed."""

    clash = models.ForeignKey(Clash, on_delete=models.PROTECT, related_name="steps")
    side = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What.choices)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)  # as its own words go to the other side
    talked_to = models.CharField(max_length=60, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]


class Opening(models.Model):
    """That one side may see what the other has, and nothing more: on what ground, by whom. Added, never changed."""

    clash = models.ForeignKey(Clash, on_delete=models.PROTECT, related_name="openings")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="openings")  # whose content it is; the other side reads it
    how = models.CharField(max_length=10, choices=How.choices)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """Once for each side."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["clash", "side"], name="decon_opening_once")]
