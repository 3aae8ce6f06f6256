"""Where a plan stands, as its page says it: the line of states, what is missing for the next verb, what falls due, what an approver must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.undercover.authority import hooks, queries
from andon.console.undercover.authority.ask import Ask, Given
from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.authority.conditions import CONDITIONS, is_involved
from andon.console.undercover.authority.models import Asked, Plan, Review
from andon.console.undercover.authority.rules import rules
from andon.console.undercover.authority.states import CELLS, Must
from andon.console.undercover.authority.sums import granted_so_far, officers
from andon.console.undercover.authority.wording_checks import Copied, copied
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from andon.console.gate import Actor

LINE = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.NOTIFIED, State.ACTIVE, State.ENDED, State.CLOSED)
_NEXT = {
    State.DRAFT: Verb.SUBMIT, State.APPROVED: Verb.BEGIN, State.NOTIFIED: Verb.BEGIN, State.SUSPENDED: Verb.RESUME, State.ENDED: Verb.CLOSE,
    State.CANCELLED: Verb.CLOSE, State.REFUSED: Verb.CLOSE, State.SUBMITTED: Verb.APPROVE,
}  # fmt: skip
_OF_THE_ACT = frozenset({Must.IN_PERSON, Must.WORDS, Must.OUTSIDE, Must.SUM})  # only known when it is done


@dataclass(frozen=True, slots=True)
class Step:
    """A state on the line: passed, the present one, or ahead."""

    state: str
    is_passed: bool
    is_here: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """A condition of the next verb, and whether it is true now. `code` is its sentence.

    `is_unseen`: nothing in this installation keeps the records that the condition speaks of, so that people have to check it themselves.
    """

    code: str
    is_true: bool
    is_unseen: bool = False


def line(plan: Plan) -> list[Step]:
    """The way of the plan, with the times it came to each state; a state off the way (suspended, refused …) stands in the place where it left."""
    came = {State.DRAFT.value: plan.made_at}
    for event in plan.events.all():
        if event.before != event.after:
            came[event.after] = event.at
    states = [state.value for state in LINE]
    if State.NOTIFIED.value not in came and (not rules().notice_to_npa or State.ACTIVE.value in came):
        states.remove(State.NOTIFIED.value)
    if plan.state not in states:
        reached = [state for state in states if state in came and state not in (State.ENDED.value, State.CLOSED.value)]
        ahead = [State.CLOSED.value] if plan.state in (State.CANCELLED, State.REFUSED) else [State.ENDED.value, State.CLOSED.value]
        states = [*reached, plan.state, *ahead]
    elif State.CANCELLED.value in came or State.REFUSED.value in came:
        off = State.CANCELLED.value if State.CANCELLED.value in came else State.REFUSED.value
        states = [*(state for state in states[:-1] if state in came), off, State.CLOSED.value]
    here = states.index(plan.state)
    return [Step(state, place < here, place == here, came.get(state) if place <= here else None) for place, state in enumerate(states)]


def missing(actor: Actor, plan: Plan, now: datetime) -> tuple[Verb | None, list[Item]]:
    """The next verb on the way, and its conditions one by one as they stand now."""
    verb = _NEXT.get(State(plan.state))
    row = CELLS.get((plan.state, verb.value)) if verb else None
    if verb is None or row is None:
        return None, []
    ask = Ask(plan, row, actor, Given(), now, as_who=row.who[0].value if row.who[0].value != "approver" else "")
    return verb, [_item(ask, must) for must in row.must if must not in _OF_THE_ACT]


def _item(ask: Ask, must: Must) -> Item:
    try:
        return Item(f"refused.plan_{must.value}", CONDITIONS[must](ask), is_unseen=_is_unseen(ask, must))
    except Refused as refused:  # another part objects, with its own sentence
        return Item(f"refused.{refused.data['reason']}", is_true=False)


def _is_unseen(ask: Ask, must: Must) -> bool:
    """Whether no app has the records: an empty register would say that all is well."""
    return {
        Must.SETTLED: not hooks.THINGS, Must.DIFFERENT: not hooks.OPERATORS, Must.NO_OBJECTION: not hooks.MAY.get(ask.row.verb.value)
    }.get(must, False)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deciding:
    """What an approver should have before his eyes."""

    is_involved: bool
    copied: list[Copied]
    so_far: list[tuple[str, int]]  # officer's code, days granted in this investigation so far
    renewals: int


def deciding(actor: Actor, plan: Plan) -> Deciding:
    """For the page of a plan that waits for a decision."""
    sums = granted_so_far(plan.case_id)
    days = [(code, _days(sums.get(officer))) for code in plan.operators for officer in officers_of(plan, code)]
    return Deciding(is_involved(plan, actor.person), copied(plan), days, max(plan.grants.count() - 1, 0))


def officers_of(plan: Plan, code: str) -> set[int | str]:
    """The officer of one code, as the sum counts him."""
    alone = Plan(pk=plan.pk, case_id=plan.case_id, operators=[code])
    return officers(alone)


def _days(length: timedelta | None) -> int:
    return length.days if length else 0


def next_review(plan: Plan) -> Review | None:
    """The review that falls due next, or is due."""
    return plan.reviews.filter(done_at=None, dropped_at=None).order_by("due_at").first()


def waiting(plan: Plan) -> dict[str, Asked | None]:
    """What waits for the approver."""
    return {
        "renewal": plan.renewals.filter(answer=Asked.Answer.WAITING).select_related("by").first(),
        "amendment": plan.amendments.filter(answer=Asked.Answer.WAITING).select_related("by").first(),
    }


def why_not(plan: Plan, now: datetime) -> str:
    """The sentence why nobody may be contacted now; nothing when somebody may."""
    reason = queries.may_contact(plan, now)
    return f"authority.reason.{reason}" if reason else ""
