"""The errors register as the inspector sees it: kind, dates, how far it is, whether an inspector has seen it. Its texts stand in the case (O6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.undercover.authority.errors import all_errors
from andon.console.undercover.authority.models import ErrorStep
from andon.console.undercover.inspection.lists.listing import Listing, Row, said, toned

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import ErrorRecord


def rows(_now: datetime) -> list[Row]:
    """The latest first; those that no inspector has seen want a look."""
    return [_row(error) for error in all_errors()]


def _row(error: ErrorRecord) -> Row:
    steps = {step.what: step.at for step in error.steps.all()}
    seen = steps.get(ErrorStep.What.SEEN.value)
    cells = (
        error.plan.code if error.plan else "", said(f"authority.error.{error.kind}"), error.subject, error.happened_at, error.found_at,
        said("inspection.by_machine" if error.by_id is None else "inspection.by_person"), said(f"authority.error_state.{standing(steps)}"), seen,
    )  # fmt: skip
    return Row(error.case, cells, tone="" if seen else "warn", error_id=error.pk)


def standing(steps: dict[str, datetime]) -> str:
    """How far an error is."""
    return next((what for what in ("closed", "answered") if what in steps), "open")


LIST = Listing("errors", ("plan", "kind", "subject", "happened_at", "found_at", "found_by", "standing", "seen_at"), rows, toned)
