"""Whether people say that a campaign recruits."""

from __future__ import annotations

from andon.console.review.models import Decision
from andon.console.review.queries.covering import standing_of, survivor


def deciding(campaign_id: int) -> Decision | None:
    """The decision that holds for a campaign, when it says recruitment."""
    holds = standing_of(survivor(campaign_id))
    return holds if holds is not None and holds.verdict == Decision.Verdict.RECRUITMENT else None
