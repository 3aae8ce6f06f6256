"""What was seen in conversations that posts may hold too: contacts and wording. Only added to; a later reading is looked through anew.

What posts have of it is asked for when somebody looks, so that posts count that come later. Only likeness of wording is kept (`Alike`), because
finding it takes a look at every post. An equal contact or wording is a link, never an identification.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from andon.console.evidence.conversations.models import KEY_LENGTH, Conversation, Participant, Reading
from andon.console.intake.models import ModelVersion, Post


class Sweep(models.Model):
    """A reading that was looked through: once, with the model of that time. `compared_to`: the last post with which its wordings were compared."""

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="sweep")
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    messages = models.BigIntegerField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    wordings = models.PositiveIntegerField(default=0)
    compared_to = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"sweep {self.pk}"


class Sighting(models.Model):
    """Something seen in a message, or (HANDLE) of somebody who takes part. `position` is the message's in its conversation; none for a handle.

    `key`: of a contact that of `campaigns.ties.contact_key`, as posts have it; of a wording the SHA-256 of its masked normal form.
    """

    class What(models.TextChoices):
        """Which of them."""

        CONTACT = "contact"
        HANDLE = "handle"
        WORDING = "wording"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="sightings")
    what = models.CharField(max_length=8, choices=What.choices)
    position = models.BigIntegerField(null=True)
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="sightings")
    place_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=KEY_LENGTH)
    type = models.CharField(max_length=20, blank=True)  # of a contact
    value = models.CharField(max_length=KEY_LENGTH, blank=True)  # likewise, as written
    level = models.PositiveSmallIntegerField(default=0)  # of a wording: what the model says of it
    score = models.FloatField(default=0.0)

    class Meta:
        """Asked for by key (from a card), and by place (in the reader)."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key", "conversation"], name="sighting_key"),
            models.Index(fields=["conversation", "position"], name="sighting_place"),
            models.Index(fields=["conversation", "what", "key"], name="sighting_what"),
        ]

    def __str__(self) -> str:
        return f"sighting {self.pk}"


class Alike(models.Model):
    """A post worded nearly like a message: one for each group of posts of near-identical wording."""

    sighting = models.ForeignKey(Sighting, on_delete=models.PROTECT, related_name="alike")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seen_in_chats")
    similarity = models.FloatField()

    class Meta:
        """Each pair once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["sighting", "post"], name="alike_once")]

    def __str__(self) -> str:
        return f"alike {self.pk}"

    @property
    def percent(self) -> int:
        """How alike, in whole percent, never rounded up."""
        return int(self.similarity * 100)
