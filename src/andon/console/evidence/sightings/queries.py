"""What the conversations of a case and the posts have in common, asked for when somebody looks: posts that came later count as well."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from andon.console.evidence.conversations.models import Conversation
from andon.console.evidence.conversations.visible import latest
from andon.console.evidence.sightings.models import Alike, Sighting
from andon.console.evidence.sightings.running import texts_of
from andon.console.intake.models import Campaign, Contact, PostContact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.casework.models import Case

What = Sighting.What
AS_CONTACT = (What.CONTACT, What.HANDLE)
_MOST_PLACES = 8  # conversations named beside a contact, campaigns likewise
_MOST_PAIRS = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign in which something stands, with how many of its posts."""

    campaign: Campaign
    posts: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A conversation in which something stands: in how many messages, and the first of them (none for a handle of somebody who takes part)."""

    conversation: Conversation
    messages: int
    position: int | None
    is_handle: bool = False


@dataclass(frozen=True, slots=True)
class SeenContact:
    """A contact in the conversations of a case; `contact` is the posts' one (None: no post has it)."""

    key: str
    type: str
    value: str
    first_at: datetime | None
    last_at: datetime | None
    messages: int
    contact: Contact | None = None
    spots: list[Spot] = field(default_factory=list)
    more_spots: int = 0
    campaigns: list[Standing] = field(default_factory=list)
    more_campaigns: int = 0


@dataclass(frozen=True, slots=True)
class SeenWording:
    """A flagged message, what it says, and the posts that are worded nearly like it."""

    sighting: Sighting
    text: str
    alike: list[Alike]


def seen(case: Case) -> QuerySet[Sighting]:
    """Everything seen in the latest readings of a (visible) case."""
    return Sighting.objects.filter(conversation__reading__in=latest(case))


def in_posts(sightings: QuerySet[Sighting]) -> QuerySet[Sighting]:
    """Those that posts have too."""
    shared = Exists(Contact.objects.filter(key=OuterRef("key"), posts__gt=0))
    return sightings.filter(Q(shared, what__in=AS_CONTACT) | Q(Exists(Alike.objects.filter(sighting=OuterRef("pk"))), what=What.WORDING))


def counts(case: Case) -> dict[str, int]:
    """How many contacts and how many flagged messages of the case stand in posts too."""
    shared = in_posts(seen(case))
    contacts = shared.filter(what__in=AS_CONTACT).aggregate(n=Count("key", distinct=True))["n"]
    return {"contacts": contacts, "wordings": shared.filter(what=What.WORDING).count()}


def contact_keys(case: Case, *, only_shared: bool = True) -> QuerySet[Sighting, dict[str, object]]:
    """The contacts of a case, one row each, those seen last first."""
    rows = seen(case).filter(what__in=AS_CONTACT)
    grouped = (in_posts(rows) if only_shared else rows).order_by().values("key")
    times = {"first": Min("sent_at"), "last": Max("sent_at"), "messages": Count("position")}
    return grouped.annotate(type_seen=Min("type"), value_seen=Min("value"), **times).order_by(F("last").desc(nulls_last=True), "key")


def contacts(case: Case, page: Sequence[dict[str, object]]) -> list[SeenContact]:
    """Rows of `contact_keys` with where they stand, in conversations and in campaigns."""
    keys = [str(row["key"]) for row in page]
    known = {one.key: one for one in Contact.objects.filter(key__in=keys)}
    spots, standing = _spots(case, keys), _standing(known)
    made = []
    for row in page:
        key = str(row["key"])
        here, campaigns = spots[key], standing[key]
        made.append(SeenContact(
            key, str(row["type_seen"]), str(row["value_seen"]), row["first"], row["last"], int(str(row["messages"])), known.get(key),  # type: ignore[arg-type]
            here[:_MOST_PLACES], max(0, len(here) - _MOST_PLACES), campaigns[:_MOST_PLACES], max(0, len(campaigns) - _MOST_PLACES),
        ))  # fmt: skip
    return made


def _spots(case: Case, keys: Sequence[str]) -> defaultdict[str, list[Spot]]:
    rows = seen(case).filter(what__in=AS_CONTACT, key__in=keys).order_by().values("key", "conversation", "what")
    grouped = rows.annotate(messages=Count("position"), first=Min("position")).order_by("conversation", "what")[:_MOST_PAIRS]
    found = list(grouped)
    talks = Conversation.objects.select_related("reading__exhibit").in_bulk({row["conversation"] for row in found})
    spots: defaultdict[str, list[Spot]] = defaultdict(list)
    for row in found:
        spot = Spot(talks[row["conversation"]], row["messages"], row["first"], row["what"] == What.HANDLE)
        spots[row["key"]].append(spot)
    return spots


def _standing(known: dict[str, Contact]) -> defaultdict[str, list[Standing]]:
    keys = {one.pk: one.key for one in known.values()}
    rows = PostContact.objects.filter(contact__in=keys).order_by().values("contact", "post__campaign").annotate(posts=Count("pk"))
    found = list(rows.order_by("-posts")[:_MOST_PAIRS])
    campaigns = Campaign.objects.in_bulk({row["post__campaign"] for row in found})
    standing: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in found:
        standing[keys[row["contact"]]].append(Standing(campaigns[row["post__campaign"]], row["posts"]))
    return standing


def wordings(case: Case, *, only_shared: bool = True) -> QuerySet[Sighting]:
    """Flagged messages of a case, the highest scores first."""
    rows = seen(case).filter(what=What.WORDING).select_related("conversation__reading__exhibit")
    return (in_posts(rows) if only_shared else rows).order_by("-score", "pk")


def worded(page: Iterable[Sighting]) -> list[SeenWording]:
    """What they say, with the posts that are worded nearly like them."""
    rows = list(page)
    alike: defaultdict[int, list[Alike]] = defaultdict(list)
    for near in Alike.objects.filter(sighting__in=rows).select_related("post__campaign").order_by("-similarity", "post_id"):
        if all(near.post.campaign_id != other.post.campaign_id for other in alike[near.sighting_id]):
            alike[near.sighting_id].append(near)
    texts: dict[int, str] = {}
    by_reading: defaultdict[int, list[Sighting]] = defaultdict(list)
    for one in rows:
        by_reading[one.conversation.reading_id].append(one)
    for group in by_reading.values():
        texts |= dict(zip([one.pk for one in group], texts_of(group[0].conversation.reading, group), strict=True))
    return [SeenWording(one, texts[one.pk], alike[one.pk][:_MOST_PLACES]) for one in rows]
