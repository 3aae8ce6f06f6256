"""What a decision does to its campaign. A plain function: to be called by the verbs of review only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.intake.models import Campaign
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime


def settle(campaign_id: int, state: Campaign.State | str, at: datetime) -> None:
    """Set what people have said of a campaign since `at` (open: nothing stands any longer). Later arrivals are counted from here.

    Raises Conflict when the campaign went into another one meanwhile, ValueError for a state that nobody can give.
    """
    wanted = Campaign.State(state)
    if wanted is Campaign.State.MERGED:
        raise ValueError(state)
    row = Campaign.objects.select_for_update().only("state", "settled_at", "later", "merged_into").get(pk=campaign_id)
    if row.state == Campaign.State.MERGED:
        raise Conflict(reason="campaign_merged", name=campaign_id, other=row.merged_into_id)
    row.state, row.settled_at, row.later = wanted, None if wanted is Campaign.State.OPEN else at, 0
    row.save(update_fields=["state", "settled_at", "later"])
