"""Periods added up per officer and investigation, over all plans of a case: twelve months ask for a higher approval (A10)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.codes import Verb
from andon.console.undercover.authority.models import Grant, Plan
from andon.console.undercover.authority.rules import rules

if TYPE_CHECKING:
    from andon.console.undercover.authority.ask import Ask

_NONE = timedelta(0)
Officer = int | str  # the person, where the sealed records know; the code otherwise


def granted_so_far(case_id: int) -> dict[Officer, timedelta]:
    """Time granted for each officer in an investigation. What was granted counts, also where less of it was used."""
    found: dict[Officer, timedelta] = {}
    for plan in Plan.objects.filter(case=case_id).prefetch_related("grants"):
        length = sum((grant.ends_at - grant.starts_at for grant in plan.grants.all()), _NONE)
        for officer in officers(plan):
            found[officer] = found.get(officer, _NONE) + length
    return found


def officers(plan: Plan, more: list[str] | None = None) -> set[Officer]:
    """Who works under the plan: two codes of one person are one officer."""
    known = hooks.operators(plan)
    return {known.get(code, code) for code in [*plan.operators, *(more or [])]}


def over_twelve_months(ask: Ask) -> bool:
    """Whether what is about to be granted brings an officer over the sum."""
    so_far = granted_so_far(ask.plan.case_id)
    return any(so_far.get(officer, _NONE) + added > rules().officer_sum for officer, added in _asked(ask).items())


def _asked(ask: Ask) -> dict[Officer, timedelta]:
    """How much longer, for whom."""
    plan = ask.plan
    if ask.row.verb == Verb.AMEND and ask.amendment:  # officers who come new to it get the whole of what was granted
        whole = sum((grant.ends_at - grant.starts_at for grant in Grant.objects.filter(plan=plan)), _NONE)
        return dict.fromkeys(officers(plan, ask.amendment.adds.get("operators")) - officers(plan), whole)
    if ask.row.verb == Verb.RENEW and ask.renewal and plan.ends_at:
        return dict.fromkeys(officers(plan), ask.renewal.until - plan.ends_at)
    return dict.fromkeys(officers(plan), plan.ends_at - plan.starts_at if plan.starts_at and plan.ends_at else _NONE)
