"""What captures say on the card of a campaign: how many of its posts are kept, and a button that keeps the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.captures.models import Capture
from andon.console.intake.models import Campaign
from andon.console.review.hooks import CARD_PARTS, CardPart
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.staff.models import Person

TEMPLATE = "captures/_card.html"


def card_part(campaign: Campaign, person: Person) -> dict[str, Any] | None:
    """For who may read measures; nothing where nothing is kept and nothing can be."""
    if not person.may(Right.MEASURE_READ):
        return None
    kept = Capture.objects.filter(kind=Capture.Kind.RECORD, post__campaign=campaign).values("post").distinct().count()
    may_capture = person.may(Right.CAPTURE) and kept < campaign.posts and campaign.state != Campaign.State.MERGED
    return {"kept": kept, "may_capture": may_capture} if kept or may_capture else None


def register() -> None:
    """Put it where review looks."""
    CARD_PARTS.append(CardPart(TEMPLATE, card_part))
