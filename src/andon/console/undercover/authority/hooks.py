"""Where the apps above join in: identities, contact log, deconfliction, safety. Each adds to these lists in its `apps.ready`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan, PlanEvent


@dataclass(frozen=True, slots=True)
class Thing:
    """A document or account of a plan, and its state: what a cancellation keeps, and a closing looks at."""

    kind: str  # "document", "account"
    name: str  # a code or serial; never a person
    state: str
    is_settled: bool  # nothing is left to do with it


# Called inside the verb's transaction after a plan's event was kept, also where the state stayed the same.
AFTER_STATE: list[Callable[[Plan, PlanEvent], None]] = []

# By verb ("begin", "close", …): functions that say the code of a refusal ("consent_missing": the sentence "refused.consent_missing") or nothing.
MAY: defaultdict[str, list[Callable[[Plan, datetime], str | None]]] = defaultdict(list)

# Which person stands behind each operator's code, for checks that people are different and for the sum of periods. Never shown, never kept.
OPERATORS: list[Callable[[Plan], dict[str, int]]] = []

# Documents and accounts of a plan as they stand.
THINGS: list[Callable[[Plan], list[Thing]]] = []

# What came of a plan so far, by code ("contacts", "showings", "stage"), for renewals and reviews.
RESULTS: list[Callable[[Plan], dict[str, int | str]]] = []


def operators(plan: Plan) -> dict[str, int]:
    """Persons behind the plan's codes, as far as the sealed records know them."""
    return {code: person for source in OPERATORS for code, person in source(plan).items()}


def things(plan: Plan) -> list[Thing]:
    """All documents and accounts of a plan."""
    return [thing for source in THINGS for thing in source(plan)]


def results(plan: Plan) -> dict[str, int | str]:
    """What came of a plan so far."""
    return {code: value for source in RESULTS for code, value in source(plan).items()}
