"""What happens to requests when posts are looked at, when campaigns are drawn anew, and when a decision is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from andon.console.intake.models import Post
from andon.console.measures.common import notices
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox import cancel
from andon.console.measures.kinds.removal.actions.draft import KIND, add_posts
from andon.console.measures.kinds.removal.life import BEFORE_SENDING, after_looks, note, save
from andon.console.measures.kinds.removal.models import Item, Letter, Request
from andon.console.measures.kinds.removal.queries.places import pieces, places
from andon.console.measures.visits.plan import stop
from andon.console.review.models import Decision
from andon.console.review.queries.covering import line, survivor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from andon.console.measures.visits.models import Visit

_HOUR = 3600.0
_THERE = ("there", "changed")  # under its address something of it still stands
_TOLD_OF = (Request.State.REOPENED, Request.State.PARTLY, Request.State.REMOVED)


def after_visits(visits: Sequence[Visit]) -> None:
    """Bring posts and requests to what the looks found. One look that finds nothing is remembered; only agreeing ones count."""
    looks = {visit.post_id: visit for visit in visits}
    items = [
        item for piece in pieces(list(looks))
        for item in Item.objects.filter(post__in=piece).exclude(state=Item.State.DROPPED).select_related("request__unit")
    ]  # fmt: skip
    touched: dict[int, tuple[Request, datetime]] = {}
    for item in items:
        visit = looks[item.post_id]
        if _look(item, visit):
            touched[item.request_id] = (item.request, visit.at)
    Item.objects.bulk_update(items, ["state", "gone_at", "back_at", "looked_at", "hours", "last_code"], batch_size=400)
    for request, at in touched.values():
        _tell(request, after_looks(request, at), at)


def _look(item: Item, visit: Visit) -> bool:
    """Set what one look says of a post; whether its state is another one by it."""
    before = item.state
    item.last_code = visit.code
    if visit.state in _THERE:
        item.looked_at = visit.at
        if before not in (Item.State.GONE, Item.State.GONE_BEFORE):
            item.gone_at = None  # an earlier look that found nothing was wrong
        elif visit.is_settled:
            item.state = Item.State.BACK if item.asked_at else Item.State.WAITING
            item.back_at, item.gone_at, item.hours = visit.at, None, None
    elif visit.state == "gone":
        item.looked_at = visit.at
        item.gone_at = item.gone_at or visit.at
        if visit.is_settled and before not in (Item.State.GONE, Item.State.GONE_BEFORE):
            item.state = Item.State.GONE if item.asked_at else Item.State.GONE_BEFORE
            item.hours = max((item.gone_at - item.asked_at).total_seconds(), 0.0) / _HOUR if item.asked_at else None
    return item.state != before


def _tell(request: Request, changed: str, at: datetime) -> None:
    """A line of the timeline with the counts as they are now, and a notice where somebody has to act or may be done."""
    facts = {"gone": request.gone, "gone_before": request.gone_before, "asked": request.asked, "to_ask": request.to_ask}
    note(request, f"state.{changed}" if changed else "looked", facts=facts, at=at)
    if changed == Request.State.GONE_BEFORE:
        cancel(Q(kind=KIND, subject_id__in=list(request.letters.values_list("pk", flat=True))), problem="all_gone")
        Letter.objects.filter(request=request.pk, state=Letter.State.DRAFTED).update(state=Letter.State.CANCELLED)
    if changed == Request.State.REMOVED:
        stop(request.items.filter(state=Item.State.DROPPED).values_list("post_id", flat=True), why=KIND)
    if changed in _TOLD_OF:
        _notice(f"removal_{changed}", request)


def _notice(code: str, request: Request) -> None:
    data = {"request": request.pk, "gone": request.gone, "asked": request.asked}
    notices.tell(code, url=reverse("removal:request", args=[request.pk]), unit=request.unit, right="measures.draft", data=data)


def after_regroup(campaign_ids: Sequence[int]) -> None:
    """Posts that came later to a campaign that has requests: they are added, and the request is open again. Nothing is sent by itself."""
    for piece in pieces(list(campaign_ids)):
        concerned = Request.objects.filter(Q(campaign__in=piece) | Q(campaign__merged_into__in=piece)).exclude(state=Request.State.CANCELLED)
        for campaign in {survivor(one) for one in concerned.values_list("campaign_id", flat=True)}:
            _add_later(campaign)


def _add_later(campaign_id: int) -> None:
    now = timezone.now()
    inside = Item.objects.filter(post=OuterRef("pk")).exclude(state=Item.State.DROPPED)
    if not Post.objects.filter(~Exists(inside), campaign=campaign_id).exists():
        return
    by_provider = {one.provider_id: one for one in _living(campaign_id)}
    for place in places([campaign_id]):
        request = by_provider.get(place.provider.pk) if place.provider else None
        if request is None or not place.ready:
            continue
        before = request.to_ask
        add_posts(request, place, now)
        if request.to_ask == before:
            continue
        if request.state not in BEFORE_SENDING:
            request.state = Request.State.REOPENED
            _notice("removal_reopened", request)
        save(request, now)
        note(request, "later", facts={"posts": request.to_ask - before})


def _living(campaign_id: int) -> list[Request]:
    rows = Request.objects.filter(campaign__in=line(campaign_id)).exclude(state=Request.State.CANCELLED)
    return list(rows.select_related("unit", "provider").order_by("pk"))


def after_decision(decision: Decision) -> None:
    """A withdrawn decision stops what waits; whoever wrote to a provider already is told, so that they can say so to it."""
    if decision.verdict == Decision.Verdict.RECRUITMENT:
        return
    for request in _living(survivor(decision.campaign_id)):
        letters = list(request.letters.filter(state=Letter.State.APPROVED))
        if letters:
            cancel(Q(kind=KIND, subject_id__in=[one.pk for one in letters], state=Outgoing.State.WAITING), by=decision.by, problem="no_recruitment")
        request.refresh_from_db()
        note(request, "decision_withdrawn", by=decision.by, facts={"decision": decision.pk})
        if request.first_sent_at is not None:
            _notice("removal_decision_withdrawn", request)
