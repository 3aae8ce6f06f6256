"""Whether others have it already: the same post or contact in a measure of another unit. Which unit, so that people can talk; no case of theirs.

Every kind of measure says which rows of other units stand (`Kind.in_hand`); which kind it was is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.intake.models import Contact
from andon.console.measures.common.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many of the posts, and of the contacts, other units have in hand, and which units these are."""

    posts: int
    contacts: int
    units: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.posts or self.contacts)


def elsewhere(unit_id: int, campaign_ids: Sequence[int]) -> Elsewhere:
    """What of these campaigns other units act on. Common contacts (shared services) say nothing."""
    known = Contact.objects.filter(post_links__post__campaign__in=campaign_ids, is_common=False).values("pk")
    posts, contacts, units = set(), set(), set()
    for kind in KINDS:
        others = kind.in_hand(unit_id)
        for post, unit in others.filter(post__campaign__in=campaign_ids).values_list("post", "whose").distinct():
            posts.add(post)
            units.add(unit)
        for contact, unit in others.filter(post__contact_links__contact__in=known).values_list("post__contact_links__contact", "whose").distinct():
            contacts.add(contact)
            units.add(unit)
    return Elsewhere(len(posts), len(contacts), tuple(sorted(units)))
