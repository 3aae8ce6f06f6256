"""The recruitment posts that a plan may name as its ground: those of the case, by its links to posts and campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.casework.models import CaseLink
from andon.console.intake.models import Campaign, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.casework.models import Case

_MOST, _SHOWN = 40, 90


def ground_posts(case: Case, chosen: Iterable[int]) -> list[tuple[int, str]]:
    """Number and beginning of each, the chosen ones first, then the latest of each linked campaign."""
    links = case.links.filter(removed_at=None, kind__in=(CaseLink.Kind.POST, CaseLink.Kind.CAMPAIGN)).values_list("kind", "key")
    posts = [int(key) for kind, key in links if kind == CaseLink.Kind.POST and key.isdigit()]
    campaigns = [int(key) for kind, key in links if kind == CaseLink.Kind.CAMPAIGN and key.isdigit()]
    own = list(chosen)
    mine = Q(pk__in=[*posts, *own]) | Q(campaign__in=campaigns) | Q(campaign__merged_into__in=campaigns)
    found = Post.objects.filter(mine).exclude(campaign__state=Campaign.State.NOT).order_by("-created_at", "-pk")[:_MOST]
    rows = sorted(found, key=lambda post: post.pk not in own)
    return [(post.pk, f"{post.pk} · {post.text[:_SHOWN]}{'…' if len(post.text) > _SHOWN else ''}") for post in rows]
