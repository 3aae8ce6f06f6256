"""Receivers outside the desk, referrals to them or to units of the desk, and everything that happened to each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import Campaign, Post
from andon.console.staff.models import Unit


class Receiver(models.Model):
    """Somebody outside of this desk who takes cases over: the hotline, a partner hotline abroad, a prefecture's police."""

    class Kind(models.TextChoices):
        """What it is."""

        HOTLINE = "hotline"
        PARTNER = "partner"
        PREFECTURE = "prefecture"

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    country = models.CharField(max_length=2, default="JP")
    language = models.CharField(max_length=2, choices=[("ja", "日本語"), ("en", "English")], default="ja")
    email = models.EmailField(blank=True)  # empty: a person hands the packet over
    note = models.CharField(max_length=500, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        """By kind and name."""

        ordering: ClassVar[list[str]] = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """A campaign handed over by one unit, to another unit of the desk or to a receiver outside. `state` repeats the last event.

    Seen by the unit that gave it and, once sent, by the unit that it goes to; by nobody else.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft"
        APPROVED = "approved"
        SENT = "sent"
        ACCEPTED = "accepted"
        RETURNED = "returned"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="referrals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="referrals_given")
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="referrals_taken")
    receiver = models.ForeignKey(Receiver, null=True, on_delete=models.PROTECT, related_name="referrals")
    reason = models.CharField(max_length=20)  # code: why it is handed over
    note = models.CharField(max_length=2000, blank=True)  # to the receiver
    posts = models.PositiveIntegerField()  # in the packet
    packet = models.CharField(max_length=64, blank=True)  # key of the ZIP file
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    answer_by = models.DateTimeField(null=True)  # when an answer is due
    their_number = models.CharField(max_length=100, blank=True)  # what the receiver calls the case
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Latest first; to one of both kinds of receivers; a campaign is with one receiver once at a time."""

        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(to_unit__isnull=False, receiver__isnull=True) | models.Q(to_unit__isnull=True, receiver__isnull=False),
                name="referral_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit", "to_unit"], name="referral_unit_once",
                condition=models.Q(state__in=["draft", "approved", "sent", "accepted"], to_unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit", "receiver"], name="referral_receiver_once",
                condition=models.Q(state__in=["draft", "approved", "sent", "accepted"], receiver__isnull=False),
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "state", "-changed_at"], name="referral_given"),
            models.Index(fields=["to_unit", "state", "-changed_at"], name="referral_taken"),
            models.Index(fields=["state", "answer_by"], name="referral_due"),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    @property
    def to(self) -> Unit | Receiver:
        """Who gets it."""
        found = self.to_unit or self.receiver
        if found is None:
            raise AssertionError(self.pk)  # the database refuses such a row
        return found


class ReferralPost(models.Model):
    """A post of a referral's packet: the same post in another unit's packet is noticed."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="packet_posts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Each pair once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["referral", "post"], name="referral_post_once")]


class ReferralEvent(models.Model):
    """Something that happened to a referral. Added, never changed (see the second migration)."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=Referral.State.choices)
    code = models.CharField(max_length=20)  # what happened: state's name, or "mail_failed", "note" …
    note = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In order."""

        ordering: ClassVar[list[str]] = ["pk"]
