"""What a campaign's card says of holds that touch it, and of what became of its posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from andon.console.holds.targets import TargetKind
from andon.console.measures.common.held import on_campaign
from andon.console.measures.visits.queries import counts_of
from andon.console.measures.visits.shown import STATES
from andon.console.review.hooks import CARD_PARTS, CardPart
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

_SHOWN = 3


def register() -> None:
    """Have cards show it."""
    CARD_PARTS.append(CardPart("visits/_card.html", card_part))


def card_part(campaign: Campaign, person: Person) -> dict[str, Any] | None:
    """Holds (unit, whom to ask, until when; never why), the way to place one, and what looks found; nothing for who sees neither."""
    may_place, may_read = person.may(Right.HOLD_PLACE), person.may(Right.MEASURE_READ)
    if not (may_place or may_read):
        return None
    held = [one for _, one in on_campaign(campaign.pk, now=timezone.now())]
    counts = counts_of(campaign.pk) if may_read and campaign.state in (campaign.State.RECRUITMENT, campaign.State.ESCALATED) else {}
    place = f"{reverse('holds:place')}?{urlencode({'kind': TargetKind.CAMPAIGN.value, 'key': campaign.pk})}" if may_place else ""
    return {"held": held[:_SHOWN], "more": len(held[_SHOWN:]), "place": place, "counts": [(one, counts[one]) for one in STATES if one in counts]}
