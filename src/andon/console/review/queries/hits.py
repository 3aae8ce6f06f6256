"""What a search found, for the screen: posts with the words lit in their original text, contacts, campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.intake.models import Campaign, Contact, Post
from andon.console.intake.search import find
from andon.console.review import lit
from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.intake.search import Found

_AROUND = 60  # characters before the first hit, and twice as many behind
_MOST_LIT = 20
SHOWN = 30
_POSTS_FOR_ONE = 20  # hits are posts, the newest first, and a campaign has many


@dataclass(frozen=True, slots=True)
class PostHit:
    """A post that a search found: the stretch around the first hit, hits lit, and whether text was left out before and behind."""

    post: Post
    stretches: list[lit.Stretch]
    cut_before: bool
    cut_behind: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, as far as it is shown."""

    found: Found
    posts: list[PostHit]
    contacts: list[Contact]
    campaigns: list[Campaign]

    @property
    def none(self) -> bool:
        """Whether nothing was found."""
        return not (self.posts or self.contacts or self.campaigns)


def search(query: str, *, limit: int = SHOWN) -> Hits:
    """Everything that holds `query`."""
    found = find(query, limit=limit)
    rows = Post.objects.filter(pk__in=found.posts[:limit]).select_related("campaign").defer("signals", "missing", "kinds", "campaign__template")
    posts = {one.pk: one for one in rows}
    campaigns = {one.pk: one for one in Campaign.objects.filter(pk__in=found.campaigns[:limit]).defer("template")}
    return Hits(
        found, [_hit(posts[pk], query) for pk in found.posts[:limit] if pk in posts], list(found.contacts[:limit]),
        [campaigns[pk] for pk in found.campaigns[:limit] if pk in campaigns],
    )  # fmt: skip


def look_up(query: str, *, limit: int) -> Hits:
    """Campaigns and contacts that hold `query`, for the palette: as many campaigns as asked for, found by way of their posts."""
    found = find(query, limit=limit * _POSTS_FOR_ONE)
    campaigns = {one.pk: one for one in Campaign.objects.filter(pk__in=found.campaigns[:limit]).defer("template")}
    return Hits(found, [], list(found.contacts[:limit]), [campaigns[pk] for pk in found.campaigns[:limit] if pk in campaigns])


def _hit(post: Post, query: str) -> PostHit:
    text = post.text
    spans = places(text, query)
    first = spans[0][0] if spans else 0
    start, end = max(0, first - _AROUND), min(len(text), first + len(query) + 2 * _AROUND)
    marks = [lit.Mark(a - start, min(b, end) - start, 1, 1.0) for a, b in spans if start <= a < end]
    return PostHit(post, lit.stretches(text[start:end], marks), start > 0, end < len(text))


def places(text: str, query: str) -> list[tuple[int, int]]:
    """Where `query` stands in `text`: half-open code points of the original, compared by the normal form; addresses and handles letter by letter."""
    wanted, normal = normalise(query).text, normalise(text)
    found = [normal.span(at, at + len(wanted)) for at in _finds(normal.text, wanted)]
    return found or [(at, at + len(query)) for at in _finds(_lower(text), _lower(query))]


def _lower(text: str) -> str:
    """Small letters, one for one: `str.lower` makes two of some."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _finds(text: str, wanted: str) -> Sequence[int]:
    found: list[int] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0 and len(found) < _MOST_LIT:
        found.append(at)
        at = text.find(wanted, at + len(wanted))
    return found
