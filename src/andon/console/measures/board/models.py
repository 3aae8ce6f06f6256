"""Many measures of one decision, made in parts; and how often a person wants their notices by mail."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import Campaign


class Batch(models.Model):
    """One press of a button: measures for some campaigns. `sends`: they are approved in the same go, by who pressed it."""

    class State(models.TextChoices):
        """How far it is."""

        RUNNING = "running"
        DONE = "done"
        UNDONE = "undone"

    token = models.CharField(max_length=40, unique=True)  # of the page that was seen: a second press makes no second batch
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sends = models.BooleanField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    campaigns = models.ManyToManyField(Campaign, related_name="+")

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["by", "-at"], name="batch_by"),
            models.Index(fields=["state", "id"], name="batch_state"),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Part(models.Model):
    """A chunk of a batch: one kind of measure for a few campaigns, done whole or not at all."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20)
    campaigns: models.JSONField[list[int], list[int]] = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)  # id and url of each
    approved = models.PositiveIntegerField(default=0)
    outgoing: models.JSONField[list[int], list[int]] = models.JSONField(default=list)  # what it put into the outbox
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)  # code and data

    class Meta:
        """In order."""

        ordering: ClassVar[list[str]] = ["pk"]


class Digest(models.Model):
    """How often a person gets what they have not read by mail."""

    class Every(models.TextChoices):
        """How often."""

        NEVER = "never"
        DAY = "day"
        WEEK = "week"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest")
    every = models.CharField(max_length=5, choices=Every.choices, default=Every.NEVER)
    last_at = models.DateTimeField(null=True)
