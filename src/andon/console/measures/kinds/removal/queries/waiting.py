"""What waits for a person: drafts to approve, police to tell, letters to carry out, answers that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from andon.console.measures.common.channels import COPY
from andon.console.measures.common.kinds import Waiting
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.removal.life import IN_THE_MAKING, rules
from andon.console.measures.kinds.removal.models import Letter, Request
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person
    from andon.wording.say import Language

MOST = 40  # lines of one sort; the rest is one line more
_State = Request.State
HEAVY = ("campaign__template", "campaign__days", "campaign__kinds", "campaign__sources")  # read by nobody in a list
NEEDS_A_STEP = (_State.NO_ANSWER, _State.REFUSED, _State.BOUNCED, _State.REOPENED)
_LISTS = {"police": "drafted", "approve": "drafted", "carry_out": "approved"}  # where the list shows the rest of a sort


def listed(numbers: Sequence[int]) -> list[Request]:
    """These requests as lists show them, in this order."""
    found = Request.objects.select_related("provider", "campaign").defer(*HEAVY).in_bulk(list(numbers))
    return [found[pk] for pk in numbers if pk in found]


def waiting_of(person: Person, language: Language, now: datetime | None = None) -> list[Waiting]:
    """Of the person's own unit, what is late first."""
    now = now or timezone.now()
    found: list[Waiting] = []
    mine = Request.objects.filter(unit=person.unit_id)
    if person.may(Right.MEASURE_DRAFT):
        found += _lines("police", untold(mine), language, now)
        for state in NEEDS_A_STEP:
            found += _lines(state, unfinished(mine, state), language, now)
    if person.may(Right.MEASURE_SEND):
        found += _lines("approve", drafted(mine), language, now)
        found += _lines("carry_out", by_hand(mine, now), language, now)
    if person.may(Right.MEASURE_DRAFT):
        found += _lines("overdue", overdue(mine, now), language, now)
    return found


def _lines(sort: str, requests: QuerySet[Request], language: Language, now: datetime) -> list[Waiting]:
    """A line each, and one for all those that are too many to list."""
    numbers = list(requests.values_list("pk", flat=True)[: MOST + 1])
    lines = [_of(f"removal.waiting.{sort}", one, language, now) for one in listed(numbers[:MOST])]
    if len(numbers) > MOST:
        more = requests.count() - MOST
        label = say("removal.waiting.more", language, count=more)
        lines.append(Waiting(f"removal.waiting.{sort}", label, f"{reverse('removal:requests')}?state={_LISTS.get(sort, sort)}&mine=1", count=more))
    return lines


def drafted(requests: QuerySet[Request]) -> QuerySet[Request]:
    """With a letter that somebody could approve now."""
    first = rules().tells_police
    letters = Letter.objects.filter(state=Letter.State.DRAFTED).values("request")
    waiting = requests.filter(pk__in=letters).exclude(Q(unit__kind__in=first) & Q(police_told_at=None) & Q(first_sent_at=None))
    return waiting.order_by("made_at")


def untold(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Of which the police are to be told first, and were not."""
    return requests.filter(state=_State.DRAFTED, unit__kind__in=rules().tells_police, police_told_at=None).order_by("made_at")


def unfinished(requests: QuerySet[Request], state: str) -> QuerySet[Request]:
    """In a state that asks for a person, who has not begun to write again."""
    making = Letter.objects.filter(request=OuterRef("pk"), state__in=IN_THE_MAKING)
    return requests.filter(~Exists(making), state=state).order_by("due_at", "pk")


def by_hand(requests: QuerySet[Request], now: datetime) -> QuerySet[Request]:
    """Approved, for a form or a portal: a person carries it out."""
    rows = Outgoing.objects.filter(kind="removal", channel=COPY, state=Outgoing.State.WAITING, not_before__lte=now).values("subject_id")
    letters = Letter.objects.filter(pk__in=rows, state=Letter.State.APPROVED).values("request")
    return requests.filter(pk__in=letters).order_by("made_at")


def overdue(requests: QuerySet[Request], now: datetime) -> QuerySet[Request]:
    """Acknowledged or partly done, and late."""
    return requests.filter(state__in=(_State.SENT, _State.ACKNOWLEDGED, _State.PARTLY), due_at__lte=now).order_by("due_at")


def _of(code: str, request: Request, language: Language, now: datetime) -> Waiting:
    provider = request.provider
    name = provider.name_en or provider.name if language == "en" else provider.name
    late = request.due_at is not None and request.due_at <= now
    label = f"{name} · {request.campaign.title[:40]}"
    count = request.to_ask or request.left
    return Waiting(code, label, reverse("removal:request", args=[request.pk]), request.due_at, overdue=late, count=count)
