"""Raised words that the coordinator answered for late, or not yet (A17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from andon.console.undercover.contactlog.models import LogEntry, RaisedWords
from andon.console.undercover.inspection.drawing import all_cases
from andon.console.undercover.inspection.lists.late import hours
from andon.console.undercover.inspection.lists.listing import Listing, Row, said
from andon.console.undercover.inspection.rules import ACKNOWLEDGE_WITHIN

if TYPE_CHECKING:
    from datetime import datetime


def rows(now: datetime) -> list[Row]:
    """The latest first. The words themselves stand in the log."""
    raised = Exists(RaisedWords.objects.filter(entry=OuterRef("pk")))
    late = Q(acknowledgement__at__gt=F("logged_at") + ACKNOWLEDGE_WITHIN)
    waits = Q(acknowledgement=None, logged_at__lt=now - ACKNOWLEDGE_WITHIN)
    found = LogEntry.objects.filter(raised, late | waits, case__in=all_cases()).select_related("case", "plan", "acknowledgement").defer("words")
    return [_row(entry, now) for entry in found.prefetch_related("raised").order_by("-logged_at", "-pk")]


def _row(entry: LogEntry, now: datetime) -> Row:
    answer = getattr(entry, "acknowledgement", None)
    codes = list(dict.fromkeys(one.rule for one in entry.raised.all()))
    cells = (
        entry.plan.code if entry.plan else "", entry.number, entry.logged_at, answer.at if answer else None,
        hours((answer.at if answer else now) - entry.logged_at), [said(f"contactlog.rule.{code}") for code in codes],
        said(f"contactlog.judgement.{answer.judgement}") if answer else said("contactlog.mark.waits"),
    )  # fmt: skip
    return Row(entry.case, cells, tone="" if answer else "warn")


LIST = Listing("words", ("plan", "entry", "logged_at", "answered_at", "hours", "rules", "judgement"), rows)
