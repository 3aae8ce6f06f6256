"""Which decision stands, and which posts it covers: those it was made on, and those that joined while it stood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.intake.models import Campaign, Move, Post
from andon.console.review.models import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

STANDS = Q(withdrawn_by__isnull=True) & ~Q(verdict=Decision.Verdict.WITHDRAWN)
_MOST_JOINS = 50  # campaigns that were joined one into the other, one after the other


def members(campaign_id: int) -> list[int]:
    """The ids of a campaign's posts, sorted."""
    return sorted(Post.objects.filter(campaign_id=campaign_id).order_by().values_list("pk", flat=True))


def members_sha256(ids: Iterable[int]) -> str:
    """One name for a set of posts: SHA-256 of their ids, sorted, one a line."""
    return hashlib.sha256("".join(f"{one}\n" for one in sorted(ids)).encode()).hexdigest()


def survivor(campaign_id: int) -> int:
    """The campaign that holds the posts now: itself, or the one that it was joined with."""
    for _ in range(_MOST_JOINS):
        further = Campaign.objects.filter(pk=campaign_id).values_list("merged_into", flat=True).first()
        if further is None:
            break
        campaign_id = further
    return campaign_id


def line(campaign_id: int) -> list[int]:
    """The campaign and all that were joined with it, directly or by way of another."""
    found, last = [campaign_id], [campaign_id]
    for _ in range(_MOST_JOINS):
        last = list(Campaign.objects.filter(merged_into__in=last).exclude(pk__in=found).values_list("pk", flat=True))
        if not last:
            break
        found += last
    return found


def standing_of(campaign_id: int, *, before: int | None = None) -> Decision | None:
    """The decision that holds for a campaign (its own or one of those joined with it): the last that was not withdrawn.

    With `before`: the last of those made before that decision.
    """
    decisions = Decision.objects.filter(STANDS, campaign__in=line(campaign_id)).select_related("by")
    if before is not None:
        decisions = decisions.filter(pk__lt=before)
    return decisions.order_by("-pk").first()


def standing(post: Post) -> Decision | None:
    """The decision that holds for a post: that of the campaign it is in now. A post that left for a campaign nobody settled has none."""
    return standing_of(post.campaign_id)


@dataclass(frozen=True, slots=True)
class Covered:
    """Posts of a decision by id: `then` the members it was made on, `later` those that joined while it stood, `left` those of both that are in
    another campaign today (parted by a person's word). `stands`: whether the decision holds today."""  # noqa: D205, D209

    then: frozenset[int]
    later: frozenset[int]
    left: frozenset[int]
    stands: bool

    @property
    def now(self) -> frozenset[int]:
        """The posts that it covers today; none when it was withdrawn or another took its place."""
        return (self.then | self.later) - self.left if self.stands else frozenset()


def covered(decision: Decision) -> Covered:
    """The posts that a decision covers, told from when each post joined and left its campaigns."""
    home = survivor(decision.campaign_id)
    holds = standing_of(home)
    stands = holds is not None and holds.pk == decision.pk
    here = frozenset(members(home))
    then = _present(decision)
    later = _arrived(decision, None if stands else _ended(decision)) | (here if stands else frozenset())
    later -= then
    return Covered(then, later, (then | later) - here, stands)


def _present(decision: Decision) -> frozenset[int]:
    """Posts that were in the decision's campaign when it was made: those still there, and those that have left since."""
    before = Q(joined_at__lte=decision.at)
    stayed = Post.objects.filter(before, campaign=decision.campaign_id).values_list("pk", flat=True)
    gone = Move.objects.filter(before, before=decision.campaign_id, at__gt=decision.at).values_list("post_id", flat=True)
    return frozenset(stayed) | frozenset(gone)


def _arrived(decision: Decision, end: datetime | None) -> frozenset[int]:
    """Posts that came into the decision's campaign after it was made, up to `end`, whether they are still there or not."""
    when = Q(joined_at__gt=decision.at) & (Q(joined_at__lte=end) if end else Q())
    still = Post.objects.filter(when, campaign=decision.campaign_id).values_list("pk", flat=True)
    gone = Move.objects.filter(when, before=decision.campaign_id).values_list("post_id", flat=True)
    return frozenset(still) | frozenset(gone)


def _ended(decision: Decision) -> datetime | None:
    """When it ceased to hold: withdrawn, or another decision took its place."""
    after = Decision.objects.filter(Q(withdraws=decision) | (STANDS & Q(campaign=decision.campaign_id, pk__gt=decision.pk)))
    return after.order_by("pk").values_list("at", flat=True).first()
