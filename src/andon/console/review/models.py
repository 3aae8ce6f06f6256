"""Decisions as records, and who has which card in hand."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import KIND_LENGTH, Campaign, ModelVersion


class Decision(models.Model):
    """One person's word on one campaign as it stood. Added, never changed; withdrawn by another decision that names it (see the first migration).

    It covers the campaign's members at that time (`posts` of them, named together by `members_sha256`: the SHA-256 of their ids, sorted, one a line)
    and, as long as it stands, those that join later.
    """

    class Verdict(models.TextChoices):
        """What was said."""

        RECRUITMENT = "recruitment"
        NOT = "not"
        ESCALATED = "escalated"
        WITHDRAWN = "withdrawn"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    kind = models.CharField(max_length=KIND_LENGTH, blank=True)  # with recruitment
    reason = models.CharField(max_length=40, blank=True)  # code: why not, or why escalated
    note = models.CharField(max_length=1000, blank=True)
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawn_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")  # in use at that time
    score = models.FloatField()
    level = models.PositiveSmallIntegerField()
    posts = models.PositiveIntegerField()
    members_sha256 = models.CharField(max_length=64)
    seconds = models.FloatField(null=True)  # the card was open for so long

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "-id"], name="decision_campaign"),
            models.Index(fields=["by", "-at"], name="decision_by"),
            models.Index(fields=["-at"], name="decision_at"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Lease(models.Model):
    """A campaign in one person's hand until a time: nobody else decides it before."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="lease")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
