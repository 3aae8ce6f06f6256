"""Whether others have it already: the same post or contact in a referral of another unit. Which unit, so that people can talk; no case of theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from andon.console.intake.models import Contact, PostContact
from andon.console.measures.kinds.referral.models import ReferralPost
from andon.console.measures.kinds.referral.reasons import EVERYWHERE, REACHED


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many of the posts, and of the contacts, another unit has in hand, and which units these are."""

    posts: int
    contacts: int
    units: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.posts or self.contacts)


def elsewhere(unit_id: int, campaign_id: int) -> Elsewhere:
    """What of a campaign other units handed over or took over. Common contacts (shared services) say nothing."""
    others = ReferralPost.objects.filter(referral__state__in=set(EVERYWHERE) | set(REACHED)).exclude(
        Q(referral__unit=unit_id) | Q(referral__to_unit=unit_id)
    )
    same = others.filter(post__campaign=campaign_id)
    contacts = Contact.objects.filter(post_links__post__campaign=campaign_id, is_common=False)
    links = PostContact.objects.filter(contact__in=contacts, post__in=others.values("post"))
    units = set(same.values_list("referral__unit__name", flat=True))
    units |= set(others.filter(post__in=links.values("post")).values_list("referral__unit__name", flat=True))
    return Elsewhere(
        same.values("post").distinct().count(), links.values("contact").distinct().count(), tuple(sorted(units))
    )
