"""Record what a provider answered. An answer is what somebody says; whether a post is gone is what looks find."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.kinds.removal.actions.draft import KIND
from andon.console.measures.kinds.removal.life import note, save
from andon.console.measures.kinds.removal.models import Item, Request
from andon.console.measures.visits.plan import plan_visits
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

_LONGEST = 2_000
_State = Request.State
_SAYS_AT_ONCE = (_State.SENT, _State.NO_ANSWER, _State.ACKNOWLEDGED)


class Answer(StrEnum):
    """What a provider says."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    SAYS_REMOVED = "says_removed"
    SAYS_PARTLY = "says_partly"


@verb("removal.answered", Right.MEASURE_DRAFT)
def answer(actor: Actor, request_id: int, code: str, *, text: str = "", at: datetime | None = None) -> Done[Request]:
    """Record an answer, and when it came. A provider that says it removed is looked at soon; the state follows what is found.

    Raises Refused for an answer that there is none such, a refusal without its reason, or a time that makes no sense; Conflict for a request that
    nothing was sent for.
    """
    now = timezone.now()
    at, text = at or now, text.strip()[:_LONGEST]
    request = Request.objects.select_for_update().get(pk=request_id)
    if request.first_sent_at is None:
        raise Conflict(reason="not_sent_yet", name=f"removal:{request_id}")
    if code not in set(Answer):
        raise Refused(reason="answer", name=code)
    if code == Answer.REFUSED and not text:
        raise Refused(reason="answer_reason", name=code)
    if at > now or at < request.first_sent_at - timedelta(minutes=1):
        raise Refused(reason="answer_time", name=code)
    _take(request, code)
    save(request, now)
    if code in (Answer.SAYS_REMOVED, Answer.SAYS_PARTLY):
        asked = Item.objects.filter(request=request, state__in=(Item.State.ASKED, Item.State.BACK)).values_list("post_id", flat=True)
        plan_visits(list(asked), first_after=timedelta(0), why=KIND, by=actor.person)
    note(request, f"answer.{code}", by=actor.person, text=text, at=at)
    return Done(request, f"removal:{request_id}", {"answer": code, "at": at.isoformat(timespec="seconds")})


def _take(request: Request, code: str) -> None:
    """The state by an answer; what looks have found outweighs it."""
    if code == Answer.REFUSED:
        if request.state in _SAYS_AT_ONCE:
            request.state = _State.REFUSED
        request.due_at = None
    elif request.state in _SAYS_AT_ONCE:
        request.state = _State.ACKNOWLEDGED
