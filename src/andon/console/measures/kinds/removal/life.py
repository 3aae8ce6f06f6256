"""What moves a request from one state to the next. Plain functions: verbs and hooks call them, inside their transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone

from andon.console.measures.kinds.removal.models import Event, Item, Letter, Request, Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from andon.console.staff.models import Person

_State = Request.State
BEFORE_SENDING = (_State.DRAFTED, _State.APPROVED)
ANSWERABLE = (_State.SENT, _State.ACKNOWLEDGED, _State.PARTLY, _State.REFUSED, _State.NO_ANSWER, _State.REOPENED, _State.BOUNCED)
IN_THE_MAKING = (Letter.State.DRAFTED, Letter.State.APPROVED)


def rules() -> Rules:
    """What this installation has set; what andon sets where nobody has."""
    return Rules.objects.first() or Rules()


def note(
    request: Request, code: str, *, by: Person | None = None, letter: Letter | None = None, facts: Mapping[str, Any] | None = None, text: str = "",
    at: datetime | None = None,
) -> Event:  # fmt: skip
    """Add a line to the timeline of a request."""
    now = timezone.now()
    return Event.objects.create(request=request, letter=letter, code=code, facts=dict(facts or {}), note=text, by=by, at=at or now, noted_at=now)


def recount(request: Request) -> None:
    """Set the counts of a request from its posts (not saved)."""
    rows = Item.objects.filter(request=request.pk).order_by().values("state").annotate(posts=Count("pk"))
    posts = {row["state"]: row["posts"] for row in rows}
    once_asked = Item.objects.filter(request=request.pk, asked_at__isnull=False).exclude(state=Item.State.DROPPED).count()
    request.asked, request.gone, request.gone_before = once_asked, posts.get(Item.State.GONE, 0), posts.get(Item.State.GONE_BEFORE, 0)
    request.to_ask = posts.get(Item.State.WAITING, 0) + posts.get(Item.State.BACK, 0)


def save(request: Request, now: datetime | None = None) -> None:
    """Keep what was set."""
    request.changed_at = now or timezone.now()
    request.save()


def after_looks(request: Request, now: datetime) -> str:
    """Count anew and bring the request into the state that its posts are in; the code of what changed, or nothing."""
    before = request.state
    recount(request)
    request.state = _state(request, now)
    if request.state in (_State.REMOVED, _State.GONE_BEFORE):
        request.due_at = None
    save(request, now)
    return request.state if request.state != before else ""


def _state(request: Request, now: datetime) -> str:
    state = request.state
    nothing_asked = not request.to_ask and not request.asked
    if state == _State.CANCELLED or (state in BEFORE_SENDING and not nothing_asked):
        return state
    if nothing_asked:
        return _State.GONE_BEFORE if request.gone_before else state
    if request.to_ask:
        return _State.REOPENED
    if request.gone:
        return _State.PARTLY if request.left else _State.REMOVED
    if state in (_State.REMOVED, _State.PARTLY, _State.REOPENED, _State.GONE_BEFORE):  # what had changed is as it was before
        return _State.NO_ANSWER if request.due_at is None or request.due_at <= now else _State.SENT
    return state


def letter_in_the_making(request: Request) -> Letter | None:
    """The letter that is not out yet, if there is one."""
    return Letter.objects.filter(request=request.pk, state__in=IN_THE_MAKING).first()


def moved(items: Iterable[Item], state: str, **fields: object) -> list[int]:
    """Bring items into a state; the numbers of those whose state it was not."""
    ids = [item.pk for item in items if item.state != state]
    Item.objects.filter(pk__in=ids).update(state=state, **fields)
    return ids
