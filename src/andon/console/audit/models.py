"""The trail: one row per event, in one chain of hashes. The database itself refuses to change or delete a row (see the first migration)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Entry(models.Model):
    """One event: who did or saw what, when, by which door. `hash` covers every other field and the hash before.

    `facts` hold ids, counts, hashes, codes, and what a person typed as a search or a reason; never the text of a post.
    """

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 …: a gap is a removed entry
    at = models.DateTimeField()
    person = models.BigIntegerField(null=True)  # no foreign key: the trail stands on its own
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=100)
    via = models.CharField(max_length=10)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # "campaign:12"
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Looked up by subject, person and event."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "number"], name="entry_subject"),
            models.Index(fields=["person", "number"], name="entry_person"),
            models.Index(fields=["event", "number"], name="entry_event"),
            models.Index(fields=["at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"
