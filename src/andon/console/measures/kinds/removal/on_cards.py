"""What a campaign's card says of the removal requests about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from andon.console.measures.kinds.removal.models import Request
from andon.console.review.hooks import CARD_PARTS, CardPart
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

_SHOWN = 6


def register() -> None:
    """Have cards show it."""
    CARD_PARTS.append(CardPart("removal/_card.html", card_part))


def card_part(campaign: Campaign, person: Person) -> dict[str, Any] | None:
    """The requests with their states; nothing where there are none, or for who does not read measures."""
    if campaign.state == campaign.State.OPEN or not person.may(Right.MEASURE_READ):
        return None
    mine = Q(campaign=campaign.pk) | Q(campaign__merged_into=campaign.pk)
    found = list(Request.objects.filter(mine).exclude(state=Request.State.CANCELLED).select_related("provider").order_by("-made_at")[:_SHOWN])
    return {"requests": found} if found else None
