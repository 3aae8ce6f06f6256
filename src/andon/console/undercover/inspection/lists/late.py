"""Contacts that were written down late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.undercover.contactlog.models import LogEntry
from andon.console.undercover.inspection.drawing import all_cases
from andon.console.undercover.inspection.lists.listing import Listing, Row, said

if TYPE_CHECKING:
    from datetime import datetime, timedelta


def hours(length: timedelta) -> int:
    """Hours begun."""
    return -(-int(length.total_seconds()) // 3600)


def rows(_now: datetime) -> list[Row]:
    """The latest first."""
    found = LogEntry.objects.filter(is_late=True, case__in=all_cases()).select_related("case", "plan").defer("words").order_by("-logged_at", "-pk")
    return [Row(entry.case, _cells(entry), tone="warn") for entry in found]


def _cells(entry: LogEntry) -> tuple[str | int | datetime, ...]:
    direction, late = said(f"contactlog.direction.{entry.direction}"), hours(entry.logged_at - entry.happened_at)
    return entry.plan.code if entry.plan else "", entry.number, entry.happened_at, entry.logged_at, late, direction, entry.officer


LIST = Listing("late", ("plan", "entry", "happened_at", "logged_at", "hours", "direction", "officer"), rows)
