"""Removal requests: one per provider and campaign, the letters that went out for it, its posts, and all that happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.models import Provider
from andon.console.staff.models import Unit
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import datetime


def hotlines() -> list[str]:
    """The kinds of units that tell the police first where nobody has set others."""
    return [Unit.Kind.HOTLINE.value]


class Rules(models.Model):
    """What an installation has set for removal requests; no row: what the fields say here. One row at most."""

    one = models.BooleanField(default=True, unique=True)
    wait_hours = models.PositiveIntegerField(default=48)  # between telling the police and asking a provider
    tells_police: models.JSONField[list[str], list[str]] = models.JSONField(default=hotlines)  # kinds of units that tell the police first
    remind_days = models.PositiveIntegerField(default=3)  # after which somebody is told again of what is overdue
    escalate_after = models.PositiveIntegerField(default=2)  # letters without success after which a higher place may be asked
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Request(models.Model):
    """What a unit asks of one provider about one campaign. Its state is what is known of it; letters and posts carry the details.

    Counts repeat those of the items, so that lists need no look at them.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFTED = "drafted"
        APPROVED = "approved"
        SENT = "sent"
        ACKNOWLEDGED = "acknowledged"
        REMOVED = "removed"
        PARTLY = "partly"
        REFUSED = "refused"
        NO_ANSWER = "no_answer"
        GONE_BEFORE = "gone_before"
        BOUNCED = "bounced"
        REOPENED = "reopened"  # posts came back or came later: somebody writes again
        CANCELLED = "cancelled"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="removal_requests")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="removal_requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTED)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    police_told_at = models.DateTimeField(null=True)
    police_told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    police_told = models.CharField(max_length=200, blank=True)  # which office, under which number
    first_sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # by when an answer is expected; empty: nothing is
    reminded_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)  # posts that the provider was asked to remove
    gone_before = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)  # of those asked
    to_ask = models.PositiveIntegerField(default=0)  # new ones, and ones that came back

    class Meta:
        """One that lives for each provider and campaign."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "provider"], condition=~Q(state="cancelled"), name="removal_request_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at", "id"], name="removal_state_due"),
            models.Index(fields=["unit", "state", "due_at"], name="removal_unit"),
            models.Index(fields=["provider", "-made_at"], name="removal_provider"),
            models.Index(fields=["-made_at", "-id"], name="removal_latest"),
            models.Index(fields=["due_at", "id"], name="removal_due"),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk}"

    @property
    def left(self) -> int:
        """Posts that were asked for and are not known to be gone."""
        return self.asked - self.gone


class Letter(models.Model):
    """One thing that goes to the provider (or, escalated, to a place above it). Frozen when approved: `packet` holds all that its documents say."""

    class Kind(models.TextChoices):
        """What it is."""

        FIRST = "first"
        MORE = "more"  # of posts that came later or came back
        SECOND = "second"
        ESCALATION = "escalation"

    class State(models.TextChoices):
        """How far it is."""

        DRAFTED = "drafted"
        APPROVED = "approved"
        SENT = "sent"
        BOUNCED = "bounced"
        CANCELLED = "cancelled"

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FIRST)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTED)
    channel = models.CharField(max_length=10)  # as Provider.Channel
    address = models.CharField(max_length=500, blank=True)
    receiver = models.CharField(max_length=200, blank=True)  # whom it is addressed to where that is not the provider
    note = models.CharField(max_length=2000, blank=True)  # what the drafter adds in own words
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    round = models.PositiveIntegerField(default=0)  # approvals so far: the outbox knows each under its own key
    items: models.JSONField[list[int], list[int]] = models.JSONField(default=list)  # numbers of the items in it, once approved
    packet: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    packet_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=500, blank=True, db_index=True)
    problem = models.CharField(max_length=60, blank=True)  # code of what is in the way of sending it

    class Meta:
        """In order; one in the making for each request."""

        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request"], condition=Q(state__in=("drafted", "approved")), name="removal_letter_in_the_making"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "request"], name="removal_letter_state")]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def outbox_key(self) -> str:
        """Under which key the outbox holds its last approval."""
        return f"removal-{self.pk}-{self.round}"


class Item(models.Model):
    """A post of a request. A post is in one living request at most: nobody asks twice for the same."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"  # not asked for yet
        ASKED = "asked"
        GONE_BEFORE = "gone_before"
        GONE = "gone"
        BACK = "back"  # was gone and is there again
        DROPPED = "dropped"  # taken out by a person, or its request was cancelled

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="items")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="removal_items")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    joined_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)  # first time
    gone_at = models.DateTimeField(null=True)  # when it was first seen to be gone
    back_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # the last look that could tell
    month = models.CharField(max_length=7)  # in which it counts ("2026-11", Japan): of asking, before that of drafting
    hours = models.FloatField(null=True)  # from asking to the first look that did not find it, of one that is gone
    last_code = models.CharField(max_length=60, blank=True)  # what the last look met with

    class Meta:
        """Each post once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post"], condition=~Q(state="dropped"), name="removal_item_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["request", "state"], name="removal_item_state"),
            models.Index(fields=["month", "state"], name="removal_item_month"),
        ]


def month_of(at: datetime) -> str:
    """The month of a moment in Japan."""
    return f"{at.astimezone(JAPAN):%Y-%m}"


class Event(models.Model):
    """What happened to a request: its timeline. Added, never changed (see the second migration). `facts` hold codes, counts and hashes."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events")
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=40)  # the sentence is "removal.event.<code>"
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    note = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")  # empty: the desk itself
    at = models.DateTimeField(default=timezone.now)  # when it happened, which a person may say
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In the order in which it was noted."""

        ordering: ClassVar[list[str]] = ["pk"]


class Mail(models.Model):
    """A message that came back: an answer or a notice that ours could not be delivered. By the SHA-256 of its bytes; added, never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="mail")  # empty: fits none of ours
    kind = models.CharField(max_length=12)  # bounced, delayed, automatic, reply, unknown
    code = models.CharField(max_length=20, blank=True)  # of a bounce: "5.1.1"
    is_from_receiver = models.BooleanField(default=False)  # it says that it comes from the domain that we wrote to
    at = models.DateTimeField(default=timezone.now)
