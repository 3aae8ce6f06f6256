"""Verb of the machine: templates of campaigns that have got posts since theirs was made. It takes time, so it is done behind the storing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.gate import Done, Via, unattended
from andon.console.intake.drawing import Drawing, draw, stale_campaigns
from andon.console.intake.models import Campaign

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_ONCE = 50


def draw_templates(most: int | None = None) -> int:
    """Make the templates that are out of date, at most so many campaigns; how many that was."""
    stale = stale_campaigns(most)
    for start in range(0, len(stale), _AT_ONCE):
        _write([draw(campaign, posts) for campaign, posts in stale[start : start + _AT_ONCE]])
    return len(stale)


@unattended("intake.templates_drawn", Via.WORKER)
def _write(drawings: Sequence[Drawing]) -> Done[None]:
    for one in drawings:
        fields: dict[str, Any] = {"template": one.template, "template_posts": one.posts, "title": one.title, "example": one.example}
        Campaign.objects.filter(pk=one.campaign).exclude(state=Campaign.State.MERGED).update(**fields)
    return Done(None, "campaigns", {"campaigns": [one.campaign for one in drawings]})
