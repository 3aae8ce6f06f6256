"""Fittings that made candidate models, promotions that put them to use, and the bank of wordings that were false alarms."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import Campaign, ModelVersion
from andon.console.review.models import Decision


class Fitting(models.Model):
    """One run of learning: decisions up to a moment in, a candidate model with its comparison out."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=40, blank=True)  # code of what it is doing now
    share_done = models.FloatField(default=0.0)
    rows: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)  # training rows by origin
    comparison: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)  # beside the model in use
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    candidate = models.OneToOneField(ModelVersion, null=True, on_delete=models.PROTECT, related_name="fitting")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-id"]


class Promotion(models.Model):
    """A person put a model to use (or went back to an earlier one). Added, never changed; the last one holds."""

    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="promotions")
    before = models.ForeignKey(ModelVersion, null=True, on_delete=models.PROTECT, related_name="+")
    is_rollback = models.BooleanField(default=False)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class BenignWording(models.Model):
    """A wording that people said is not recruitment: campaigns near it are shown as such and come later in the queue. Leaves with its decision."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="benign_wording")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    wording_sha256 = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
