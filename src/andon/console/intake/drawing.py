"""The template of a campaign from the first of its posts: a few dozen different texts are enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from andon.console.intake.models import Campaign, Post
from andon.console.intake.regroup.tally import title_of
from andon.detection.campaigns.draw import SAMPLE
from andon.detection.campaigns.records import part_record
from andon.detection.campaigns.template import make_template

if TYPE_CHECKING:
    from andon.detection.campaigns.template import Part

LOOKED_AT = 200  # posts among which different texts are looked for


@dataclass(frozen=True, slots=True)
class Drawing:
    """A template and what it was made from."""

    campaign: int
    posts: int
    template: list[dict[str, Any]]
    title: str
    example: int | None


def stale_campaigns(most: int | None = None) -> list[tuple[int, int]]:
    """Campaigns (with their posts) whose template speaks of fewer posts than it would be made from; the most pressing first."""
    behind = Campaign.objects.exclude(state=Campaign.State.MERGED).filter(template_posts__lt=LOOKED_AT).exclude(template_posts=F("posts"))
    return list(behind.order_by("-priority").values_list("pk", "posts")[:most])


def draw(campaign: int, posts: int) -> Drawing:
    """Make it."""
    rows = list(Post.objects.filter(campaign=campaign).order_by("pk").values_list("pk", "text")[:LOOKED_AT])
    texts = Counter(text for _, text in rows)
    parts: tuple[Part, ...] = make_template(list(texts)[:SAMPLE])
    common = texts.most_common(1)[0][0] if texts else ""
    example = next((pk for pk, text in rows if text == common), None)
    return Drawing(campaign, posts, [part_record(part) for part in parts], title_of(common), example)
