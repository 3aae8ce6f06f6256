"""What could be asked of whom about some campaigns: posts by provider, less those that are held, asked for already, or gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.held import held_posts
from andon.console.measures.common.providers import Directory, host_of
from andon.console.measures.kinds.removal.models import Item
from andon.console.measures.visits import queries as visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from andon.console.holds.queries import Held
    from andon.console.measures.common.models import Provider

MANY = 400  # numbers in one question to the database


@dataclass(slots=True)
class Place:
    """Posts of one campaign at one provider (none: nobody knows whose or where they are). `ready` are those that can be asked for."""

    campaign: int
    provider: Provider | None
    ready: list[int] = field(default_factory=list)
    held: dict[int, Held] = field(default_factory=dict)
    already: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    @property
    def posts(self) -> int:
        """All of them."""
        return len(self.ready) + len(self.held) + len(self.already) + len(self.gone)


def places(campaign_ids: Iterable[int]) -> list[Place]:
    """By campaign and provider, in the order of campaigns. Only campaigns that a standing decision calls recruitment have any."""
    ids = list(dict.fromkeys(campaign_ids))
    recruitment = Campaign.objects.filter(state=Campaign.State.RECRUITMENT).order_by("pk")
    meant = [pk for piece in pieces(ids) for pk in recruitment.filter(pk__in=piece).values_list("pk", flat=True)]
    directory = Directory()
    found: dict[tuple[int, int | None], Place] = {}
    for piece in pieces(meant):
        rows = list(Post.objects.filter(campaign__in=piece).order_by("campaign_id", "pk").values_list("pk", "campaign_id", "url", "source"))
        posts = [pk for pk, *_ in rows]
        held, gone, already = held_posts(posts), visits.gone(posts), _already(posts)
        for pk, campaign, url, source in rows:
            provider = directory.of(url, source) if host_of(url) else None  # what has no address cannot be asked for
            place = found.setdefault((campaign, provider.pk if provider else None), Place(campaign, provider))
            _put(place, pk, held.get(pk), is_already=pk in already, is_gone=pk in gone)
    return list(found.values())


def _put(place: Place, post: int, held: Held | None, *, is_already: bool, is_gone: bool) -> None:
    if is_already:
        place.already.append(post)
    elif held is not None:
        place.held[post] = held
    elif is_gone:
        place.gone.append(post)
    else:
        place.ready.append(post)


def _already(posts: Sequence[int]) -> set[int]:
    """Posts that are in a request already and need no new one; those that came back are asked for again."""
    done = Item.objects.exclude(state__in=(Item.State.DROPPED, Item.State.WAITING, Item.State.BACK))
    return {pk for piece in pieces(posts) for pk in done.filter(post__in=piece).values_list("post_id", flat=True)}


def pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Few enough for one question each."""
    return (ids[start : start + MANY] for start in range(0, len(ids), MANY))
