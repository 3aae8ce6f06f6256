"""What waits for a person: drafts to approve, police to tell, letters to carry out, answers that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from andon.console.measures.common.channels import COPY
from andon.console.measures.common.kinds import Waiting
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.removal.life import rules
from andon.console.measures.kinds.removal.models import Letter, Request
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person
    from andon.wording.say import Language

MOST = 200
_State = Request.State
NEEDS_A_STEP = (_State.NO_ANSWER, _State.REFUSED, _State.BOUNCED, _State.REOPENED)
_IN_THE_MAKING = Q(letters__state__in=(Letter.State.DRAFTED, Letter.State.APPROVED))


def waiting_of(person: Person, language: Language, now: datetime | None = None) -> list[Waiting]:
    """Of the person's own unit, what is late first."""
    now = now or timezone.now()
    found: list[Waiting] = []
    mine = Request.objects.filter(unit=person.unit_id).select_related("provider", "campaign")
    if person.may(Right.MEASURE_DRAFT):
        found += [_of("removal.waiting.police", one, language) for one in untold(mine)]
        found += [_of(f"removal.waiting.{one.state}", one, language, now) for one in unfinished(mine)]
    if person.may(Right.MEASURE_SEND):
        found += [_of("removal.waiting.approve", one, language) for one in drafted(mine)]
        found += [_of("removal.waiting.carry_out", one, language) for one in by_hand(mine, now)]
    if person.may(Right.MEASURE_DRAFT):
        found += [_of("removal.waiting.overdue", one, language, now) for one in overdue(mine, now)]
    return found


def drafted(requests: QuerySet[Request]) -> Iterator[Request]:
    """With a letter that somebody could approve now."""
    first = rules().tells_police
    waiting = requests.filter(letters__state=Letter.State.DRAFTED).exclude(Q(unit__kind__in=first) & Q(police_told_at=None))
    return iter(waiting.order_by("made_at").distinct()[:MOST])


def untold(requests: QuerySet[Request]) -> Iterator[Request]:
    """Of which the police are to be told first, and were not."""
    first = rules().tells_police
    if not first:
        return iter(())
    return iter(requests.filter(state=_State.DRAFTED, unit__kind__in=first, police_told_at=None).order_by("made_at")[:MOST])


def unfinished(requests: QuerySet[Request]) -> Iterator[Request]:
    """In a state that asks for a person, who has not begun to write again."""
    return iter(requests.filter(state__in=NEEDS_A_STEP).exclude(_IN_THE_MAKING).order_by("changed_at")[:MOST])


def by_hand(requests: QuerySet[Request], now: datetime) -> Iterator[Request]:
    """Approved, for a form or a portal: a person carries it out."""
    rows = Outgoing.objects.filter(kind="removal", channel=COPY, state=Outgoing.State.WAITING, not_before__lte=now).values("subject_id")
    return iter(requests.filter(letters__in=rows).order_by("made_at")[:MOST])


def overdue(requests: QuerySet[Request], now: datetime) -> Iterator[Request]:
    """Acknowledged or partly done, and late."""
    return iter(requests.filter(state__in=(_State.SENT, _State.ACKNOWLEDGED, _State.PARTLY), due_at__lte=now).order_by("due_at")[:MOST])


def _of(code: str, request: Request, language: Language, now: datetime | None = None) -> Waiting:
    provider = request.provider
    name = provider.name_en or provider.name if language == "en" else provider.name
    late = now is not None and request.due_at is not None and request.due_at <= now
    label = f"{name} · {request.campaign.title[:40]}"
    count = request.to_ask or request.left
    return Waiting(code, label, reverse("removal:request", args=[request.pk]), request.due_at, overdue=late, count=count)
