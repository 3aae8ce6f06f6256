"""Consent, the chain of contacts, who is out, welfare checks and calls for help. Officers by code only; what was done is only added to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from andon.console.casework.models import Case
from andon.console.undercover.authority.models import NOTE_LENGTH, Plan
from andon.console.undercover.safety import codes

CODE_LENGTH = 10
_Names = models.JSONField[list[str], list[str]]


def _person(**more: Any) -> models.ForeignKey[Any, Any]:  # noqa: ANN401 - a field's options
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Briefing(models.Model):
    """That an officer was told of the risks: which, by whom, when. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="briefings")
    officer = models.CharField(max_length=CODE_LENGTH)
    risks: _Names = models.JSONField(default=list)
    text = models.CharField(max_length=NOTE_LENGTH)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]


class Consent(models.Model):
    """That an officer consented after a briefing, or withdrew. The last one counts. Added, never changed. Who signed in stands nowhere here."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consents")
    officer = models.CharField(max_length=CODE_LENGTH)
    briefing = models.ForeignKey(Briefing, null=True, on_delete=models.PROTECT, related_name="consents")
    what = models.CharField(max_length=10, choices=codes.What.choices)
    paper = models.CharField(max_length=100, blank=True)  # number of the signed paper, where the officer did not sign in
    at = models.DateTimeField()

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "officer", "-id"], name="safety_consent_last")]


class ChainLink(models.Model):
    """Somebody who is told when something is wrong, in order. The telephone number is sealed. Taken out, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="chain")
    position = models.PositiveSmallIntegerField()
    post = models.CharField(max_length=12, choices=codes.Post.choices)
    officer = models.CharField(max_length=CODE_LENGTH, blank=True)  # of another officer: the code, and no person
    person = _person(null=True)  # who is told at the desk; none: by telephone only
    phone = models.TextField(blank=True)  # sealed
    by = _person()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """In order."""

        ordering: ClassVar[list[str]] = ["position", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "removed_at", "position"], name="safety_chain_order")]


class Outing(models.Model):
    """That an officer is out at a meeting, as planned, until somebody writes down that they are back."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outings")
    officer = models.CharField(max_length=CODE_LENGTH)
    meeting = models.PositiveBigIntegerField()  # its number where meetings are planned
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # cancelled, or the plan was over before

    class Meta:
        """Once for each officer and meeting; found by who is not back."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["meeting", "officer"], name="safety_outing_once")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["back_at", "dropped_at", "starts_at"], name="safety_outing_open")]


class WelfareCheck(models.Model):
    """That somebody asks at a time whether an officer is well. Nobody answered in time: the chain is told, one after the other."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="welfare_checks")
    officer = models.CharField(max_length=CODE_LENGTH)
    origin = models.CharField(max_length=8, choices=codes.Origin.choices)
    meeting = models.PositiveBigIntegerField(null=True)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)  # answered, reached or dropped
    told = models.PositiveSmallIntegerField(default=0)  # how many of the chain were told
    told_at = models.DateTimeField(null=True)

    class Meta:
        """By what is due."""

        ordering: ClassVar[list[str]] = ["due_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["done_at", "due_at"], name="safety_check_due"),
            models.Index(fields=["plan", "due_at"], name="safety_check_plan"),
        ]


class CheckEvent(models.Model):
    """What became of a welfare check. Added, never changed."""

    check_of = models.ForeignKey(WelfareCheck, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=codes.CheckStep.choices)
    told = models.PositiveSmallIntegerField(default=0)  # the how-manieth of the chain
    is_late = models.BooleanField(default=False)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]


class Alarm(models.Model):
    """A call for help. Whoever pressed it cannot take it back; the coordinator writes down how it ended. The stop stays until a new approval."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="alarms")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alarms")
    officer = models.CharField(max_length=CODE_LENGTH, blank=True)  # empty: somebody of the plan, not known which
    presser = models.CharField(max_length=64)  # keyed hash of who pressed: they do not resolve it
    at = models.DateTimeField()
    stopped = models.BooleanField()  # the plan was being carried out and is suspended by this
    told = models.PositiveSmallIntegerField(default=0)  # people at the desk
    taken_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first; one that goes on for a plan at a time."""

        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan"], condition=models.Q(resolved_at=None), name="safety_alarm_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["resolved_at", "taken_at", "told_at"], name="safety_alarm_waits")]


class AlarmEvent(models.Model):
    """What became of a call for help. Added, never changed. `by` is empty for who pressed: that stands in the trail alone."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=14, choices=codes.AlarmStep.choices)
    resolution = models.CharField(max_length=12, choices=codes.Resolution.choices, blank=True)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    told = models.PositiveSmallIntegerField(default=0)
    by = _person(null=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]
