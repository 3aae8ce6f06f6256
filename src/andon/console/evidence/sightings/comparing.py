"""Which stored posts are worded nearly like some messages: stretch by stretch of posts, so that memory stays flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.intake.models import Post
from andon.detection.campaigns.near_index import NearIndex, codes_of
from andon.detection.campaigns.ties import Standing, wording_standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STRETCH = 20_000  # posts looked up at once


@dataclass(frozen=True, slots=True)
class Near:
    """A text (its number in what was given) and a post that is worded nearly like it. `group`: the first post of the post's wording."""

    text: int
    post: int
    group: int
    similarity: float


def near_posts(texts: Sequence[str], since: int, until: int) -> Iterator[Near]:
    """Posts after `since` up to `until` (ids) that are nearly of the same wording: of each group of posts one, the most alike of its stretch."""
    if not texts:
        return
    wanted = codes_of(texts)
    lengths = (wanted.offsets[1:] - wanted.offsets[:-1]).tolist()
    fields = ("pk", "text", "wording")
    while posts := list(Post.objects.filter(pk__gt=since, pk__lte=until).order_by("pk").values_list(*fields)[:STRETCH]):
        since = posts[-1][0]
        index = NearIndex(len(posts) + len(texts))
        index.add(codes_of([text for _, text, _ in posts]))
        found = index.add(wanted)
        best: dict[tuple[int, int], Near] = {}
        for number, partner, similarity in zip(found.post.tolist(), found.partner.tolist(), found.similarity.tolist(), strict=True):
            text = number - len(posts)
            if partner >= len(posts) or wording_standing(similarity, lengths[text]) is not Standing.CONFIRMED:
                continue  # another of the texts, or not alike enough to say so without a person's word
            pk, _, group = posts[partner]
            near = Near(text, pk, group or pk, similarity)
            if (text, near.group) not in best or best[text, near.group].similarity < similarity:
                best[text, near.group] = near
        yield from best.values()
