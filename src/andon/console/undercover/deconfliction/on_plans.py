"""What plans and contacts ask of deconfliction: values are registered when a plan is granted, and an open conflict stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.deconfliction.codes import Kind, Role
from andon.console.undercover.deconfliction.keyed import of_key, post
from andon.console.undercover.deconfliction.models import Check, Clash, Meeting
from andon.console.undercover.deconfliction.register import enter, leave, open_clashes

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan, PlanEvent
    from andon.console.undercover.deconfliction.keyed import Value

# When what a plan names becomes known to the register: with a decision of the approver, so that nobody can try names by drafts.
_ENTERS = frozenset({Verb.APPROVE.value, Verb.AMEND.value})
_OVER = frozenset({State.ENDED.value, State.CANCELLED.value, State.REFUSED.value, State.CLOSED.value})


def after_state(plan: Plan, event: PlanEvent) -> None:
    """Called inside the verb that changed the plan."""
    if event.verb in _ENTERS and event.by is not None:
        register(plan, event.by, event.at)
    elif event.after in _OVER:
        leave(event.at, plan=plan)
        Meeting.objects.filter(plan=plan, cancelled_at=None, starts_at__gt=event.at).update(cancelled_at=event.at)  # nobody goes there any more


def register(plan: Plan, by: Person, now: datetime) -> Check:
    """Put all that a plan names into the register; only to be called by a verb."""
    named = [(one, Role.TARGET) for one in _values(plan.targets, Kind.HANDLE)] + [(post(pk), Role.TARGET) for pk in plan.posts]
    named += [(one, Role.OWN) for one in _values(plan.accounts, Kind.ACCOUNT)]
    found = {clash.pk for value, role in named for clash in enter(plan.case, value, role, by=by, now=now, plan=plan)}
    return Check.objects.create(
        case_id=plan.case_id, plan=plan, by=by, at=now, ground=plan.code, by_hand=False, values=len(named), conflicts=len(found)
    )


def _values(keys: list[str], kind: Kind) -> list[Value]:
    found = (of_key(key, kind) for key in dict.fromkeys(keys))
    return [value for value in found if value is not None]


def may_begin(plan: Plan, _now: datetime) -> str | None:
    """A plan begins once what it names was compared and every conflict is dealt with."""
    if not Check.objects.filter(plan=plan).exists():
        return "deconfliction_unchecked"
    return "deconfliction_open" if Clash.objects.filter(open_clashes(plan)).exists() else None


def before_contact(plan: Plan, now: datetime) -> str | None:
    """What the log says before somebody contacts."""
    reason = may_begin(plan, now)
    return f"deconfliction.before.{reason.removeprefix('deconfliction_')}" if reason else None
