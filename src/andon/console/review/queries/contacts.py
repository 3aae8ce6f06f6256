"""The contacts of a card: in how many posts and campaigns they stand, and what was decided where they stood before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from andon.console.intake.models import Contact, PostContact
from andon.console.review.models import Decision
from andon.console.review.queries.covering import STANDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 12  # contacts of one card
_COUNTED = 2_000  # posts of a contact up to which its campaigns are counted: beyond it stands nearly everywhere
_MOST_PAIRS = 2_000
_EARLIER = 3  # decisions shown for each contact


@dataclass(frozen=True, slots=True)
class CardContact:
    """A contact on a card. `here`: posts of this campaign that hold it; `campaigns`: in how many campaigns it stands (None: too many to count);
    `earlier`: the last decisions on other campaigns with it."""  # noqa: D205, D209

    contact: Contact
    here: int
    campaigns: int | None
    earlier: tuple[Decision, ...]


def card_contacts(campaign_id: int) -> list[CardContact]:
    """The contacts of a campaign, those in most of its posts first."""
    links = PostContact.objects.filter(post__campaign=campaign_id).order_by().values_list("contact").annotate(here=Count("pk"))
    here = dict(links.order_by("-here", "contact")[:_MOST])
    if not here:
        return []
    contacts = {one.pk: one for one in Contact.objects.filter(pk__in=here)}
    places = _campaigns([one for one in contacts.values() if one.posts <= _COUNTED])
    decisions = _earlier({place for found in places.values() for place in found} - {campaign_id})
    return [
        CardContact(
            contacts[pk], count, len(places[pk]) if pk in places else None,
            tuple(one for one in decisions if one.campaign_id in places.get(pk, ()))[:_EARLIER],
        )
        for pk, count in here.items()
    ]  # fmt: skip


def _campaigns(contacts: Sequence[Contact]) -> dict[int, set[int]]:
    """The campaigns that each contact stands in."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    pairs = PostContact.objects.filter(contact__in=[one.pk for one in contacts]).values_list("contact_id", "post__campaign_id").distinct()
    for contact, campaign in pairs[:_MOST_PAIRS]:
        found[contact].add(campaign)
    return dict(found)


def _earlier(campaigns: set[int]) -> list[Decision]:
    """The standing decisions on some campaigns, the latest first."""
    if not campaigns:
        return []
    return list(Decision.objects.filter(STANDS, campaign__in=campaigns).select_related("by", "campaign").order_by("-pk")[: _MOST * _EARLIER * 4])
