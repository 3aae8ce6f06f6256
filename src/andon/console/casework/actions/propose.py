"""Propose a campaign for an investigation: a case that waits to be taken up, and a hold on the campaign from that moment."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.actions.common import happened
from andon.console.casework.actions.links import attach
from andon.console.casework.codes import new_code
from andon.console.casework.models import GROUND_LENGTH, Case, CaseEvent, CaseLink
from andon.console.casework.queries.takers import units_that_take
from andon.console.gate import Actor, Done, verb
from andon.console.holds import targets
from andon.console.holds.actions.place import Terms, place
from andon.console.holds.models import Hold
from andon.console.intake.models import Campaign
from andon.console.review.queries.covering import survivor
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from andon.console.staff.models import Unit

HOLD_DAYS, REVIEW_DAYS = 30, 14
Ground = Case.Ground


@verb("casework.proposed", Right.CASE_PROPOSE)
def propose(
    actor: Actor, campaign_id: int, ground: str, *, note: str = "", unit_id: int | None = None, now: datetime | None = None
) -> Done[Case]:
    """Propose a campaign to the actor's unit (or to `unit_id`), on a ground of `Case.Ground`; OTHER wants a note.

    The campaign is on hold from then on, by the actor's unit. Raises Refused for a ground that is none and for what was said not to be recruitment,
    Conflict for a campaign that is not there or proposed already.
    """
    now = now or timezone.now()
    note = note.strip()[:GROUND_LENGTH]
    if ground not in Ground.values or (ground == Ground.OTHER and not note):
        raise Refused(reason="case_ground")
    unit = _unit(actor, unit_id)
    campaign = _campaign(campaign_id)
    if _is_proposed(campaign.pk, unit):
        raise Conflict(reason="case_proposed", name=f"campaign:{campaign.pk}")
    hold = _hold(actor, campaign.pk, now)
    case = Case.objects.create(
        code=new_code(now), kind=Case.Kind.UNDERCOVER, unit=unit, state=Case.State.PROPOSED, ground_code=ground, ground=note, opened_at=now,
        opened_by=actor.person,
    )  # fmt: skip
    attach(case, CaseLink.Kind.CAMPAIGN, str(campaign.pk), by=actor.person, at=now)
    attach(case, CaseLink.Kind.HOLD, str(hold.pk), by=actor.person, at=now)
    happened(case, CaseEvent.What.PROPOSED, actor.person, now, note, ground=ground)
    return Done(case, f"case:{case.pk}", {"campaign": campaign.pk, "hold": hold.pk, "unit": unit.pk, "ground": ground})


def _unit(actor: Actor, unit_id: int | None) -> Unit:
    """The unit that is to take it up: somebody there can."""
    found = {unit.pk: unit for unit in units_that_take()}.get(unit_id or actor.person.unit_id)
    if found is None:
        raise Refused(reason="case_no_taker")
    return found


def _campaign(campaign_id: int) -> Campaign:
    """The campaign that holds the posts now, locked: of two people who propose it at once one comes second."""
    campaign = Campaign.objects.select_for_update().filter(pk=survivor(campaign_id)).first()
    if campaign is None:
        raise Conflict(reason="hold_target", name=f"campaign:{campaign_id}")
    if campaign.state == Campaign.State.NOT:
        raise Refused(reason="case_not_recruitment", name=f"campaign:{campaign_id}")
    return campaign


def _is_proposed(campaign_id: int, unit: Unit) -> bool:
    waiting = CaseLink.objects.filter(kind=CaseLink.Kind.CAMPAIGN, key=str(campaign_id), removed_at=None)
    return waiting.filter(case__state=Case.State.PROPOSED, case__unit=unit.pk).exists()


def _hold(actor: Actor, campaign_id: int, now: datetime) -> Hold:
    """The unit's hold on the campaign: the one that stands, or a new one."""
    target = targets.campaign(campaign_id)
    standing = Hold.objects.filter(target_kind=target.kind, target_key=target.key, unit=actor.person.unit_id, lifted_at=None).first()
    today = now.astimezone(JAPAN).date()
    until, review_at = (datetime.combine(today + timedelta(days=days), time(23, 59, 59), JAPAN) for days in (HOLD_DAYS, REVIEW_DAYS))
    return standing or place(actor, target, Terms(Hold.Reason.INVESTIGATION, until, review_at), now=now)
