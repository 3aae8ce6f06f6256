"""Referrals as the board knows them. They are given one by one: each asks for its receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from andon.console.measures.common.kinds import Kind, Line, Made
from andon.console.measures.kinds.referral.actions.give import approve
from andon.console.measures.kinds.referral.models import ReferralPost
from andon.console.measures.kinds.referral.queries.lists import waiting
from andon.console.measures.kinds.referral.reasons import EVERYWHERE, REACHED
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from andon.console.gate import Actor
    from andon.console.staff.models import Person


def _preview(_person: Person, _campaign_ids: Sequence[int]) -> list[Line]:
    return []


def _prepare(_actor: Actor, _campaign_ids: Sequence[int]) -> list[Made]:
    raise Refused(reason="referral_choice", name="referral")


def in_hand(unit_id: int) -> QuerySet[ReferralPost]:
    """What others handed over or took over. Either of the two units knows it already."""
    standing = ReferralPost.objects.filter(referral__state__in={*EVERYWHERE, *REACHED})
    return standing.exclude(Q(referral__unit=unit_id) | Q(referral__to_unit=unit_id)).annotate(whose=F("referral__unit__name"))


KIND = Kind("referral", _preview, _prepare, approve, waiting, in_hand, bulk=False)
