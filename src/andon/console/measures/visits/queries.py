"""Reading what looks found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from andon.console.measures.visits.models import Visit, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

_PIECE = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts as known of a post: its state ("there", "gone", "changed"; empty: nobody could tell yet) since when, and how fresh that is."""

    state: str
    since: datetime | None
    last_at: datetime | None
    last_state: str
    next_at: datetime | None
    by_person: bool


def last(post_ids: Iterable[int]) -> dict[int, Visit]:
    """The last look at each post that was looked at. Ask `is_settled` before making anything of its state."""
    found: dict[int, Visit] = {}
    for piece in _pieces(list(dict.fromkeys(post_ids))):
        latest = Visit.objects.filter(post__in=piece).order_by().values("post").annotate(latest=Max("id")).values("latest")
        found |= {visit.post_id: visit for visit in Visit.objects.filter(pk__in=list(latest.values_list("latest", flat=True)))}
    return found


def standings(post_ids: Iterable[int]) -> dict[int, Standing]:
    """What counts as known of each watched post."""
    fields = ("post_id", "state", "state_at", "last_at", "last_state", "next_at", "by_person")
    rows = (row for piece in _pieces(list(dict.fromkeys(post_ids))) for row in Watch.objects.filter(post__in=piece).values_list(*fields))
    return {post: Standing(*rest) for post, *rest in rows}


def gone(post_ids: Iterable[int]) -> set[int]:
    """Those of the posts that count as gone."""
    return {post for post, standing in standings(post_ids).items() if standing.state == "gone"}


def counts_of(campaign_id: int) -> dict[str, int]:
    """How many watched posts of a campaign are in each state ("none": nobody could tell yet)."""
    rows = Watch.objects.filter(post__campaign=campaign_id).order_by().values_list("state").annotate(posts=Count("pk"))
    return {state or "none": posts for state, posts in rows}


def visits_of(post_id: int) -> QuerySet[Visit]:
    """All looks at a post, the latest first."""
    return Visit.objects.filter(post=post_id).select_related("by").order_by("-pk")


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PIECE):
        yield ids[start : start + _PIECE]
