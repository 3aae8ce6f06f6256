"""Referrals as the board knows them. They are given one by one: each asks for its receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.measures.common.kinds import Kind, Line, Made
from andon.console.measures.kinds.referral.actions.give import approve
from andon.console.measures.kinds.referral.queries.lists import waiting
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.gate import Actor
    from andon.console.staff.models import Person


def _preview(_person: Person, _campaign_ids: Sequence[int]) -> list[Line]:
    return []


def _prepare(_actor: Actor, _campaign_ids: Sequence[int]) -> list[Made]:
    raise Refused(reason="referral_choice", name="referral")


KIND = Kind("referral", _preview, _prepare, approve, waiting, bulk=False)
