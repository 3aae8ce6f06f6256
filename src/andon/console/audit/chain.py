"""The chain of hashes: what an entry's hash covers, and adding one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

from andon.console.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

START = "0" * 64
EVERY = 1000
AFTER_EVERY: list[Callable[[], object]] = []  # called after the transaction that added every EVERYth entry (`trail` makes a checkpoint)
COLUMNS = ("number", "at", "person", "name", "unit", "via", "event", "subject", "facts", "before")  # what a hash covers
_LOCK = 0x616E646F6E  # PostgreSQL: one writer of the chain at a time; SQLite's write lock does the same


@dataclass(frozen=True, slots=True)
class Who:
    """The person of an event as the trail keeps them, and by which door they came (screen, api, command, worker)."""

    person: int | None
    name: str
    unit: str
    via: str


def hash_of(entry: Entry) -> str:
    """SHA-256 over the canonical JSON (sorted keys, UTC to the microsecond) of every field but the hash itself."""
    return hash_of_row(*(getattr(entry, column) for column in COLUMNS))


def hash_of_row(
    number: int, at: datetime, person: int | None, name: str, unit: str, via: str, event: str, subject: str, facts: object, before: str
) -> str:
    """The same of a row's values (COLUMNS), for who reads many."""
    fields = {
        "number": number, "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "person": person, "name": name, "unit": unit, "via": via,
        "event": event, "subject": subject, "facts": facts, "before": before,
    }  # fmt: skip
    return hashlib.sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hexdigest()


def append(who: Who, event: str, subject: str = "", facts: Mapping[str, Any] | None = None, *, at: datetime | None = None) -> Entry:
    """Add one entry. Must be called inside a transaction: the chain grows by one writer at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)
    entry = Entry(
        number=last[0] + 1, at=at or timezone.now(), person=who.person, name=who.name, unit=who.unit, via=who.via, event=event, subject=subject,
        facts=dict(facts or {}), before=last[1],
    )  # fmt: skip
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    if entry.number % EVERY == 0:
        for after in AFTER_EVERY:
            transaction.on_commit(after, robust=True)
    return entry
