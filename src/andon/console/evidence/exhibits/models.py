"""Exhibits of a case as the desk lists them. What was done with them stands in the custody log of the store, which `CustodyLine` repeats."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from andon.console.casework.models import Case

SHA256 = 64  # hexadecimal digits
TITLE_LENGTH = 120
TEXT_LENGTH = 1000
NAME_LENGTH = 200
CODE_LENGTH = 12


class Exhibit(models.Model):
    """Something that was taken in, or is being taken in. What was said of it never changes; what the copying finds is written until it is taken in.

    `token` stands in the manifest (parameters "desk"): after a stop between store and table it says which exhibit of the store this one is.
    """

    class State(models.TextChoices):
        """How far the copying is."""

        WAITING = "waiting"
        COPYING = "copying"
        TAKEN = "taken"
        FAILED = "failed"
        DROPPED = "dropped"  # failed, and nobody wants to try again

    class Way(models.TextChoices):
        """Where it is copied from."""

        UPLOAD = "upload"  # the browser sent it
        FOLDER = "folder"  # the installation's folder (ANDON_TAKE_IN)
        COMMAND = "command"  # a path that a command or the demo named

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    token = models.CharField(max_length=32, unique=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    source = models.CharField(max_length=1000, blank=True)  # its name there
    number = models.CharField(max_length=60, blank=True)  # the office's own
    title = models.CharField(max_length=TITLE_LENGTH)
    device = models.CharField(max_length=TITLE_LENGTH, blank=True)
    from_whom = models.CharField(max_length=NAME_LENGTH, blank=True)
    place = models.CharField(max_length=NAME_LENGTH)
    how = models.CharField(max_length=TEXT_LENGTH)
    is_disclosable = models.BooleanField(null=True)  # as said at the beginning; empty: not decided
    disclosure_reason = models.CharField(max_length=TEXT_LENGTH, blank=True)
    expected_sha256 = models.CharField(max_length=SHA256, blank=True)  # of the seizure record
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    expected_bytes = models.BigIntegerField(default=0)  # what there is to copy, as far as known
    renamed: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)  # names that no disk takes: kept → sent
    # written until it is taken in
    taken_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True)
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    code = models.CharField(max_length=CODE_LENGTH, blank=True)  # "E0001", the store's
    kind = models.CharField(max_length=8, blank=True)  # file, folder, zip or tar
    tree_sha256 = models.CharField(max_length=SHA256, blank=True)
    manifest_sha256 = models.CharField(max_length=SHA256, blank=True)
    files = models.PositiveIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    findings: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)

    class Meta:
        """Listed by case; one exhibit of the store is one row."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="exhibit_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "state", "-id"], name="exhibit_case"),
            models.Index(fields=["state", "id"], name="exhibit_due"),
            models.Index(fields=["case", "tree_sha256"], name="exhibit_same"),
        ]

    def __str__(self) -> str:
        return self.code or f"exhibit {self.pk}"

    @property
    def is_taken(self) -> bool:
        """Whether the store has it."""
        return self.state == self.State.TAKEN

    @property
    def is_under_way(self) -> bool:
        """Whether it is still being copied."""
        return self.state in (self.State.WAITING, self.State.COPYING)

    @property
    def differs(self) -> bool:
        """Whether the hash is another than the seizure record's. A finding, never a refusal."""
        return bool(self.is_taken and self.expected_sha256 and self.expected_sha256 != self.tree_sha256)


class CustodyLine(models.Model):
    """A line of the store's custody log, as it stands there. Only added to, and only what the log has (`mirror`)."""

    number = models.PositiveIntegerField(unique=True)
    hash = models.CharField(max_length=SHA256)
    event = models.CharField(max_length=20)
    exhibit = models.CharField(max_length=CODE_LENGTH, blank=True)  # the store's code; empty: of the whole store
    at = models.DateTimeField()
    by = models.CharField(max_length=400)
    place = models.CharField(max_length=400, blank=True)
    how = models.TextField(blank=True)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        """The line of one exhibit."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["exhibit", "number"], name="custody_exhibit"),
            models.Index(fields=["exhibit", "event", "number"], name="custody_event"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event} {self.exhibit}"

    @property
    def anchor(self) -> str:
        """Number and hash, to be kept elsewhere."""
        return f"{self.number}:{self.hash}"


class Handing(models.Model):
    """A transfer that its giver has begun: it is one when the taker has confirmed it at a screen of their own."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="handings")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=NAME_LENGTH)
    how = models.CharField(max_length=TEXT_LENGTH)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField(null=True)  # of the custody log; empty when it came to nothing

    class Meta:
        """One at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["exhibit"], condition=Q(ended_at__isnull=True), name="handing_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["taker", "ended_at"], name="handing_taker")]

    def __str__(self) -> str:
        return f"handing {self.pk}"


class Work(models.TextChoices):
    """How far something is that the worker does."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Check(models.Model):
    """Somebody has an exhibit verified: its copies, its manifest, the whole custody log."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="checks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=Work.choices, default=Work.WAITING)
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    files = models.PositiveIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    findings: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    line = models.PositiveIntegerField(null=True)  # of the custody log

    class Meta:
        """What is due; one at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["exhibit"], condition=Q(ended_at__isnull=True), name="check_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "id"], name="check_due")]

    def __str__(self) -> str:
        return f"check {self.pk}"


class Package(models.Model):
    """A package for hand-over: made by the worker, fetched as one file."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packages")
    token = models.CharField(max_length=32, unique=True)
    exhibits: models.JSONField[list[str], list[str]] = models.JSONField()  # codes
    receiver = models.CharField(max_length=NAME_LENGTH)
    only_disclosable = models.BooleanField(default=False)
    language = models.CharField(max_length=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=Work.choices, default=Work.WAITING)
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    bag_sha256 = models.CharField(max_length=SHA256, blank=True)  # of the bag's own list, as the custody log has it
    sha256 = models.CharField(max_length=SHA256, blank=True)  # of the file that is fetched
    size_bytes = models.BigIntegerField(default=0)
    line = models.PositiveIntegerField(null=True)  # the last of the custody log

    class Meta:
        """What is due; those of a case."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "id"], name="package_due"),
            models.Index(fields=["case", "-id"], name="package_case"),
        ]

    def __str__(self) -> str:
        return f"package {self.pk}"
