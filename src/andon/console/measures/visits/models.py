"""Watches: posts that are looked at again; and what each look found."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from andon.console.captures.models import Capture
from andon.console.intake.models import Post
from andon.console.measures.visits.rules import SHORTEST

_STATE = 8
_CODE = 24


class Host(models.Model):
    """A server that posts are looked at on: when it may be asked next. One look at a time, and none while it is left alone."""

    name = models.CharField(max_length=260, unique=True)  # with its port where that is not the usual one
    next_at = models.DateTimeField(null=True, db_index=True)  # the earliest of its watches, not before `ready_at`; none: nothing to look at
    ready_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row: no answer, or asked to be left alone
    problem = models.CharField(max_length=_CODE, blank=True)

    def __str__(self) -> str:
        return self.name


class Watch(models.Model):
    """A post that is looked at again until a time, further and further apart.

    `state` is what counts as known (empty: nobody could tell yet), `told` the last thing that a look could tell, `agreed` how many looks in a row
    told it, `last_*` the very last look. `by_person`: a program cannot tell on that host, so people look (`next_at` says when).
    """

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="watch")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="watches", db_index=False)
    by_person = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)  # who planned it first
    asks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # which measures want it looked at
    next_at = models.DateTimeField(null=True)  # none: no more looks
    interval_seconds = models.PositiveIntegerField(default=int(SHORTEST.total_seconds()))
    until = models.DateTimeField()
    planned_at = models.DateTimeField(default=timezone.now)
    looks = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=_STATE, blank=True)
    state_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=_STATE, blank=True)
    told_at = models.DateTimeField(null=True)
    agreed = models.PositiveSmallIntegerField(default=0)
    last_state = models.CharField(max_length=_STATE, blank=True)
    last_code = models.CharField(max_length=_CODE, blank=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        """Found by host and time (the worker), and by time (people)."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["host", "next_at", "by_person"], condition=Q(by_person=False, next_at__isnull=False), name="watch_host"),
            models.Index(fields=["next_at", "id"], condition=Q(by_person=True), name="watch_person"),
            models.Index(fields=["state", "state_at", "id"], name="watch_state"),
        ]

    def __str__(self) -> str:
        return f"watch of post {self.post_id}"

    @property
    def interval(self) -> timedelta:
        """Between two looks, now."""
        return timedelta(seconds=self.interval_seconds)


class Visit(models.Model):
    """One look at a post. Added, never changed (see the second migration). An absence is no finding: `is_settled` says whether `state` counts."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="visits", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=_STATE)
    code = models.CharField(max_length=_CODE)  # how it was told
    before = models.CharField(max_length=_STATE, blank=True)  # the state that counted before
    is_settled = models.BooleanField(default=False)
    agreed = models.PositiveSmallIntegerField(default=0)  # looks in a row, this one included, that told the same
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP
    sha256 = models.CharField(max_length=64, blank=True)  # of the body that was read
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)  # of what it saw
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)  # none: the worker
    note = models.CharField(max_length=300, blank=True)  # of a person

    class Meta:
        """Of a post, the latest first; of all, the latest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["post", "-id"], name="visit_post"), models.Index(fields=["-at"], name="visit_at"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"visit {self.pk}: {self.state}"

    @property
    def is_change(self) -> bool:
        """Whether the post's state is another one by this look."""
        return self.is_settled and self.state != (self.before or "there")
