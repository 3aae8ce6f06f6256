"""Providers, what goes out, how much may go out a day, and notices to people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.staff.models import Unit


class Provider(models.Model):
    """Who can take a post down: a platform, a board, a hosting company. Made and changed by people; the starting ones come from a reviewed file."""

    class Channel(models.TextChoices):
        """How requests reach it."""

        FORM = "form"  # a person fills in its form
        EMAIL = "email"
        API = "api"
        PARTNER = "partner"  # by way of a hotline in its country

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="JP")  # ISO 3166
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.FORM)
    address = models.CharField(max_length=500, blank=True)  # of the form, the mailbox, the API or the partner
    languages: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # that it reads, best first
    terms = models.CharField(max_length=1000, blank=True)  # which clause of its terms such posts break, and where that stands
    hosts: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # of its posts' addresses, without "www."
    sources: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # names of sources (Post.source) whose posts are its own
    answer_days = models.PositiveSmallIntegerField(default=7)
    note = models.CharField(max_length=1000, blank=True)
    is_active = models.BooleanField(default=True)
    from_file = models.BooleanField(default=False)  # still as the starting directory has it
    confirmed_at = models.DateTimeField(null=True)  # a person of ours looked whether the address is right
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """By name."""

        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Outgoing(models.Model):
    """One thing that leaves the desk, or that a person carries out: made once for its `key`, sent at most once.

    `by` is the person who approved it. Who sends is a channel (`channels.CHANNELS`); what happened is told to the kind of measure (`outbox.hooks`).
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        DRY = "dry"  # its channel is not switched on: everything was made, nothing left the desk
        FAILED = "failed"
        UNSURE = "unsure"  # may have been sent: a person says
        CANCELLED = "cancelled"
        BOUNCED = "bounced"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)  # of the measure: "removal"
    subject_id = models.BigIntegerField()  # its number there
    channel = models.CharField(max_length=40)
    account = models.CharField(max_length=60, blank=True)  # of the channel's own: which of several accounts sends
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    posts: models.JSONField[list[int], list[int]] = models.JSONField(default=list)  # stored posts that it touches: holds are looked for again
    limit = models.CharField(max_length=60)  # what it counts under (`limits`)
    weight = models.PositiveIntegerField(default=1)  # and how much
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)  # of that person: nobody else handles it
    approved_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_by = models.CharField(max_length=120, blank=True)  # the worker that is sending it
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=500, blank=True)  # what the other side calls it: a Message-ID, the address of a reply
    problem = models.CharField(max_length=60, blank=True)  # code of what is or was in the way

    class Meta:
        """Taken in the order in which they may go."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "not_before", "id"], name="outgoing_due"),
            models.Index(fields=["kind", "subject_id"], name="outgoing_subject"),
            models.Index(fields=["unit", "state", "kind", "by"], name="outgoing_unit"),
            models.Index(fields=["remote_id"], name="outgoing_remote"),
        ]

    def __str__(self) -> str:
        return f"outgoing {self.pk}"


class OutgoingEvent(models.Model):
    """What happened to something that goes out. Added, never changed (see the second migration)."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=Outgoing.State.choices)
    problem = models.CharField(max_length=60, blank=True)
    remote_id = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")  # empty: the worker
    worker = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In order."""

        ordering: ClassVar[list[str]] = ["pk"]


class ChannelSwitch(models.Model):
    """Whether a channel (or one account of it) sends for real. No row: it does not."""

    channel = models.CharField(max_length=40, unique=True)
    is_live = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Limit(models.Model):
    """A breaker: how much of something may go out in a day and in a minute. A tripped one stays open until a person closes it."""

    name = models.CharField(max_length=60, unique=True)
    per_day = models.PositiveIntegerField()
    per_minute = models.PositiveIntegerField()
    tripped_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)  # the minute that is being counted
    in_minute = models.PositiveIntegerField(default=0)

    class Meta:
        """By name."""

        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class DayCount(models.Model):
    """How much went out under a limit on a day (Japan), and what a person allowed for that day on top of it."""

    limit = models.ForeignKey(Limit, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    spent = models.PositiveIntegerField(default=0)
    extra = models.PositiveIntegerField(default=0)

    class Meta:
        """One for each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["limit", "day"], name="day_count_once")]


class Notice(models.Model):
    """Something that one person should know, said once until they read it. `code` names the sentence ("notice.<code>"), `data` fills its places."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=60)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first; unread ones quickly counted."""

        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "code", "url"], condition=models.Q(read_at=None), name="notice_unread_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "read_at", "-at"], name="notice_person"),
            models.Index(fields=["mailed_at", "at"], name="notice_mail"),
        ]
