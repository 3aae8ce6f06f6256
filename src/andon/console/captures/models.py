"""What was captured, in which archive it lies, and who has sworn to the time. All but the orders are only added to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.intake.models import Post

KEY = 64  # a SHA-256 in hexadecimal digits: the name of a file in the store


class Archive(models.Model):
    """A WARC file of the store, by the SHA-256 of its bytes. It is written once."""

    key = models.CharField(max_length=KEY, unique=True)
    size_bytes = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key[:12]


class Capture(models.Model):
    """One thing as it was seen: a post as the desk has it stored, a page as a server gave it, or a picture of the page.

    `sha256` is that of the content itself (the record's JSON, the page's body, the picture), `record` the number under which the archive holds it.
    A page with status 404 is a capture like any other: it shows what stood there, no more.
    """

    class Kind(models.TextChoices):
        """What was captured."""

        RECORD = "record"
        PAGE = "page"
        SCREENSHOT = "screenshot"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="captures", db_index=False)  # (see the index)
    url = models.CharField(max_length=4000, blank=True)
    final_url = models.CharField(max_length=4000, blank=True)  # where redirects led to
    status = models.PositiveSmallIntegerField(null=True)  # what the server said
    ip = models.CharField(max_length=45, blank=True)  # the address that answered
    at = models.DateTimeField(default=timezone.now)  # when it was seen
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=KEY)
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    is_cut = models.BooleanField(default=False)  # longer than the limit: only its beginning was kept
    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="captures")
    record = models.CharField(max_length=60)  # WARC-Record-ID

    class Meta:
        """Looked up by post."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["post", "kind", "at"], name="capture_post"),
            models.Index(fields=["sha256"], name="capture_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Stamp(models.Model):
    """A time-stamping authority's word that an archive was there at a time (RFC 3161). `key` names the answer's file in the store."""

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="stamps")
    key = models.CharField(max_length=KEY)
    said_at = models.DateTimeField()  # by the authority's clock
    authority = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)


class Order(models.Model):
    """A page that is to be captured as soon as its server may be asked, for the person who asked for it. Stays as a note of what came of it."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)  # why the last try brought nothing
    picture_problem = models.CharField(max_length=40, blank=True)  # why there is no picture of the page

    class Meta:
        """What is due; one open order for a post."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "not_before", "id"], name="order_due")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post"], condition=models.Q(state="waiting"), name="order_once"),
        ]

    def __str__(self) -> str:
        return f"order {self.pk}"
