"""What moved last in the cases that a person may know of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from andon.console.casework import visible
from andon.console.casework.models import CaseEvent, CaseLink, Membership
from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

MOST = 12
_HIDDEN = (CaseLink.Kind.HOLD, CaseLink.Kind.PLAN)  # linked by verbs that say so themselves


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happened in a case."""

    at: datetime
    case: Case
    label: str
    who: str


def feed(person: Person, limit: int = MOST) -> list[Move]:
    """The last moves, the latest first: three questions, whatever number of cases."""
    inside = Q(case__in=visible.cases(person).values("pk"))
    events = CaseEvent.objects.filter(inside).select_related("case", "by").order_by("-at")[:limit]
    links = CaseLink.objects.filter(inside).exclude(kind__in=_HIDDEN).exclude(at=F("case__opened_at"))  # a proposal says itself what it is of
    members = Membership.objects.filter(inside).select_related("case", "by", "person").order_by("-at")[:limit]
    found = [Move(one.at, one.case, _said(f"moment.case.{one.what}"), one.by.name) for one in events]
    last_links = links.select_related("case", "by").order_by("-at")[:limit]
    found += [Move(one.at, one.case, _said("moment.linked", what=_said(f"case.link.{one.kind}")), one.by.name) for one in last_links]
    found += [_let_in(one, person) for one in members]
    return sorted(found, key=lambda move: move.at, reverse=True)[:limit]


def _let_in(one: Membership, person: Person) -> Move:
    """Without the name of an operation officer (A19), for everybody but themselves."""
    role = _said(f"case.role.{one.role}")
    if one.role == Membership.Role.OPERATOR and one.person_id != person.pk:
        return Move(one.at, one.case, _said("moment.member_added", what=role), "")
    return Move(one.at, one.case, _said("moment.member_added", what=_said("moment.with", what=one.person.name, more=role)), one.by.name)


def _said(code: str, **data: object) -> str:
    return say(code, language(), **data)
