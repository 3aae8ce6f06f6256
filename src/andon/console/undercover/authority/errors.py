"""The errors register: what was done outside its authority is kept as what it is. Plain functions, to be called by a verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from andon.console.undercover.authority.codes import ErrorKind
from andon.console.undercover.authority.models import NOTE_LENGTH, ErrorRecord, ErrorStep

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person


@dataclass(frozen=True, slots=True)
class About:
    """Where an error belongs, when it happened, and who found it (nobody: the machine)."""

    case_id: int | None = None
    plan_id: int | None = None
    happened_at: datetime | None = None
    found_at: datetime | None = None
    by: Person | None = None
    text: str = ""


def record_error(kind: str, subject: str, about: About, facts: dict[str, Any] | None = None) -> ErrorRecord:
    """Keep an error. `subject` is what it is about ("log:12"), `facts` hold ids, times and codes. Only to be called by a verb.

    Raises ValueError for a kind that is none: that is a slip of the program.
    """
    now = about.found_at or timezone.now()
    return ErrorRecord.objects.create(
        kind=ErrorKind(kind).value, case_id=about.case_id, plan_id=about.plan_id, subject=subject, happened_at=about.happened_at or now, found_at=now,
        by=about.by, text=about.text.strip()[:NOTE_LENGTH], facts=facts or {},
    )  # fmt: skip


def all_errors() -> QuerySet[ErrorRecord]:
    """All errors with what became of them: `is_answered`, `is_closed`, `is_seen`. A page narrows them to cases that its reader may know of."""
    steps = ErrorStep.objects.filter(error=OuterRef("pk"))
    return ErrorRecord.objects.select_related("case", "plan", "by").annotate(
        is_answered=Exists(steps.filter(what=ErrorStep.What.ANSWERED)),
        is_closed=Exists(steps.filter(what=ErrorStep.What.CLOSED)),
        is_seen=Exists(steps.filter(what=ErrorStep.What.SEEN)),
    ).prefetch_related(Prefetch("steps", ErrorStep.objects.select_related("by")))  # fmt: skip


def split(errors: QuerySet[ErrorRecord], *, closed: bool) -> QuerySet[ErrorRecord]:
    """Those of `errors` that are closed, or those that are not."""
    ended = ErrorStep.objects.filter(what=ErrorStep.What.CLOSED).values("error")
    return errors.filter(pk__in=ended) if closed else errors.exclude(pk__in=ended)
