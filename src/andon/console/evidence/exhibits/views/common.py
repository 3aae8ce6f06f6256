"""What the screens share: what a person may do with an exhibit, and the answer after a verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect

from andon.console.casework import visible
from andon.console.casework.models import WORKING
from andon.console.doors import actor_of, refusal
from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.boundary import problem_of
from andon.console.evidence.exhibits.people import KEEPING, can_sign, hidden_in, holds
from andon.console.evidence.exhibits.showing import problem
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.domain.errors import EvidenceError
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person


@dataclass(frozen=True, slots=True)
class May:
    """What a person may do with exhibits of a case. The verbs say the same; this only keeps forms off the page that would be refused."""

    keep: bool
    take_in: bool
    decide: bool
    verify: bool


def may(person: Person, case: Case) -> May:
    """By right and by role in the case."""
    roles = visible.roles_in(person, case.pk)
    hidden = hidden_in(person, case)
    keeps = bool(roles & frozenset(KEEPING)) and person.may(Right.EVIDENCE_KEEP) and not hidden
    decides = bool(roles & frozenset(WORKING)) and person.may(Right.CASE_WORK) and not hidden
    return May(keeps, keeps and case.is_open, decides, bool(roles) and not hidden)


@dataclass(frozen=True, slots=True)
class Custody:
    """Who holds an exhibit now, whether that is the reader, whether they can sign in to hand it on; and its seal."""

    holder: str
    is_mine: bool
    can_sign: bool
    is_sealed: bool


def custody(person: Person, exhibit: Exhibit) -> Custody:
    """As the log tells it."""
    holder = mirror.holder(exhibit)
    return Custody(holder, holds(person, holder), can_sign(holder, exhibit.case), mirror.is_sealed(exhibit))


def did(request: HttpRequest, work: Callable[[], object], sentence: str, where: str, *args: int, **data: object) -> HttpResponse:
    """Do it, say so, and go there. What the store refuses is told in its sentence, as 409."""
    try:
        work()
    except EvidenceError as error:
        return told(request, error)
    messages.success(request, say(sentence, language(), **data))
    return redirect(where, *args)


def told(request: HttpRequest, error: EvidenceError) -> HttpResponse:
    """The refusal of the store as a page or toast, without where it lies."""
    return refusal(request, _SaidError(problem(problem_of(error, ""))), status=409)


class _SaidError(EvidenceError):
    """A sentence that is already made."""

    code = "exhibits.said"

    def __init__(self, sentence: str) -> None:
        super().__init__(name=sentence)


def person_of(request: HttpRequest) -> Person:
    """Who sits at this screen."""
    return actor_of(request).person
