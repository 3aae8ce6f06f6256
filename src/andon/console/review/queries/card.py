"""Everything that a card shows, in few questions: the reading of its example anew, contacts, suggestions, ties, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, Max, Min, Q

from andon.console.intake.engine import in_use
from andon.console.intake.models import Campaign, Judgement, Post, Suggestion, Tie
from andon.console.review import lit, why
from andon.console.review.models import Decision
from andon.console.review.queries.contacts import CardContact, card_contacts
from andon.console.review.queries.covering import line
from andon.console.review.visible import Piece, pieces, plain, unseen_in
from andon.detection.assess.assess import assess
from andon.detection.assess.job_items import JobItem

if TYPE_CHECKING:
    from andon.console.intake.engine import InUse
    from andon.domain.assessments import Assessment
    from andon.wording.say import Language

_MOST_SUGGESTIONS = 5
_NOT_OF_NEIGHBOURS = tuple(f"{side}__{field}" for side in "ab" for field in ("days", "kinds", "sources"))
_MOST_ACCOUNTS = 8
_MOST_DAYS = 42  # bars of the small chart
_ITEM_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the template that varies: its number on the card, what varies, and the values seen most with their posts."""

    number: int
    slot: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A stretch of the template: common text, or a slot with the text that stands there in the most central post."""

    pieces: tuple[Piece, ...]
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One of the six items of a job advert, and where the example states it ("" where it does not)."""

    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The example as the model in use reads it today. `again`: another model scored it when it came in."""

    post: Post
    assessment: Assessment
    stretches: list[lit.Stretch]
    reasons: list[why.Why]
    items: list[Item]
    again: bool
    version: str
    unseen: int

    @property
    def missing(self) -> int:
        """How many of the six items the example does not state."""
        return sum(not item.quote for item in self.items)


@dataclass(frozen=True, slots=True)
class Ties:
    """What holds the posts together: ties by wording (how many, from which likeness on), contacts that several posts have, words of people."""

    wordings: int
    least: float | None
    mean: float | None
    contacts: int
    judgements: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A campaign that may be the same, seen from this one: the posts to judge, this one's first."""

    suggestion: Suggestion
    other: Campaign
    template: list[TemplatePart]
    here: int
    there: int


@dataclass(frozen=True, slots=True)
class Card:
    """A card, but for whose hand it is in."""

    campaign: Campaign
    reading: Reading | None
    template: list[TemplatePart]
    slots: list[Slot]
    contacts: list[CardContact]
    accounts: list[dict[str, Any]]
    ties: Ties | None
    neighbours: list[Neighbour]
    history: list[Decision]
    days: list[int]
    first_day: str
    last_day: str

    @property
    def more_accounts(self) -> int:
        """Accounts that are not listed."""
        return max(self.campaign.accounts - len(self.accounts), 0) if self.accounts else 0

    @property
    def standing(self) -> Decision | None:
        """The decision that holds."""
        gone = {one.withdraws_id for one in self.history}
        return next((one for one in self.history if one.verdict != Decision.Verdict.WITHDRAWN and one.pk not in gone), None)


def card(campaign: Campaign, language: Language) -> Card:
    """The card of a campaign (with its example and the example's model loaded)."""
    template = template_parts(campaign.template)
    contacts = card_contacts(campaign.pk)
    days, first_day, last_day = _days(campaign.days)
    return Card(
        campaign=campaign, reading=reading(campaign.example, in_use(), language) if campaign.example else None, template=template,
        slots=[part.slot for part in template if part.slot], contacts=contacts, accounts=_accounts(campaign),
        ties=_ties(campaign, contacts) if campaign.posts > 1 else None, neighbours=_neighbours(campaign), history=history(campaign.pk),
        days=days, first_day=first_day, last_day=last_day,
    )  # fmt: skip


def reading(post: Post, using: InUse, language: Language) -> Reading:
    """A post read by the model in use (0.3 ms), with its reasons lit."""
    assessment = assess(post.text, using.engine)
    contacts = [(one.start, one.end) for one in assessment.contacts]
    stretches = lit.stretches(post.text, why.marks(assessment, post.text), contacts)
    stated = {code: plain(post.text[start:end], _ITEM_QUOTE) for code, (start, end) in assessment.stated.items()}
    items = [Item(str(item), stated.get(str(item), "")) for item in JobItem]
    again = post.model_id != using.version.pk
    return Reading(post, assessment, stretches, why.whys(assessment, post.text, language), items, again, str(using.version), unseen_in(post.text))


def template_parts(parts: list[dict[str, Any]]) -> list[TemplatePart]:
    """The stored parts of a template for the screen, slots numbered in their order."""
    found: list[TemplatePart] = []
    number = 0
    for part in parts:
        if "slot" not in part:
            found.append(TemplatePart(pieces(part["text"])))
            continue
        number += 1
        values = tuple((plain(value["text"], 80), value["posts"]) for value in part.get("values", ()))
        found.append(TemplatePart(pieces(part["text"]), Slot(number, part["slot"], values)))
    return found


def _accounts(campaign: Campaign) -> list[dict[str, Any]]:
    """The accounts that posted most, under the name of their latest post. Grouped off an index: of thousands of posts a few rows are read."""
    accounts = Post.objects.filter(campaign=campaign.pk).exclude(author="").values("source", "author").annotate(posts=Count("pk"), latest=Max("pk"))
    most = list(accounts.order_by("-posts", "author")[:_MOST_ACCOUNTS])
    names = dict(Post.objects.filter(pk__in=[row["latest"] for row in most]).values_list("pk", "author_name"))
    return [row | {"name": plain(names[row["latest"]], 40), "author": plain(row["author"], 60)} for row in most]


def _ties(campaign: Campaign, contacts: list[CardContact]) -> Ties:
    inside = Tie.objects.filter(a__campaign=campaign.pk, b__campaign=campaign.pk)
    found = inside.aggregate(count=Count("pk"), least=Min("similarity"), mean=Avg("similarity"))
    words = Judgement.objects.filter(a__campaign=campaign.pk, b__campaign=campaign.pk, same=True).count()
    shared = sum(1 for one in contacts if one.here > 1 and not one.contact.is_common)
    return Ties(found["count"], found["least"], found["mean"], shared, words)


def _neighbours(campaign: Campaign) -> list[Neighbour]:
    """Suggestions with the other campaign, the strongest first."""
    either = Suggestion.objects.filter(Q(a=campaign.pk) | Q(b=campaign.pk)).select_related("a", "b").defer(*_NOT_OF_NEIGHBOURS)
    found = []
    for one in either.order_by("-strength", "pk")[:_MOST_SUGGESTIONS]:
        mine = one.a_id == campaign.pk
        other = one.b if mine else one.a
        here, there = (one.post_a_id, one.post_b_id) if mine else (one.post_b_id, one.post_a_id)
        found.append(Neighbour(one, other, template_parts(other.template), here, there))
    return found


def history(campaign_id: int) -> list[Decision]:
    """All decisions on the campaign and on those joined with it, the latest first."""
    return list(Decision.objects.filter(campaign__in=line(campaign_id)).select_related("by", "model", "withdraws").order_by("-pk"))


def _days(days: dict[str, int]) -> tuple[list[int], str, str]:
    """Posts for every day from the first to the last (days without posts too), a bar for several days where there are many."""
    if not days:
        return [], "", ""
    known = {date.fromisoformat(day): count for day, count in days.items()}
    first, last = min(known), max(known)
    span = (last - first).days + 1
    width = -(-span // _MOST_DAYS)
    edges = [first + timedelta(days=k) for k in range(0, span + width, width)]
    series = [sum(count for day, count in known.items() if start <= day < end) for start, end in pairwise(edges)]
    return series, first.isoformat(), last.isoformat()


@dataclass(frozen=True, slots=True)
class Member:
    """A post of a campaign in the list. `is_later`: it joined after the standing decision."""

    post: Post
    text: tuple[Piece, ...]
    is_later: bool


MEMBERS = 20
_EXCERPT = 280


def members_page(campaign: Campaign, after: int = 0) -> tuple[list[Member], int]:
    """Posts of a campaign, those that joined last first, and where the next ones begin (0: no more)."""
    rows = Post.objects.filter(campaign=campaign.pk)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk").defer("signals", "missing", "kinds")[: MEMBERS + 1])
    settled = campaign.settled_at
    shown = [Member(post, pieces(_excerpt(post.text)), bool(settled and post.joined_at > settled)) for post in found[:MEMBERS]]
    return shown, found[MEMBERS - 1].pk if len(found) > MEMBERS else 0


def _excerpt(text: str) -> str:
    return text[:_EXCERPT] + "…" if len(text) > _EXCERPT else text


def load(campaign_id: int) -> Campaign | None:
    """A campaign with all that its card needs of other tables' single rows."""
    return Campaign.objects.select_related("example", "example__model").filter(pk=campaign_id).first()


__all__ = ["Card", "card", "load", "members_page", "reading", "template_parts"]
