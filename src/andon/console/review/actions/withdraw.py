"""Take a decision back: another record that names it, and the campaign stands as it did before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.actions.settle import settle
from andon.console.intake.engine import in_use
from andon.console.intake.models import Campaign, Post
from andon.console.review.actions.decide import NOTE_LENGTH
from andon.console.review.hooks import AFTER_DECISION
from andon.console.review.models import Decision
from andon.console.review.queries.covering import members, members_sha256, standing_of, survivor
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


def take_back(actor: Actor, decision: Decision, *, note: str = "", now: datetime | None = None) -> Decision:
    """Withdraw a decision: one's own, or (with the right to, and with a reason) somebody else's."""
    if decision.by_id == actor.person.pk:
        return withdraw(actor, decision.pk, note=note, now=now)
    return withdraw_others(actor, decision.pk, note=note, now=now)


@verb("review.withdrawn", Right.DECIDE)
def withdraw(actor: Actor, decision_id: int, *, note: str = "", now: datetime | None = None) -> Done[Decision]:
    """Take back one's own decision. Raises Refused for another person's, Conflict when it no longer is the one that holds."""
    decision = _locked(decision_id)
    if decision.by_id != actor.person.pk:
        raise Refused(reason="not_own", name=f"decision:{decision_id}")
    return _withdraw(actor, decision, note, now)


@verb("review.withdrawn", Right.WITHDRAW_OTHERS)
def withdraw_others(actor: Actor, decision_id: int, *, note: str, now: datetime | None = None) -> Done[Decision]:
    """Take back somebody else's decision, with a reason. Raises Refused without one, Conflict when it no longer is the one that holds."""
    if not note.strip():
        raise Refused(reason="withdraw_note", name=f"decision:{decision_id}")
    return _withdraw(actor, _locked(decision_id), note, now)


def _locked(decision_id: int) -> Decision:
    """The decision, with its campaign held until the end of the transaction: who withdraws the same one at once comes second."""
    decision = Decision.objects.select_related("campaign").get(pk=decision_id)
    Campaign.objects.select_for_update().get(pk=decision.campaign_id)
    return decision


def _withdraw(actor: Actor, decision: Decision, note: str, now: datetime | None) -> Done[Decision]:
    """Add the withdrawal and set the campaign back. Called by the two verbs above only."""
    now = now or timezone.now()
    home = Campaign.objects.get(pk=survivor(decision.campaign_id))
    holds = standing_of(home.pk)
    if holds is None or holds.pk != decision.pk:
        raise Conflict(reason="not_standing", name=f"decision:{decision.pk}")
    ids = members(home.pk)
    record = Decision.objects.create(
        campaign=decision.campaign, verdict=Decision.Verdict.WITHDRAWN, note=note.strip()[:NOTE_LENGTH], withdraws=decision, by=actor.person, at=now,
        model=in_use().version, score=home.score, level=home.level, posts=len(ids), members_sha256=members_sha256(ids),
    )  # fmt: skip
    _set_back(home.pk, standing_of(home.pk), now)
    for hook in AFTER_DECISION:
        hook(record)
    facts = {"decision": record.pk, "withdraws": decision.pk, "verdict": decision.verdict, "by": decision.by_id, "posts": len(ids)}
    return Done(record, f"campaign:{home.pk}", facts)


def _set_back(campaign_id: int, before: Decision | None, now: datetime) -> None:
    """As it was before the decision: settled by an earlier one, or open."""
    if before is None:
        settle(campaign_id, Campaign.State.OPEN, now)
        return
    settle(campaign_id, Campaign.State(before.verdict), before.at)
    later = Post.objects.filter(campaign=campaign_id, joined_at__gt=before.at).count()
    Campaign.objects.filter(pk=campaign_id).update(later=later)
