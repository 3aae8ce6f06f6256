"""Holds: a flag that stops warnings and removals, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from andon.console.holds.targets import KEY_LENGTH, Target, TargetKind
from andon.console.staff.models import Unit

if TYPE_CHECKING:
    from datetime import datetime

NOTE_LENGTH = 1000


class Hold(models.Model):
    """A unit asks that nothing be done to a target. It holds until a person lifts it: past `until` it is expired, holds on, and asks for a decision.

    `reason` and `note` are for the unit alone (`queries.may_read_reason`); everybody else is told `unit`, `ask` and `until`.
    """

    class Reason(models.TextChoices):
        """Why."""

        INVESTIGATION = "investigation"
        UNDERCOVER = "undercover"
        EVIDENCE = "evidence"
        REQUEST = "request"
        OTHER = "other"

    target_kind = models.CharField(max_length=10, choices=TargetKind.choices)
    target_key = models.CharField(max_length=KEY_LENGTH)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="holds")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ask = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")  # whom others ask
    placed_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    review_at = models.DateTimeField()  # when the unit wants to look at it again, at the latest on its last day
    reminded_at = models.DateTimeField(null=True)  # when its unit was last told that it asks for a decision
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A unit holds a target once at a time; found by target, and by unit."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["target_kind", "target_key", "unit"], condition=Q(lifted_at__isnull=True), name="hold_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "lifted_at", "until"], name="hold_unit")]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def target(self) -> Target:
        """What it is on."""
        return Target(self.target_kind, self.target_key)

    def is_expired(self, now: datetime) -> bool:
        """Whether its time is over and nobody has said what is to become of it."""
        return self.lifted_at is None and self.until <= now

    def is_up_for_review(self, now: datetime) -> bool:
        """Whether the unit should look at it: its review day has come, or its time is over."""
        return self.lifted_at is None and min(self.review_at, self.until) <= now


class HoldEvent(models.Model):
    """What happened to a hold: placed, prolonged, lifted, by whom and why. Added, never changed (see the second migration)."""

    class What(models.TextChoices):
        """What happened."""

        PLACED = "placed"
        PROLONGED = "prolonged"
        LIFTED = "lifted"

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.what} {self.hold_id}"
