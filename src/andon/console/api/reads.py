"""What programs read: the queue, a campaign with its posts, decisions. Every answer leaves an entry in the trail."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest
from ninja import Query, Router

from andon.console.api.actions.use import use
from andon.console.api.keys import Key, actor_of, key_of
from andon.console.api.problems import refuse_unknown
from andon.console.api.schemas import CampaignOut, DecisionsIn, DecisionsOut, MembersIn, Problem, QueueIn, QueueOut
from andon.console.frame.templatetags.desk import LEVELS
from andon.console.intake.models import Campaign, Contact, Post, PostContact
from andon.console.review.models import Decision
from andon.console.review.queries.covering import standing_of
from andon.console.review.queries.filters import QueueFilter
from andon.console.review.queries.queue import Row, page
from andon.console.staff.rights import Scope

MEMBERS = 50
_MOST_CONTACTS = 50
_AS_STORED = (
    "id", "state", "score", "priority", "posts", "later", "accounts", "kind", "kinds", "sources", "days", "template", "first_seen", "last_seen",
    "settled_at",
)  # fmt: skip
REFUSALS = {401: Problem, 403: Problem, 422: Problem, 429: Problem}
router = Router(tags=["read"])


@router.get("/queue", response={200: QueueOut, **REFUSALS}, auth=Key(Scope.QUEUE_READ), operation_id="queue", summary="The queue")
def queue(request: HttpRequest, wanted: Query[QueueIn]) -> dict[str, Any]:
    """Campaigns in the order of reading, 30 at a time. The filters are those of the page."""
    refuse_unknown(request, QueueIn)
    given = wanted.model_dump(mode="json", exclude_defaults=True, exclude={"after"})
    asked = QueueFilter.read({name: "1" if value is True else value for name, value in given.items()})
    found = page(asked, key_of(request).person, after=wanted.after)
    use(actor_of(request), key_of(request), "queue", {"filter": asked.address(), "rows": len(found.rows)})
    return {"campaigns": [_row(one) for one in found.rows], "next": found.after}


@router.get(
    "/campaigns/{int:campaign_id}", response={200: CampaignOut, 404: Problem, **REFUSALS}, auth=Key(Scope.CAMPAIGNS_READ), operation_id="campaign",
    summary="One campaign",
)  # fmt: skip
def campaign(request: HttpRequest, campaign_id: int, asked: Query[MembersIn]) -> dict[str, Any]:
    """A campaign with its contacts, the decision that stands, and 50 of its posts at a time."""
    refuse_unknown(request, MembersIn)
    one = Campaign.objects.filter(pk=campaign_id).first() if campaign_id < 2**63 else None
    if one is None:
        raise Http404
    posts = list(Post.objects.filter(campaign=one.pk, pk__gt=asked.after).order_by("pk")[: MEMBERS + 1])
    decision = standing_of(one.pk)
    use(actor_of(request), key_of(request), f"campaign:{one.pk}", {"posts": len(posts[:MEMBERS]), "after": asked.after})
    return {name: getattr(one, name) for name in _AS_STORED} | {
        "merged_into": one.merged_into_id, "level": LEVELS.get(one.level), "contacts": _contacts(one.pk),
        "decision": decision and _decision(decision),
        "members": [_post(post, one) for post in posts[:MEMBERS]], "next": posts[MEMBERS - 1].pk if len(posts) > MEMBERS else 0,
    }  # fmt: skip


@router.get("/decisions", response={200: DecisionsOut, **REFUSALS}, auth=Key(Scope.DECISIONS_READ), operation_id="decisions", summary="Decisions")
def decisions(request: HttpRequest, asked: Query[DecisionsIn]) -> dict[str, Any]:
    """Decisions as they were recorded, withdrawals among them, oldest first: ask again with the last answer's `next` for what came since."""
    refuse_unknown(request, DecisionsIn)
    found = list(Decision.objects.filter(pk__gt=asked.since).select_related("by__unit", "model").order_by("pk")[: asked.limit])
    use(actor_of(request), key_of(request), "decisions", {"since": asked.since, "rows": len(found)})
    return {"decisions": [_decision(one) for one in found], "next": found[-1].pk if found else asked.since}


def _row(row: Row) -> dict[str, Any]:
    names = ("id", "state", "priority", "kind", "source", "posts", "later", "accounts", "title", "last_seen", "made_at")
    return {name: getattr(row.campaign, name) for name in names} | {"level": LEVELS.get(row.campaign.level), "held": row.lease is not None}


def _contacts(campaign_id: int) -> list[dict[str, Any]]:
    """The contacts of a campaign, those in most of its posts first."""
    links = PostContact.objects.filter(post__campaign=campaign_id).values_list("contact").annotate(posts=Count("pk"))
    counts = dict(links.order_by("-posts", "contact")[:_MOST_CONTACTS])
    rows = Contact.objects.in_bulk(counts)
    return [
        {"key": rows[pk].key, "type": rows[pk].type, "value": rows[pk].value, "posts": posts, "is_common": rows[pk].is_common}
        for pk, posts in counts.items()
    ]


def _post(post: Post, of: Campaign) -> dict[str, Any]:
    names = ("id", "source", "source_id", "url", "author", "created_at", "text", "sha256", "score", "joined_at")
    later = of.settled_at is not None and post.joined_at > of.settled_at
    return {name: getattr(post, name) for name in names} | {"level": LEVELS.get(post.level), "later": later}


def _decision(one: Decision) -> dict[str, Any]:
    names = ("id", "verdict", "kind", "reason", "note", "at", "score", "posts", "members_sha256", "seconds")
    return {name: getattr(one, name) for name in names} | {
        "campaign": one.campaign_id, "withdraws": one.withdraws_id, "by": one.by.name, "unit": one.by.unit.name, "model": one.model.sha256,
        "level": LEVELS.get(one.level),
    }  # fmt: skip
