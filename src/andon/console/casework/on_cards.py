"""What casework says on the card of a campaign and in the palette: the cases that the reader may know of, and the key that proposes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from andon.console.casework import visible
from andon.console.casework.models import Case, CaseLink
from andon.console.casework.queries.listing import WORDS_LENGTH, found_by
from andon.console.frame.templatetags.desk import language
from andon.console.intake.models import Campaign
from andon.console.review.hooks import CARD_PARTS, PALETTE, CardPart, PaletteHit
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.console.staff.models import Person

_OFFERED = 4


def card_part(campaign: Campaign, person: Person) -> dict[str, Any] | None:
    """For who may propose, and for members of cases that the campaign belongs to."""
    reads, proposes = person.may(Right.CASE_READ), person.may(Right.CASE_PROPOSE)
    if not reads and not proposes:
        return None
    found = list(visible.of_target(person, CaseLink.Kind.CAMPAIGN, [str(campaign.pk)])) if reads else []
    waits = proposes and _waits(campaign.pk, person)
    may_propose = proposes and not waits and campaign.state not in (Campaign.State.NOT, Campaign.State.MERGED)
    return {"cases": found, "is_proposed": waits, "may_propose": may_propose, "grounds": Case.Ground.values}


def _waits(campaign_id: int, person: Person) -> bool:
    """Whether the person's own unit has been asked to take it up: whoever may propose there may know that it was done."""
    links = CaseLink.objects.filter(kind=CaseLink.Kind.CAMPAIGN, key=str(campaign_id), removed_at=None)
    return links.filter(case__state=Case.State.PROPOSED, case__unit=person.unit_id).exists()


def palette(person: Person, words: str) -> list[PaletteHit]:
    """Visible cases that hold the words."""
    found = found_by(person, words[:WORDS_LENGTH], _OFFERED) if person.may(Right.CASE_READ) else []
    note = say("casework.palette", language())
    return [PaletteHit(reverse("casework:case", args=[one.pk]), one.title or one.code, f"{note} {one.code}") for one in found]


def register() -> None:
    """Put them where review looks."""
    CARD_PARTS.append(CardPart("casework/_card.html", card_part))
    PALETTE.append(palette)
