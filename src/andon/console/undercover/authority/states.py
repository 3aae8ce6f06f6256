"""The state table of plans: the specification itself. `moving.move` executes these rows, the documents print them, the tests try every cell.

A verb that has no row for a state is refused in it. `who` may do it; every `must` has to be true (in this order: the first that is not gives the
sentence of the refusal); then the plan is in `to`, and each of `then` follows in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from andon.console.undercover.authority.codes import State as S  # noqa: N817 - one letter keeps a row on a line
from andon.console.undercover.authority.codes import Verb as V  # noqa: N817
from andon.console.undercover.authority.codes import Who as W  # noqa: N817


class Must(StrEnum):
    """What has to be true. Each is a function in `conditions`, and a sentence "refused.plan_<code>" that names its rule."""

    CASE = "case"
    RECRUITMENT = "recruitment"
    OFFENCES = "offences"
    TEXTS = "texts"
    STAFFING = "staffing"
    PERIOD = "period"
    REVIEW_DAYS = "review_days"
    DOCUMENTS = "documents"
    RANK = "rank"
    CUSTODIAN = "custodian"
    DIFFERENT = "different"
    CHIEF = "chief"
    IN_PERSON = "in_person"
    OUTSIDE = "outside"
    SUM = "sum"
    NOTICE = "notice"
    NOTICE_OFF = "notice_off"
    IN_PERIOD = "in_period"
    PERIOD_OVER = "period_over"
    WORDS = "words"
    STOP_GROUND = "stop_ground"
    GROUND = "ground"
    NOT_FINAL = "not_final"
    REVIEWED = "reviewed"
    REVIEW_LEFT = "review_left"
    REVIEW_MISSED = "review_missed"
    RESULTS = "results"
    UNTIL = "until"
    RENEWAL_WAITS = "renewal_waits"
    NO_RENEWAL_WAITS = "no_renewal_waits"
    WIDER = "wider"
    AMENDMENT_WAITS = "amendment_waits"
    NO_AMENDMENT_WAITS = "no_amendment_waits"
    SETTLED = "settled"
    ERRORS_CLOSED = "errors_closed"
    UNRELATED_DECIDED = "unrelated_decided"
    NO_OBJECTION = "no_objection"


class Then(StrEnum):
    """What follows. Each is a function in `effects`, and a sentence "authority.then.<code>"."""

    VERSION = "version"
    MEMBERS = "members"
    GRANT = "grant"
    REVIEWS = "reviews"
    NOTICE = "notice"
    SKIP_REVIEWS = "skip_reviews"
    REVIEW_DONE = "review_done"
    ERROR = "error"
    RENEWAL_ASKED = "renewal_asked"
    RENEWAL_REFUSED = "renewal_refused"
    AMENDMENT_ASKED = "amendment_asked"
    AMENDMENT_REFUSED = "amendment_refused"
    WIDEN = "widen"
    THINGS = "things"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    state: S
    verb: V
    who: tuple[W, ...]
    must: tuple[Must, ...]
    to: S
    then: tuple[Then, ...] = ()


M, T = Must, Then
_WHOLE = (
    M.CASE, M.RECRUITMENT, M.OFFENCES, M.TEXTS, M.STAFFING, M.PERIOD, M.REVIEW_DAYS, M.DOCUMENTS, M.RANK, M.CUSTODIAN, M.DIFFERENT,
)  # fmt: skip
_LED = (W.COORDINATOR, W.APPROVER)
_GOES_ON = (M.CASE, M.IN_PERIOD, M.RANK, M.DIFFERENT)
_END = (T.THINGS, T.OVER)


def _in(states: tuple[S, ...], verb: V, who: tuple[W, ...], must: tuple[Must, ...], to: S | None, *then: Then) -> tuple[Row, ...]:
    """The same row for several states; `to` None: the plan stays where it is."""
    return tuple(Row(state, verb, who, must, to or state, then) for state in states)


TABLE: tuple[Row, ...] = (
    # Applied for and decided
    Row(S.DRAFT, V.WRITE, (W.APPLICANT,), (M.CASE,), S.DRAFT, (T.VERSION,)),
    Row(S.DRAFT, V.SUBMIT, (W.APPLICANT,), (*_WHOLE, M.CHIEF), S.SUBMITTED, (T.VERSION, T.MEMBERS)),
    *_in((S.DRAFT, S.SUBMITTED), V.WITHDRAW, (W.APPLICANT,), (), S.CANCELLED, T.OVER),
    Row(S.SUBMITTED, V.SEND_BACK, (W.APPROVER,), (M.WORDS,), S.DRAFT),
    Row(S.SUBMITTED, V.REFUSE, (W.APPROVER,), (M.IN_PERSON, M.WORDS), S.REFUSED, (T.OVER,)),
    Row(S.SUBMITTED, V.APPROVE, (W.APPROVER,), (M.IN_PERSON, *_WHOLE, M.OUTSIDE, M.SUM), S.APPROVED, (T.GRANT, T.REVIEWS)),
    # Notice, and the beginning
    Row(S.APPROVED, V.NOTIFY, (W.APPLICANT, W.COORDINATOR), (M.NOTICE,), S.NOTIFIED, (T.NOTICE,)),
    Row(S.APPROVED, V.BEGIN, (W.COORDINATOR,), (M.NOTICE_OFF, *_GOES_ON, M.NO_OBJECTION), S.ACTIVE, (T.SKIP_REVIEWS,)),
    Row(S.NOTIFIED, V.BEGIN, (W.COORDINATOR,), (*_GOES_ON, M.NO_OBJECTION), S.ACTIVE, (T.SKIP_REVIEWS,)),
    # Reviews, suspension, stop
    *_in((S.ACTIVE, S.SUSPENDED), V.REVIEW, (W.COORDINATOR,), (M.WORDS, M.REVIEW_LEFT), None, T.REVIEW_DONE),
    Row(S.ACTIVE, V.MISS_REVIEW, (W.MACHINE,), (M.REVIEW_MISSED,), S.SUSPENDED, (T.ERROR,)),
    Row(S.ACTIVE, V.SUSPEND, _LED, (M.GROUND, M.WORDS), S.SUSPENDED),
    *_in((S.ACTIVE, S.SUSPENDED), V.STOP, (W.LOGGER, W.COORDINATOR, W.MACHINE), (M.STOP_GROUND,), S.SUSPENDED),
    Row(
        S.SUSPENDED, V.RESUME, (W.APPROVER,), (M.IN_PERSON, M.NOT_FINAL, M.WORDS, *_GOES_ON, M.REVIEWED, M.OUTSIDE, M.NO_OBJECTION), S.ACTIVE,
    ),
    # Longer: a new decision
    Row(S.ACTIVE, V.ASK_RENEWAL, (W.APPLICANT,), (M.IN_PERIOD, M.NO_RENEWAL_WAITS, M.RESULTS, M.UNTIL), S.ACTIVE, (T.RENEWAL_ASKED,)),
    Row(
        S.ACTIVE, V.RENEW, (W.APPROVER,), (M.IN_PERSON, M.RENEWAL_WAITS, M.WORDS, *_GOES_ON, M.REVIEWED, M.OUTSIDE, M.SUM), S.ACTIVE,
        (T.GRANT, T.REVIEWS),
    ),
    *_in((S.ACTIVE, S.SUSPENDED), V.REFUSE_RENEWAL, (W.APPROVER,), (M.IN_PERSON, M.RENEWAL_WAITS, M.WORDS), None, T.RENEWAL_REFUSED),
    # Wider: the same approver's decision
    *_in((S.APPROVED, S.NOTIFIED, S.ACTIVE), V.ASK_AMENDMENT, (W.APPLICANT,), (M.NO_AMENDMENT_WAITS, M.WIDER, M.WORDS), None, T.AMENDMENT_ASKED),
    *_in(
        (S.APPROVED, S.NOTIFIED, S.ACTIVE), V.AMEND, (W.APPROVER,),
        (M.IN_PERSON, M.AMENDMENT_WAITS, M.CASE, M.OFFENCES, M.DOCUMENTS, M.DIFFERENT, M.OUTSIDE, M.SUM), None, T.WIDEN, T.VERSION,
    ),
    *_in(
        (S.APPROVED, S.NOTIFIED, S.ACTIVE, S.SUSPENDED), V.REFUSE_AMENDMENT, (W.APPROVER,), (M.IN_PERSON, M.AMENDMENT_WAITS, M.WORDS), None,
        T.AMENDMENT_REFUSED,
    ),
    # The end
    *_in((S.ACTIVE, S.SUSPENDED), V.END, (W.COORDINATOR,), (M.WORDS,), S.ENDED, *_END),
    *_in((S.APPROVED, S.NOTIFIED, S.ACTIVE, S.SUSPENDED), V.EXPIRE, (W.MACHINE,), (M.PERIOD_OVER,), S.ENDED, *_END),
    *_in((S.APPROVED, S.NOTIFIED, S.ACTIVE, S.SUSPENDED), V.CANCEL, _LED, (M.GROUND, M.WORDS), S.CANCELLED, *_END),
    *_in(
        (S.ENDED, S.CANCELLED, S.REFUSED), V.CLOSE, (W.COORDINATOR, W.APPLICANT), (M.SETTLED, M.ERRORS_CLOSED, M.UNRELATED_DECIDED, M.NO_OBJECTION),
        S.CLOSED,
    ),
)  # fmt: skip

CELLS: dict[tuple[str, str], Row] = {(row.state.value, row.verb.value): row for row in TABLE}
if len(CELLS) != len(TABLE):
    raise AssertionError("two rows for one cell")

# Where the rules come from: `domain.md` (U) and `policy.md` (A, D, O) of the project's papers, also named in each sentence.
RULES: dict[Must, tuple[str, ...]] = {
    M.CASE: ("U1", "A4"), M.RECRUITMENT: ("U1", "A1"), M.OFFENCES: ("U2", "A1"), M.TEXTS: ("U3", "A2", "A3", "U15"), M.STAFFING: ("U5", "A4"),
    M.PERIOD: ("U5", "A9"), M.REVIEW_DAYS: ("A12",), M.DOCUMENTS: ("U5", "D1"), M.RANK: ("U7", "A7"), M.CUSTODIAN: ("U12",),
    M.DIFFERENT: ("U4", "A6"), M.CHIEF: ("U4", "A5"), M.IN_PERSON: ("A5",), M.OUTSIDE: ("A6",), M.SUM: ("A10",), M.NOTICE: ("U8", "A8"),
    M.NOTICE_OFF: ("U8", "A8"), M.IN_PERIOD: ("A9", "A11"), M.PERIOD_OVER: ("A9",), M.STOP_GROUND: ("A16",), M.GROUND: ("A13",),
    M.NOT_FINAL: ("U14", "A13"), M.REVIEWED: ("A12",), M.REVIEW_MISSED: ("A12",), M.RESULTS: ("A11",), M.UNTIL: ("A9", "A11"),
    M.WIDER: ("A15",), M.SETTLED: ("D4", "A13"), M.ERRORS_CLOSED: ("O6",), M.UNRELATED_DECIDED: ("O8",),
}  # fmt: skip
