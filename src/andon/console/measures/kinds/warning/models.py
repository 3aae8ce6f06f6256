"""Wordings, accounts, and the warnings that were drafted, posted and taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import Campaign, Post
from andon.console.review.models import Decision
from andon.console.staff.models import Unit

_PERSON = settings.AUTH_USER_MODEL


class Wording(models.Model):
    """A text that may be posted, once a person has reviewed it. Its words are never changed: another wording takes its place.

    `text` has places for who warns: {unit}, {verify}. `made_by` is empty for those that andon brings along; they wait for a review like any other.
    """

    class Purpose(models.TextChoices):
        """What it is posted for."""

        WARNING = "warning"
        APOLOGY = "apology"

    class State(models.TextChoices):
        """Whether it may be used."""

        PROPOSED = "proposed"
        REVIEWED = "reviewed"
        RETIRED = "retired"

    title = models.CharField(max_length=80)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.WARNING)
    language = models.CharField(max_length=2, choices=[("ja", "日本語"), ("en", "English")], default="ja")
    text = models.TextField(max_length=1000)
    picture = models.CharField(max_length=64, blank=True)  # key of its file
    picture_type = models.CharField(max_length=20, blank=True)
    alt = models.CharField(max_length=1000, blank=True)  # what the picture shows and says
    shipped = models.SlugField(max_length=40, blank=True)  # name of one that andon brings along
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    made_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """A shipped one once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["shipped"], condition=~models.Q(shipped=""), name="wording_shipped_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Account(models.Model):
    """An account of a unit that warns. It posts nothing until a person switched it to live, and its badge was looked at (W9)."""

    class Badge(models.TextChoices):
        """How people can tell that the account is ours."""

        NONE = "none"
        SERVICE = "service"  # the service shows a mark for public bodies
        LISTED = "listed"  # a page of ours names the account
        BOTH = "both"

    service = models.CharField(max_length=10)  # of `services.SERVICES`, or "copy": a person posts
    server = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=60)  # as it stands in the text: "○○県警察"
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    token = models.TextField(blank=True)  # sealed
    verify_url = models.CharField(max_length=300, blank=True)  # the page that names the account
    badge = models.CharField(max_length=8, choices=Badge.choices, default=Badge.NONE)
    badge_note = models.CharField(max_length=300, blank=True)
    badge_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    badge_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=200, blank=True)  # what the service calls it, when it was last asked
    remote_badge = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True)
    is_live = models.BooleanField(default=False)
    switched_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    switched_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The same account once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "server", "handle"], name="warning_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service}:{self.handle}"


class Batch(models.Model):
    """Warnings of one campaign that were drafted together, by one account with one wording."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")  # that stood then
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class WarningReply(models.Model):
    """One warning under one post. Over all units of the installation a post (`target_key`) has one, unless it never went out."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFTED = "drafted"
        APPROVED = "approved"  # waits in the outbox
        SENT = "sent"
        DRY = "dry"  # its account is not live: everything was done but the posting
        UNSURE = "unsure"
        FAILED = "failed"
        CANCELLED = "cancelled"
        WITHDRAWING = "withdrawing"
        WITHDRAWN = "withdrawn"

    FREE = (State.FAILED, State.CANCELLED, State.DRY)  # nothing stands under the post

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="warnings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    target_key = models.CharField(max_length=500)
    target = models.CharField(max_length=1000)  # as a reply names it
    text = models.TextField(max_length=3000)
    reading = models.CharField(max_length=64)  # names the post's words with every number as one: posts with the same are read at once
    needs_look = models.BooleanField(default=False)  # words that may be of somebody seeking help, of a minor, of no recruiter
    state = models.CharField(max_length=11, choices=State.choices, default=State.DRAFTED)
    problem = models.CharField(max_length=60, blank=True)
    round = models.PositiveSmallIntegerField(default=0)  # how many times it was approved: names it in the outbox
    approved_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=500, blank=True)
    apology = models.TextField(max_length=3000, blank=True)
    withdrawn_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One that stands, or may yet, for each post."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["target_key"], condition=~models.Q(state__in=["failed", "cancelled", "dry"]), name="warning_one_for_each_post"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-id"], name="warning_state"),
            models.Index(fields=["target_key"], name="warning_target"),
        ]

    def __str__(self) -> str:
        return f"warning {self.pk}"


class WarningEvent(models.Model):
    """What happened to a warning, and who did it. Added, never changed (see the second migration)."""

    warning = models.ForeignKey(WarningReply, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=20)
    by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")  # empty: the worker
    at = models.DateTimeField(default=timezone.now)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        """In order."""

        ordering: ClassVar[list[str]] = ["pk"]
