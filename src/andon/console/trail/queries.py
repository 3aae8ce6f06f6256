"""Searching the trail: newest first, one page at a time by the entry's number, whatever its length."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from andon.console.audit.models import Entry
from andon.console.trail.walk import LARGEST
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

PAGE = 50
TEXT_WINDOW = 10_000  # entries that one page looks through for a text: no index helps, so that a page says how far it has come
BOTH_WINDOW = 50_000  # the same for two fields at once, where each has an index and both together have none
_EXPORT_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Filter:
    """What is searched for. Days are Japan's, the last one included; `person` 0 means events of nobody who was signed in."""

    person: int | None = None
    event: str = ""
    subject: str = ""
    first_day: date | None = None
    last_day: date | None = None
    text: str = ""

    def facts(self) -> dict[str, Any]:
        """For the trail: what was asked, without what was not."""
        asked = {
            "person": self.person, "event": self.event, "subject": self.subject, "text": self.text,
            "first_day": self.first_day.isoformat() if self.first_day else "", "last_day": self.last_day.isoformat() if self.last_day else "",
        }  # fmt: skip
        return {name: value for name, value in asked.items() if value not in ("", None)}


@dataclass(slots=True)
class Found:
    """One page, newest first. `next` is where the next page begins (before that number).

    `looked_to` says how far back was looked where no index helps.
    """

    entries: list[Entry] = field(default_factory=list)
    next: int | None = None
    looked_to: int | None = None


def find(wanted: Filter, before: int | None = None, size: int = PAGE) -> Found:
    """The page of entries before that number (None: the newest)."""
    bounds = _bounds(wanted, before)
    if bounds is None:
        return Found()
    lowest, highest = bounds
    floor = max(lowest, highest - _window(wanted) + 1)
    rows = list(_matching(wanted, floor, highest).order_by("-number")[: size + 1])
    if len(rows) > size:
        return Found(rows[:size], rows[size - 1].number)
    return Found(rows, floor, floor) if floor > lowest else Found(rows)


def _window(wanted: Filter) -> int:
    """How many entries one page may look through."""
    if wanted.text:
        return TEXT_WINDOW
    fields = (wanted.person is not None) + bool(wanted.event) + bool(wanted.subject)
    return BOTH_WINDOW if fields > 1 else LARGEST


def every(wanted: Filter, upto: int) -> Iterator[Entry]:
    """All entries that fit, newest first, up to that number; read in pieces."""
    bounds = _bounds(wanted, upto + 1)
    while bounds is not None and bounds[1] >= bounds[0]:
        rows = list(_matching(wanted, *bounds).order_by("-number")[:_EXPORT_CHUNK])
        yield from rows
        bounds = (bounds[0], rows[-1].number - 1) if len(rows) == _EXPORT_CHUNK else None


def newest() -> int:
    """The last entry's number; 0 for none."""
    return Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _matching(wanted: Filter, lowest: int, highest: int) -> QuerySet[Entry]:
    entries = Entry.objects.filter(number__gte=lowest, number__lte=highest)
    if wanted.person is not None:
        entries = entries.filter(person=wanted.person or None) if wanted.person else entries.filter(person__isnull=True)
    if wanted.event:
        entries = entries.filter(event=wanted.event)
    if wanted.subject:
        entries = entries.filter(subject=wanted.subject)
    if wanted.text:
        entries = entries.annotate(raw_facts=Cast("facts", TextField())).filter(
            Q(raw_facts__icontains=_as_stored(wanted.text)) | Q(name__icontains=wanted.text) | Q(subject__icontains=wanted.text)
        )
    return entries


def _bounds(wanted: Filter, before: int | None) -> tuple[int, int] | None:
    """The numbers between which the entries lie, found by the index of times: numbers grow with time, but for a clock that was set back."""
    lowest, highest = 1, newest() if before is None else before - 1
    if wanted.first_day is not None:
        found = Entry.objects.filter(at__gte=_midnight(wanted.first_day)).order_by("at", "number").values_list("number", flat=True).first()
        if found is None:
            return None
        lowest = found
    if wanted.last_day is not None:
        end = _midnight(wanted.last_day + timedelta(days=1))
        found = Entry.objects.filter(at__lt=end).order_by("-at", "-number").values_list("number", flat=True).first()
        if found is None:
            return None
        highest = min(highest, found)
    return (lowest, highest) if lowest <= highest else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, JAPAN)


def _as_stored(text: str) -> str:
    """A text as it stands inside stored JSON: SQLite keeps it with escapes, PostgreSQL without."""
    return json.dumps(text, ensure_ascii=connection.vendor == "sqlite")[1:-1]
