"""Which referrals a person sees, and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from andon.console.measures.common.kinds import Waiting
from andon.console.measures.kinds.referral.models import Referral
from andon.console.measures.kinds.referral.reasons import REACHED
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.staff.models import Person

_State = Referral.State


def visible(person: Person) -> QuerySet[Referral]:
    """Those that the person's unit gave, and those that reached it."""
    given, taken = Q(unit=person.unit_id), Q(to_unit=person.unit_id, state__in=REACHED)
    withdrawn = Q(to_unit=person.unit_id, state=_State.WITHDRAWN, events__state=_State.SENT)
    rows = Referral.objects.filter(given | taken | withdrawn).distinct()
    return rows.select_related("unit", "to_unit", "receiver", "by", "approved_by", "campaign")


def waiting(person: Person) -> list[Waiting]:
    """For the board: to approve, to answer, returned, and those whose answer is overdue."""
    if not person.may(Right.MEASURE_DRAFT):
        return []
    rows = Referral.objects.filter(Q(unit=person.unit_id) | Q(to_unit=person.unit_id)).select_related("unit", "to_unit", "receiver")
    now, lines = timezone.now(), []
    for one in rows.filter(state__in=(_State.DRAFT, _State.SENT, _State.RETURNED)).order_by("-pk")[:500]:
        code = _code(person, one)
        if code:
            late = one.state == _State.SENT and one.answer_by is not None and one.answer_by <= now
            label = f"#{one.pk} {one.unit if code == 'referral_answer' else one.to}"
            lines.append(Waiting(code, label, reverse("referral:referral", args=[one.pk]), one.answer_by, late))
    return lines


def _code(person: Person, one: Referral) -> str:
    ours = one.unit_id == person.unit_id
    if ours and one.state == _State.DRAFT and person.may(Right.MEASURE_SEND):
        return "referral_approve"
    if ours and one.state == _State.RETURNED:
        return "referral_returned"
    if not ours and one.state == _State.SENT:
        return "referral_answer"
    if ours and one.state == _State.SENT and one.receiver_id and one.answer_by and one.answer_by <= timezone.now():
        return "referral_no_answer"
    return ""
