"""Contacts that no authority covered: before it, after it, while it was suspended, beyond its plan (O7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from andon.console.undercover.authority.queries import Reason, may_contact
from andon.console.undercover.contactlog.models import Correction, LogEntry
from andon.console.undercover.contactlog.queries import outside_entries
from andon.console.undercover.inspection.drawing import all_cases
from andon.console.undercover.inspection.lists.listing import Listing, Row, said
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = frozenset({Reason.NOT_APPROVED, Reason.NOT_NOTIFIED, Reason.NOT_BEGUN, Reason.BEFORE_PERIOD})
_AFTER = frozenset({Reason.AFTER_PERIOD, Reason.OVER})


def when(reason: str) -> str:
    """Before, after, suspended; beyond the plan where there was authority."""
    if not reason:
        return "beyond"
    return "before" if reason in _BEFORE else "after" if reason in _AFTER else "suspended"


def rows(_now: datetime) -> list[Row]:
    """The latest first: those that were outside when they were written down, and those whose corrected time is."""
    found = [(entry.happened_at, _row(entry, entry.outside, entry.happened_at)) for entry in outside_entries(all_cases()).defer("words")]
    found += [(at, _row(entry, reason, at, corrected=True)) for entry, reason, at in _corrected()]
    return [row for _, row in sorted(found, key=lambda one: one[0], reverse=True)]


def _row(entry: LogEntry, reason: str, at: datetime, *, corrected: bool = False) -> Row:
    why = [said(f"authority.reason.{reason}")] if reason else []
    why += [said(f"contactlog.beyond.{code}") for code in entry.beyond]
    why += [said("inspection.corrected_time")] if corrected else []
    cells = (
        entry.plan.code if entry.plan else "", at, entry.number, said(f"contactlog.direction.{entry.direction}"), entry.officer,
        said(f"inspection.drift.{when(reason)}"), why, entry.logged_at,
    )  # fmt: skip
    return Row(entry.case, cells, tone="warn" if entry.is_ours else "")


def _corrected() -> Iterator[tuple[LogEntry, str, datetime]]:
    """Entries that were permitted as written, but not at the time that a correction gives."""
    last: dict[int, str] = dict(Correction.objects.filter(field=Correction.Field.HAPPENED_AT).order_by("pk").values_list("entry", "text"))
    entries = LogEntry.objects.filter(pk__in=last, outside="", plan__isnull=False, case__in=all_cases()).select_related("case", "plan").defer("words")
    for entry in entries:
        at = _time(last[entry.pk])
        if at is not None and entry.plan is not None and (reason := may_contact(entry.plan, at)) is not None:
            yield entry, reason, at


def _time(text: str) -> datetime | None:
    """The time that somebody typed (of Japan, where it names no zone); nothing for what is no time."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=JAPAN)


LIST = Listing("drift", ("plan", "happened_at", "entry", "direction", "officer", "when", "why", "logged_at"), rows)
