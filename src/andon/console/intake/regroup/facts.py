"""What grouping looks at: posts, their ties and contacts, and the words of people, read from the store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, Q

from andon.console.intake.bulk import select, time_of
from andon.console.intake.ids import parts
from andon.console.intake.models import Campaign, Contact, Judgement, PostContact, Suggestion, Tie
from andon.detection.campaigns.book import WINDOW_DAYS
from andon.detection.campaigns.ties import Standing, contact_standing, wording_standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

WINDOW = timedelta(days=WINDOW_DAYS)
SETTLED = frozenset({Campaign.State.RECRUITMENT, Campaign.State.NOT, Campaign.State.ESCALATED})


@dataclass(frozen=True, slots=True)
class Fresh:
    """A post that is about to be stored; `contacts` are ids."""

    id: int
    time: datetime | None
    contacts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A stored post; `root` is the first post of its wording, `joined_at` when it came into its campaign."""

    id: int
    campaign: int
    root: int
    time: datetime | None
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Near-identical wording of two posts within the window, the earlier first."""

    a: int
    b: int
    similarity: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Word:
    """The last word of a person on two posts."""

    a: int
    b: int
    same: bool


@dataclass(frozen=True, slots=True)
class Use:
    """A contact in a stored post, or (first and last of a month) in the posts of one wording: `post` is one of them."""

    post: int
    campaign: int
    root: int
    time: datetime | None


@dataclass(slots=True)
class Live:
    """A contact that counts: its key, whether it was common before, its uses, and whether these are single posts."""

    key: str
    was_common: bool
    uses: list[Use]
    by_post: bool = False

    @property
    def confirms(self) -> bool:
        """Whether it joins, or only suggests."""
        return contact_standing(self.key) is Standing.CONFIRMED


# Read past the models: a campaign of many thousand posts is read again with every batch that adds to it.
_MEMBER = 'p."id", p."campaign_id", p."wording", p."created_at", p."joined_at"'
_OF = f'SELECT {_MEMBER} FROM "intake_post" p WHERE p."id" IN ({{ids}})'  # noqa: S608 - our own names
_IN = f'SELECT {_MEMBER} FROM "intake_post" p WHERE p."campaign_id" IN ({{ids}})'  # noqa: S608 - our own names
_LINKED = 'FROM "intake_postcontact" l JOIN "intake_post" p ON p."id" = l."post_id" WHERE l."contact_id" IN ({ids})'
_USES = f'SELECT l."contact_id", p."id", p."campaign_id", p."wording", p."created_at" {_LINKED}'
# A contact may stand in many thousand posts. By wording and month their first and last times tell as much: no gap within a month parts anything.
_MONTHS = {
    "sqlite": "CAST(strftime('%%s', p.\"created_at\") AS INTEGER) / 2592000",
    "postgresql": 'floor(extract(epoch FROM p."created_at") / 2592000)',
}
_ROOT = 'COALESCE(p."wording", p."id")'


def _summed_uses() -> str:
    month = _MONTHS[connection.vendor]
    columns = f'l."contact_id", MAX(p."id"), p."campaign_id", {_ROOT}, MIN(p."created_at"), MAX(p."created_at")'
    return f'SELECT {columns} {_LINKED} GROUP BY l."contact_id", p."campaign_id", {_ROOT}, {month}'


def _member(row: tuple[Any, ...]) -> Member:
    post, campaign, wording, created, joined = row[:5]
    return Member(post, campaign, wording or post, time_of(created), time_of(joined) or joined)


def members_of(posts: Iterable[int]) -> dict[int, Member]:
    """The stored posts of those ids."""
    return {row[0]: _member(row) for part in parts(sorted(posts)) for row in select(_OF, part)}


def members_in(campaigns: Iterable[int]) -> list[Member]:
    """All posts of those campaigns."""
    return [_member(row) for part in parts(sorted(campaigns)) for row in select(_IN, part)]


def rows_of(campaigns: Iterable[int]) -> dict[int, Campaign]:
    """The rows of those campaigns, locked to the end of the transaction."""
    found: dict[int, Campaign] = {}
    for part in parts(sorted(campaigns)):
        found |= {one.pk: one for one in Campaign.objects.select_for_update().defer("template").filter(pk__in=part).order_by("pk")}
    return found


def ties_of(campaigns: Iterable[int]) -> set[tuple[int, int, float, int]]:
    """Stored ties of the posts of those campaigns: earlier, later, similarity, length."""
    fields = ("a_id", "b_id", "similarity", "length")
    found: set[tuple[int, int, float, int]] = set()
    for part in parts(sorted(campaigns)):
        found.update(Tie.objects.filter(a__campaign__in=part).values_list(*fields))
        found.update(Tie.objects.filter(b__campaign__in=part).values_list(*fields))
    return found


def link(tie: tuple[int, int, float, int], times: tuple[datetime | None, datetime | None]) -> Link | None:
    """The tie as a link, or None for one that bridges more than the window."""
    a, b, similarity, length = tie
    if times[0] is not None and times[1] is not None and abs(times[0] - times[1]) > WINDOW:
        return None
    return Link(a, b, round(similarity, 4), wording_standing(similarity, length))


def contacts_in(campaigns: Iterable[int]) -> set[int]:
    """Contacts, common ones left out, of the posts of those campaigns."""
    links = PostContact.objects.filter(contact__is_common=False)
    return {pk for part in parts(sorted(campaigns)) for pk in links.filter(post__campaign__in=part).values_list("contact", flat=True).distinct()}


def live_contacts(contacts: Collection[int], *, common: bool = False) -> dict[int, Live]:
    """Those of the contacts that are not common (or, when `common`, all of them) with their uses, summed up by wording and month."""
    wanted = Contact.objects.all() if common else Contact.objects.filter(is_common=False)
    rows = (row for part in parts(sorted(contacts)) for row in wanted.filter(pk__in=part).values_list("pk", "key", "is_common"))
    found = {pk: Live(key, is_common, []) for pk, key, is_common in rows}
    for part in parts(sorted(found)):
        for contact, post, campaign, root, first, last in select(_summed_uses(), part):
            times = {time_of(first), time_of(last)}
            found[contact].uses += [Use(post, campaign, root, time) for time in times]
    return found


def uses_by_post(contacts: Collection[int]) -> dict[int, list[Use]]:
    """Every single use of those contacts."""
    found: defaultdict[int, list[Use]] = defaultdict(list)
    for part in parts(sorted(contacts)):
        for contact, post, campaign, wording, created in select(_USES, part):
            found[contact].append(Use(post, campaign, wording or post, time_of(created)))
    return dict(found)


def common_contacts_in(campaigns: Iterable[int], roots: Collection[int]) -> set[int]:
    """Common contacts of the posts of those wordings."""
    links = PostContact.objects.filter(contact__is_common=True).filter(Q(post__wording__in=roots) | Q(post__in=roots))
    return {pk for part in parts(sorted(campaigns)) for pk in links.filter(post__campaign__in=part).values_list("contact", flat=True).distinct()}


def wordings_of(contacts: Iterable[int]) -> dict[int, set[int]]:
    """The wordings (their first posts) that each contact stands under."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for part in parts(sorted(contacts)):
        for contact, root, post in PostContact.objects.filter(contact__in=part).values_list("contact", "post__wording", "post"):
            found[contact].add(root or post)
    return dict(found)


def words() -> list[Word]:
    """The last word on every pair that people have judged; what was taken back is left out."""
    last = {(min(a, b), max(a, b)): same for a, b, same in Judgement.objects.order_by("pk").values_list("a_id", "b_id", "same")}
    return [Word(a, b, same) for (a, b), same in last.items() if same is not None]


def held_apart_no_longer(campaigns: Collection[int]) -> set[int]:
    """Campaigns among these (and their other sides) that only differing decisions kept apart, which no longer differ."""
    differing = Q(a__state__in=SETTLED, b__state__in=SETTLED) & ~Q(a__state=F("b__state"))
    joinable = Suggestion.objects.filter(standing=Standing.CONFIRMED.value).exclude(differing).values_list("a_id", "b_id") if campaigns else ()
    concerned = set(campaigns)
    return {campaign for pair in joinable if concerned & set(pair) for campaign in pair}
