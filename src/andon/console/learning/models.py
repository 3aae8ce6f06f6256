"""Fittings that made candidate models, promotions that put them to use, the bank of false alarms, and what decisions say of signals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import Campaign, ModelVersion
from andon.console.review.models import Decision

if TYPE_CHECKING:
    from datetime import datetime

LOST_AFTER = timedelta(minutes=40)
WAITING_FOR = timedelta(days=1)
SILENT_FOR = timedelta(minutes=15)  # no stage of a fitting takes as long: the worker that had it is gone


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
    corpus = models.CharField(max_length=1000, blank=True)  # folder of the base corpus that was asked for; empty: where it is looked for
    step = models.CharField(max_length=40, blank=True)  # code of what it is doing now
    share_done = models.FloatField(default=0.0)
    heard_at = models.DateTimeField(default=timezone.now)  # when the worker last said how far it is
    rows: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)  # training rows by origin
    comparison: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)  # beside the model in use
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)  # code and data of what went wrong
    against = models.ForeignKey(ModelVersion, null=True, on_delete=models.PROTECT, related_name="+")  # the model it was compared with
    candidate = models.ForeignKey(ModelVersion, null=True, on_delete=models.PROTECT, related_name="fittings")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-id"]

    def is_open(self, now: datetime) -> bool:
        """Whether it waits or runs. One that was silent for long was left behind by a worker that is gone; one that waits may wait for a scan."""
        longest = {self.State.WAITING: WAITING_FOR, self.State.RUNNING: SILENT_FOR}.get(self.State(self.state))
        return longest is not None and now - self.heard_at < longest


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


class SignalFigure(models.Model):
    """What standing decisions say of a signal: in how many settled campaigns it fired, by what people said of them. Counted in the background."""

    signal = models.CharField(max_length=60, unique=True)
    recruitment = models.PositiveIntegerField(default=0)  # campaigns
    benign = models.PositiveIntegerField(default=0)
    recruitment_posts = models.PositiveIntegerField(default=0)
    benign_posts = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)  # all stored posts it fired in
    examples: models.JSONField[list[int], list[int]] = models.JSONField(default=list)  # the latest of them, by id


class SignalCount(models.Model):
    """When the figures of signals were last asked for and last counted. One row."""

    asked_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    posts = models.PositiveIntegerField(default=0)
    campaigns = models.PositiveIntegerField(default=0)

    def is_due(self, now: datetime) -> bool:
        """Whether a count was asked for and is still to come. One that was asked for long ago has been lost with its worker."""
        return (self.counted_at is None or self.counted_at < self.asked_at) and now - self.asked_at < LOST_AFTER
