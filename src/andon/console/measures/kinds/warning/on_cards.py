"""What a campaign's card says of warnings, and the way to write some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse

from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.review.hooks import CARD_PARTS, CardPart
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person


def register() -> None:
    """Have cards show it."""
    CARD_PARTS.append(CardPart("warning/_card.html", card_part))


def card_part(campaign: Campaign, person: Person) -> dict[str, Any] | None:
    """How many warnings there are by state, and for a campaign that recruits the way to the composer; nothing where there is neither."""
    if campaign.state == campaign.State.OPEN or not person.may(Right.MEASURE_READ):
        return None
    mine = Q(batch__campaign=campaign.pk) | Q(batch__campaign__merged_into=campaign.pk)
    found = WarningReply.objects.filter(mine).exclude(state=WarningReply.State.CANCELLED).order_by()
    counts = sorted(found.values_list("state").annotate(n=Count("pk")))
    may_write = campaign.state == campaign.State.RECRUITMENT and person.may(Right.MEASURE_DRAFT)
    if not counts and not may_write:
        return None
    return {
        "counts": counts, "list": f"{reverse('warning:list')}?campaign={campaign.pk}",
        "compose": reverse("warning:compose", args=[campaign.pk]) if may_write else "",
    }  # fmt: skip
